// The median and the worst over all lists.

import { median, sum } from '../../scripts/lib/figures.mjs';

/** Texts that are long enough for their bytes to be what counts. */
const LONG_BYTES = 20_000;

/** @typedef {import('./measure.mjs').Result} Result */

/** The figures in the order of the report; of `atLeast` the least is the worst. */
export const FIGURES = {
  'engine alone / Vectorscan, plain': { of: 'engineToVectorscan', among: ({ profile }) => profile === 'plain' },
  'engine alone / Vectorscan, typical': { of: 'engineToVectorscan', among: ({ profile }) => profile === 'typical' },
  'classifyAll / Vectorscan': { of: 'classifyAllToVectorscan', among: () => true },
  'JavaScript loop / classifyAll': { of: 'javascriptToClassifyAll', among: () => true, atLeast: true },
  'ns a byte, plain, texts of 20 KB and more': {
    of: 'nsPerByte',
    among: ({ profile, textBytes }) => profile === 'plain' && textBytes >= LONG_BYTES,
  },
};

/**
 * @param {Result[]} results
 * @returns {{ figure: string, median: number, worst: number, on: string }[]} those that were measured; `on`: the list of the worst
 */
export function summarize(results) {
  return Object.entries(FIGURES).flatMap(([figure, { of, among, atLeast }]) => {
    const these = results.filter((result) => among(result) && result.figures[of] !== null);
    if (these.length === 0) return [];
    const worse = (a, b) => (atLeast ? a.figures[of] < b.figures[of] : a.figures[of] > b.figures[of]);
    const worst = these.reduce((one, other) => (worse(other, one) ? other : one));
    return {
      figure,
      median: median(these.map(({ figures }) => figures[of])),
      worst: worst.figures[of],
      on: `${worst.workload} ${worst.profile}, seed ${worst.seed}`,
    };
  });
}

/** Answers other than the JavaScript loop's, with every kernel; Vectorscan's are its own. @param {Result[]} results */
export const ownDisagreements = (results) =>
  sum(results.flatMap(({ disagreements }) => Object.entries(disagreements).map(([name, n]) => (name === 'vectorscan' ? 0 : n))));
