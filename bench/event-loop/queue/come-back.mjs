// How long does the event loop stand still at most while 10,000 verdicts come back, of 10,000 calls or of one? And those of one call with
// 100,000 texts?
//
// The calls are made first, in one go, which is told apart; then a chain of setImmediate looks at the clock at every turn of the loop. In one
// round in which the machine is busy with something else, that is the longest stall: so there are several, and their median counts.

import { PerformanceObserver } from 'node:perf_hooks';
import { generateErrors, generateRules, toJson } from '../../data/index.mjs';
import { median } from '../../harness/stats.mjs';

/** What comes back in a round. Of the last the collector has 25 MB of verdicts to move, however they come: it is told, without a limit. */
const KINDS = {
  '10,000 calls': { count: 10_000, all: false, limit: 5 },
  'a classifyAll of 10,000': { count: 10_000, all: true, limit: 5 },
  'a classifyAll of 100,000': { count: 100_000, all: true },
};

/** @returns {Promise<{ call: number, longest: number, turns: number, ms: number }>} milliseconds */
async function round(addon, texts, all) {
  // what the texts themselves have left behind is not the addon's
  globalThis.gc();
  const called = performance.now();
  const done = all ? addon.classifyAll(texts) : Promise.all(texts.map(({ test, error }) => addon.classify(test, error)));
  const begun = performance.now();
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
  return { call: begun - called, longest, turns, ms: performance.now() - begun };
}

/**
 * @returns {Promise<{ what: string, call: number, longest: number, worst: number, longestGc: number, turns: number, ms: number, limit?: number }[]>}
 *   milliseconds, medians of the rounds but for `worst` and `longestGc`, the longest stall and collection of all
 */
export async function comeBack(addon, { rules = 30, rounds = 9 } = {}) {
  const list = generateRules({ seed: 5, profile: 'plain', rules });
  await addon.loadRules(toJson(list));
  // flat, as texts that were read or thrown are
  const texts = JSON.parse(JSON.stringify(generateErrors(list, { count: 10_000, length: 600 })));
  const figures = [];
  for (const [what, { count, all, limit }] of Object.entries(KINDS)) {
    const these = Array.from({ length: count }, (_, n) => texts[n % texts.length]);
    const measured = [];
    let longestGc = 0;
    const observer = new PerformanceObserver((seen) => {
      // but those that were asked for
      const ownGc = seen.getEntries().filter(({ detail }) => detail.flags === 0);
      longestGc = Math.max(longestGc, ...ownGc.map(({ duration }) => duration));
    });
    observer.observe({ entryTypes: ['gc'] });
    for (let n = 0; n < rounds; n++) measured.push(await round(addon, these, all));
    await new Promise((resolve) => setTimeout(resolve, 20));
    observer.disconnect();
    const of = (name) => median(measured.map((one) => one[name]));
    const worst = Math.max(...measured.map(({ longest }) => longest));
    figures.push({ what, call: of('call'), longest: of('longest'), worst, longestGc, turns: of('turns'), ms: of('ms'), limit });
  }
  return figures;
}
