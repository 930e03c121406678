// How long does the event loop stand still at most while 10,000 verdicts come back?
//
// The calls are made first, in one go, which is not counted; then a chain of setImmediate looks at the clock at every turn of the loop.

import { PerformanceObserver } from 'node:perf_hooks';
import { generateErrors, generateRules, toJson } from '../data/index.mjs';

/** @returns {Promise<{ longest: number, longestGc: number, turns: number, ms: number }>} milliseconds */
export async function comeBack(addon, { rules = 30, calls = 10_000, all = false } = {}) {
  const list = generateRules({ seed: 5, profile: 'plain', rules });
  await addon.loadRules(toJson(list));
  const texts = JSON.parse(JSON.stringify(generateErrors(list, { count: calls })));
  let longestGc = 0;
  const observer = new PerformanceObserver((seen) => {
    for (const { duration } of seen.getEntries()) longestGc = Math.max(longestGc, duration);
  });
  observer.observe({ entryTypes: ['gc'] });
  const done = all ? addon.classifyAll(texts) : Promise.all(texts.map(({ test, error }) => addon.classify(test, error)));
  let running = true;
  let longest = 0;
  let turns = 0;
  let last = performance.now();
  const begun = last;
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
  const ms = performance.now() - begun;
  await new Promise((resolve) => setTimeout(resolve, 20));
  observer.disconnect();
  return { longest, longestGc, turns, ms };
}
