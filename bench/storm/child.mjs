// One variant in the storm, in a process of its own. Writes a line of JSON with its figures.
//
//   node child.mjs VARIANT RULES FAILURES SCENARIO

import { readFile } from 'node:fs/promises';
import { createHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { now } from './scenario.mjs';

const [variant, rules, failures, json] = process.argv.slice(2);
const scenario = JSON.parse(json);
const { start } = await import(`./variants/${variant}.mjs`);
const classifier = await start(rules);

const shared = new SharedArrayBuffer(4);
const sent = new Int32Array(shared);
const waits = createHistogram();
const reads = createHistogram();
const delay = monitorEventLoopDelay({ resolution: 1 });
/** Logs of the tests that are not done, as a plugin keeps them. */
const tests = new Map();
const series = [];
let handled = 0;
let verdicts = 0;
let broken = 0;
let asked = 0;
let failedCalls = 0;
let peakBacklog = 0;
let peakRss = 0;
let longestWait = 0;

const micros = (ms) => Math.max(1, Math.round(ms * 1000));

async function handle({ sentAt, id, log, last, failed, test, error }) {
  const wait = now() - sentAt;
  waits.record(micros(wait));
  longestWait = Math.max(longestWait, wait);
  handled++;
  peakBacklog = Math.max(peakBacklog, Atomics.load(sent, 0) - handled);
  if (!tests.has(id)) tests.set(id, []);
  tests.get(id).push(JSON.parse(log));
  if (!last) return;
  if (failed) {
    asked++;
    try {
      if ((await classifier.classify(test, error)) !== null) broken++;
      verdicts++;
    } catch {
      failedCalls++;
    }
  }
  // reported with its logs, and forgotten
  tests.delete(id);
}

const feeder = new Worker(new URL('feeder.mjs', import.meta.url), { workerData: { scenario, failures, shared } });
const begun = now();
delay.enable();
let over;
const fed = new Promise((resolve) => (over = resolve));
feeder.on('message', (event) => (event.over ? over() : handle(event)));

const sampler = setInterval(async () => {
  const readBegun = now();
  await readFile(fileURLToPath(import.meta.url));
  reads.record(micros(now() - readBegun));
}, 20);
const look = () => {
  const rss = process.memoryUsage.rss() + (classifier.otherRss?.() ?? 0);
  peakRss = Math.max(peakRss, rss);
  series.push({ at: now() - begun, backlog: Atomics.load(sent, 0) - handled, verdicts, rss, wait: longestWait });
  longestWait = 0;
};
const looker = setInterval(look, 250);

await fed;
const fedMs = now() - begun;
// the verdicts that are still to come get as long again
while (verdicts + failedCalls < asked && now() - begun < 2 * fedMs) await new Promise((resolve) => setTimeout(resolve, 20));
const ms = now() - begun;
look();
clearInterval(sampler);
clearInterval(looker);
delay.disable();
const ns = (value) => Math.max(0, value / 1e6 - 1);
const figures = {
  delay: { p50: ns(delay.percentile(50)), p99: ns(delay.percentile(99)), max: ns(delay.max) },
  wait: { p50: waits.percentile(50) / 1000, p99: waits.percentile(99) / 1000, max: waits.max / 1000 },
  read: { p50: reads.percentile(50) / 1000, p99: reads.percentile(99) / 1000 },
  peakBacklog,
  peakRss,
  events: handled,
  failures: asked,
  verdicts,
  failedCalls,
  broken,
  missing: asked - verdicts,
  verdictsPerSecond: verdicts / (ms / 1000),
  lateMs: ms - scenario.seconds * 1000,
  series,
};
process.stdout.write(`${JSON.stringify(figures)}\n`, () => process.exit(0));
