// The run that the demo makes, drawn from its seed: which tests there are, and how they end.

import { generateErrors, Random, separator, testName } from '../../bench/data/index.mjs';

/** Two tests in five fail: a bad night, for a good one is no load. */
const failing = 0.4;

/**
 * @param {import('../../bench/data/rules.mjs').RuleList} list that a share of the failures is made from
 * @param {{ tests: number, seed: string }} options
 * @returns {import('./runner.mjs').Plan[]}
 */
export function planTests(list, { tests, seed }) {
  const random = new Random(`${seed}/demo`);
  const failed = generateErrors(list, {
    seed,
    count: Math.round(tests * failing),
    matching: 0.65,
    nearMisses: 0.1,
    // A log is what makes the JavaScript loop of --verify slow, ten seconds and more for one.
    logs: 0.0025,
    hot: 12,
  });
  const drawn = random.shuffle([...failed, ...Array(tests - failed.length).fill(null)]);
  return drawn.map((failure, i) => {
    const own = random.fork(i);
    const path = (failure?.test ?? testName(own)).split(separator);
    return { id: String(i + 1), suites: path.slice(0, -1), title: path.at(-1), random: own, failed: failure };
  });
}
