// The grid: a thread of its own, so that its events come when they are due and not when the main thread has time.

import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { now } from './scenario.mjs';

const { scenario, failures: path, shared } = workerData;
const { seconds, tests, testMs, eventsPerTest, eventLength } = scenario;
const failures = JSON.parse(readFileSync(path, 'utf8'));
const sent = new Int32Array(shared);
const sleeper = new Int32Array(new SharedArrayBuffer(4));
const every = testMs / eventsPerTest;
const padding = 'step '.repeat(eventLength / 5);

// one slot of the grid after the other begins, so that events come evenly
const slots = Array.from({ length: tests }, (_, slot) => ({ slot, due: (slot * every) / tests, step: 0, test: slot }));
let nextTest = tests;

function send(slot) {
  slot.step++;
  const last = slot.step === eventsPerTest;
  const failed = last && slot.test % 2 === 1;
  const log = JSON.stringify({ test: slot.test, step: slot.step, at: slot.due, text: padding });
  const { test, error } = failed ? failures[slot.test % failures.length] : {};
  Atomics.add(sent, 0, 1);
  parentPort.postMessage({ sentAt: now(), id: slot.test, log, last, failed, test, error });
  if (last) Object.assign(slot, { step: 0, test: nextTest++ });
  slot.due += every;
}

const begun = now();
for (let at = 0; at < seconds * 1000; at = now() - begun) {
  for (const slot of slots) while (slot.due <= at) send(slot);
  Atomics.wait(sleeper, 0, 0, 1);
}
parentPort.postMessage({ over: true });
