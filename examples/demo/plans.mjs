// The tests of the run and how they end, drawn from the seed.

import { generateErrors, Random, separator, testName } from '../../bench/data/index.mjs';

/** Two tests in five fail. That is a bad night; a good one would be no load. */
const failing = 0.4;

/**
 * @param {import('../../bench/data/rules.mjs').RuleList} list the source of some of the failures
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
    // A log takes the JavaScript loop of --verify seconds.
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
