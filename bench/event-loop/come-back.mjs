// How long does the event loop stand still at most while 10,000 verdicts come back, of 10,000 calls or of one? And those of one call with
// 100,000 texts?
//
// The calls are made first, in one go, which is timed separately; then a chain of setImmediate looks at the clock at every turn of the
// loop. Other work of the machine can be the longest stall of a round: so the median of several rounds counts.

import { PerformanceObserver } from 'node:perf_hooks';
import * as addon from '../../index.js';
import { median } from '../../scripts/lib/figures.mjs';
import { generateErrors, generateRules, toJson } from '../data/index.mjs';

/** The last has no limit: the collector has 25 MB of verdicts to move, however they come. */
const KINDS = {
  '10,000 calls': { count: 10_000, all: false, limit: 5 },
  'a classifyAll of 10,000': { count: 10_000, all: true, limit: 5 },
  'a classifyAll of 100,000': { count: 100_000, all: true },
};

/** @returns {Promise<{ call: number, longest: number, turns: number, ms: number }>} milliseconds */
async function round(texts, all) {
  // garbage of the texts is not the addon's
  globalThis.gc();
  const called = performance.now();
  const done = all ? addon.classifyAll(texts) : Promise.all(texts.map(({ test, error }) => addon.classify(test, error)));
  const started = performance.now();
  let running = true;
  let longest = 0;
  let turns = 0;
  let last;
  const look = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    turns++;
    if (running) setImmediate(look);
  };
  setImmediate(() => {
    last = performance.now();
    look();
  });
  await done;
  running = false;
  return { call: started - called, longest, turns, ms: performance.now() - started };
}

/** Runs `work` and gives the longest collection of V8's own choice, in milliseconds. */
async function longestGcOf(work) {
  let longest = 0;
  const observer = new PerformanceObserver((seen) => {
    const own = seen.getEntries().filter(({ detail }) => detail.flags === 0);
    longest = Math.max(longest, ...own.map(({ duration }) => duration));
  });
  observer.observe({ entryTypes: ['gc'] });
  await work();
  await new Promise((resolve) => setTimeout(resolve, 20));
  observer.disconnect();
  return longest;
}

/** @type {import('./main.mjs').Scenario} */
export async function measure({ quick, rules = 30, tell }) {
  const list = generateRules({ seed: 5, profile: 'plain', rules });
  await addon.loadRules(toJson(list));
  // flat, as texts that were read or thrown are
  const texts = JSON.parse(JSON.stringify(generateErrors(list, { count: 10_000, length: 600 })));
  const rows = [];
  for (const [what, { count, all, limit }] of Object.entries(KINDS)) {
    const chosen = Array.from({ length: count }, (_, n) => texts[n % texts.length]);
    const rounds = [];
    const longestGc = await longestGcOf(async () => {
      for (let n = quick ? 3 : 9; n > 0; n--) rounds.push(await round(chosen, all));
    });
    const of = (name) => median(rounds.map((one) => one[name]));
    const ms = (value) => `${value.toFixed(2)} ms`;
    const worst = Math.max(...rounds.map(({ longest }) => longest));
    tell(
      `${what}: ${ms(of('call'))} to call, ${of('turns')} turns of the loop in ${ms(of('ms'))}; longest stall ${ms(of('longest'))}, in the worst round ${ms(worst)}; longest collection ${ms(longestGc)}`,
    );
    if (limit)
      rows.push({ figure: `longest stall while the verdicts of ${what} come back`, value: of('longest'), limit, unit: ' ms' });
  }
  return rows;
}
