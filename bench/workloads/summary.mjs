// The median and the worst over all lists.

import { median, sum } from '../../scripts/lib/figures.mjs';

/** Texts that are long enough for their bytes to be what counts. */
export const LONG_BYTES = 20_000;

/**
 * @typedef {import('./measure.mjs').Result} Result
 * @typedef {import('./growth.mjs').Growth} Growth
 *
 * @typedef {object} Figure
 * @property {string} of its name in the `figures` of a result
 * @property {(result: Result | Growth) => boolean} among
 * @property {boolean} [atLeast] the least is the worst
 */

const every = () => true;

/** In the order of the report. @type {Record<string, Figure>} */
const FIGURES = {
  'engine alone / Vectorscan, plain': { of: 'engineToVectorscan', among: ({ profile }) => profile === 'plain' },
  'engine alone / Vectorscan, typical': { of: 'engineToVectorscan', among: ({ profile }) => profile === 'typical' },
  'classifyAll / Vectorscan': { of: 'classifyAllToVectorscan', among: every },
  'JavaScript loop / classifyAll': { of: 'javascriptToClassifyAll', among: every, atLeast: true },
  'ns a byte, plain, texts of 20 KB and more': {
    of: 'nsPerByte',
    among: ({ profile, textBytes }) => profile === 'plain' && textBytes >= LONG_BYTES,
  },
  'ten times the rules': { of: 'rulesTenfold', among: every },
  'ten times the text': { of: 'textTenfold', among: every },
};

/**
 * @typedef {object} Summary
 * @property {string} figure
 * @property {number} median
 * @property {number} worst
 * @property {string} on the list of the worst
 *
 * @param {(Result | Growth)[]} results
 * @returns {Summary[]} of what was measured
 */
export function summarize(results) {
  return Object.entries(FIGURES).flatMap(([figure, { of, among, atLeast }]) => {
    const these = results.filter((result) => among(result) && Number.isFinite(result.figures[of]));
    if (these.length === 0) return [];
    const sorted = these.toSorted((a, b) => (a.figures[of] - b.figures[of]) * (atLeast ? 1 : -1));
    const [worst] = sorted;
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
