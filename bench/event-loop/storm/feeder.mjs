// The grid: a thread of its own, so its events come when they are due and not when the main thread has time. It also samples how many of them
// wait, which a blocked main thread could not.

import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { badPair, now } from './scenario.mjs';

const SAMPLE_MS = 100;

const { scenario, failures: path, shared } = workerData;
const { seconds, tests, testMs, eventsPerTest, eventLength, badPairMs } = scenario;
const failures = JSON.parse(readFileSync(path, 'utf8'));
const [sent, handled] = [0, 1];
const counts = new Int32Array(shared);
const sleeper = new Int32Array(new SharedArrayBuffer(4));
const every = testMs / eventsPerTest;
const padding = 'step '.repeat(eventLength / 5);
const series = [];
const bad = badPair(scenario).failure;
let badIsDue = true;

// every slot of the grid is at another step of its test: events and ends come evenly
const slots = Array.from({ length: tests }, (_, slot) => ({
  due: (slot * every) / tests,
  step: Math.floor((slot * eventsPerTest) / tests),
  test: slot,
}));
let nextTest = tests;

function failureOf(slot) {
  if (!badIsDue || slot.due < badPairMs) return failures[slot.test % failures.length];
  badIsDue = false;
  return bad;
}

function send(slot) {
  slot.step++;
  const last = slot.step === eventsPerTest;
  const failed = last && slot.test % 2 === 1;
  const log = JSON.stringify({ test: slot.test, step: slot.step, at: slot.due, text: padding });
  const { test, error } = failed ? failureOf(slot) : {};
  Atomics.add(counts, sent, 1);
  parentPort.postMessage({ sentAt: now(), id: slot.test, log, last, failed, test, error });
  if (last) Object.assign(slot, { step: 0, test: nextTest++ });
  slot.due += every;
}

const started = now();
const waiting = () => Atomics.load(counts, sent) - Atomics.load(counts, handled);
let sampleDue = 0;
let at = 0;
while (at < seconds * 1000 || waiting() > 0) {
  if (at < seconds * 1000) for (const slot of slots) while (slot.due <= at) send(slot);
  if (at >= sampleDue) {
    series.push({ at: Math.round(at), backlog: waiting() });
    sampleDue = at + SAMPLE_MS;
  }
  Atomics.wait(sleeper, 0, 0, 1);
  at = now() - started;
}
series.push({ at: Math.round(at), backlog: 0 });
parentPort.postMessage({ over: true, series });
