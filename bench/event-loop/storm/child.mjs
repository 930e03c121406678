// One variant in the storm, in a process of its own. Writes a line of JSON with its figures.
//
//   node child.mjs VARIANT RULES FAILURES SCENARIO

import { readFile, writeFile } from 'node:fs/promises';
import { devNull } from 'node:os';
import { createHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { now } from './scenario.mjs';

const [variant, rules, failures, json] = process.argv.slice(2);
const scenario = JSON.parse(json);
const { start } = await import(`./variants/${variant}.mjs`);
const classifier = await start(rules);

const shared = new SharedArrayBuffer(8);
const [sent, handled] = [0, 1];
const counts = new Int32Array(shared);
const waits = createHistogram();
const reads = createHistogram();
const delay = monitorEventLoopDelay({ resolution: 1 });
/** Logs of tests that are not reported yet, as a plugin keeps them. */
const tests = new Map();
let verdicts = 0;
let broken = 0;
let asked = 0;
let failedCalls = 0;
let peakBacklog = 0;
let peakOtherRss = 0;

const micros = (ms) => Math.max(1, Math.round(ms * 1000));

async function classify(test, error) {
  asked++;
  try {
    const issue = await classifier.classify(test, error);
    if (issue !== null) broken++;
    verdicts++;
    return issue;
  } catch {
    failedCalls++;
    return null;
  }
}

function* pieces({ logs, ...result }) {
  yield JSON.stringify(result);
  for (const log of logs) yield JSON.stringify(log);
}

async function handle({ sentAt, id, log, last, failed, test, error }) {
  waits.record(micros(now() - sentAt));
  Atomics.add(counts, handled, 1);
  peakBacklog = Math.max(peakBacklog, Atomics.load(counts, sent) - Atomics.load(counts, handled));
  const known = tests.get(id) ?? [];
  if (known.push(JSON.parse(log)) === 1) tests.set(id, known);
  if (!last) return;
  const issue = failed ? await classify(test, error) : null;
  // reported with its logs, piece by piece, then forgotten; the disk is not the question
  await writeFile(devNull, pieces({ id, failed, issue, logs: known }));
  tests.delete(id);
}

const feeder = new Worker(new URL('feeder.mjs', import.meta.url), { workerData: { scenario, failures, shared } });
const startedAt = now();
delay.enable();
const fed = new Promise((resolve) => {
  feeder.on('message', (event) => (event.over ? resolve(event.series) : handle(event)));
});

const reader = setInterval(async () => {
  const readBegun = now();
  await readFile(fileURLToPath(import.meta.url));
  reads.record(micros(now() - readBegun));
}, 20);
const looker = setInterval(() => (peakOtherRss = Math.max(peakOtherRss, classifier.otherRss?.() ?? 0)), 250);

const series = await fed;
delay.disable();
// verdicts that are still missing get the same time again
while (verdicts + failedCalls < asked && now() - startedAt < 2000 * scenario.seconds)
  await new Promise((resolve) => setTimeout(resolve, 20));
const ms = now() - startedAt;
clearInterval(reader);
clearInterval(looker);
// the histogram includes the timer's own millisecond
const milliseconds = (ns) => Math.max(0, ns / 1e6 - 1);
const figures = {
  delay: { p50: milliseconds(delay.percentile(50)), p99: milliseconds(delay.percentile(99)), max: milliseconds(delay.max) },
  wait: { p50: waits.percentile(50) / 1000, p99: waits.percentile(99) / 1000, max: waits.max / 1000 },
  read: { p50: reads.percentile(50) / 1000, p99: reads.percentile(99) / 1000 },
  peakBacklog,
  peakRss: process.resourceUsage().maxRSS * 1024 + peakOtherRss,
  events: Atomics.load(counts, handled),
  failures: asked,
  verdicts,
  failedCalls,
  broken,
  missing: asked - verdicts,
  verdictsPerSecond: verdicts / (ms / 1000),
  series,
};
process.stdout.write(`${JSON.stringify(figures)}\n`, () => process.exit(0));
