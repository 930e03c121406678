// One process of loading.mjs: it loads a list and classifies, or does not, and prints time and memory as JSON.
//
//   node --expose-gc memory.mjs empty|loaded|classified RULES TEXTS string|bytes
//
// The three stages differ in the addon's work only, and hold the same data at the end: what they differ in is the addon's.

import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { readTexts } from '../harness/files.mjs';
import { addon } from '../harness/package.mjs';

const { classify, loadRules } = addon;
const [, , stage, rulesFile, textsFile, form] = process.argv;
const IN_FLIGHT = 60;

const texts = readTexts(textsFile);
const result = {};
let rules = form === 'string' ? readFileSync(rulesFile, 'utf8') : readFileSync(rulesFile);

if (stage !== 'empty') {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  await sleep(20);
  delay.enable();
  await sleep(20);
  delay.reset();
  const started = performance.now();
  const loading = loadRules(rules);
  result.mainThreadMs = performance.now() - started;
  const report = await loading;
  result.wallMs = performance.now() - started;
  await sleep(5);
  delay.disable();
  result.longestDelayMs = delay.max / 1e6;
  result.rules = report.active;
}
rules = null;

// Stands in for the addon in stages without it: promises and verdicts make V8's young generation grow, no matter who makes them.
const standIn = (test, error) =>
  new Promise((resolve) => {
    setImmediate(() =>
      resolve({
        status: error.length > test.length ? 'Failed' : 'Broken',
        issue: null,
        reason: 'no-match',
        rule: null,
        id: null,
        match: null,
        undecided: [],
        rulesVersion: `${test.length}-00000000`,
      }),
    );
  });
const judge = stage === 'classified' ? classify : standIn;
let next = 0;
let broken = 0;
const worker = async () => {
  while (next < texts.length) {
    const { test, error } = texts[next++];
    if ((await judge(test, error)).status === 'Broken') broken++;
  }
};
await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
result.broken = broken;

// V8 gives the young generation back only after some idle collections
for (let i = 0; i < 6; i++) {
  global.gc();
  await sleep(50);
}
const status = readFileSync('/proc/self/status', 'utf8');
const kilobytes = (name) => Number(new RegExp(`^${name}:\\s*(\\d+) kB`, 'm').exec(status)[1]);
const { heapTotal, external } = process.memoryUsage();
Object.assign(result, {
  rssBytes: kilobytes('VmRSS') * 1024,
  highestRssBytes: kilobytes('VmHWM') * 1024,
  heapBytes: heapTotal,
  externalBytes: external,
  // used after the measurement, so it is not collected before
  texts: texts.length,
});
console.log(JSON.stringify(result));
