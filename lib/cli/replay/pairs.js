// Failures by what both lists say of them: a count for each pair of rules, and some samples of those that differ. As large as there
// are pairs, however many failures there are.
'use strict';

const { errorText, testName } = require('../../../index.js');
const { cut, plainLine } = require('../../outputs/text.js');

/** Of all pairs together: two lists can have as many pairs as one has rules, squared. */
const MAX_SAMPLES = 10_000;
const TEXT_UNITS = 200;

/**
 * @typedef {object} Pair
 * @property {number} before index of the rule in the old list, -1 for none
 * @property {number} after index of the rule in the new list, -1 for none
 * @property {number} failures
 * @property {Sample[]} samples
 *
 * @typedef {{ test: string, text: string, source: string }} Sample
 */

class Pairs {
  failures = 0;
  /** Whose text was recorded in part only. */
  cut = 0;
  /** @type {Map<number, Pair>} */
  #pairs = new Map();
  #isSame;
  #named;
  #maxSamples;
  #samples = 0;

  /**
   * @param {{ isSame: (before: number, after: number) => boolean, named: (source: string) => string, samples: number }} options
   *   `isSame`: both are the same issue, or none. `samples`: of a pair that is not. `named`: their source as it is shown
   */
  constructor({ isSame, named, samples }) {
    this.#isSame = isSame;
    this.#named = named;
    this.#maxSamples = samples;
  }

  /**
   * @param {import('../failures/index.js').Failure} failure
   * @param {number} before
   * @param {import('../../../index.js').Verdict} verdict of the new list
   */
  add(failure, before, verdict) {
    const after = verdict.rule ?? -1;
    // lists have fewer than 2 ** 26 rules, and 2 ** 53 pairs have a number
    const key = (before + 1) * 2 ** 26 + after + 1;
    let pair = this.#pairs.get(key);
    if (pair === undefined) {
      pair = { before, after, failures: 0, samples: [] };
      this.#pairs.set(key, pair);
    }
    pair.failures += 1;
    this.failures += 1;
    if (failure.isCut) this.cut += 1;
    if (pair.samples.length < this.#maxSamples && this.#samples < MAX_SAMPLES && !this.#isSame(before, after)) {
      this.#samples += 1;
      pair.samples.push({ ...sampleOf(failure, verdict), source: this.#named(failure.source) });
    }
  }

  /** The one with the most failures first. @returns {Pair[]} */
  all() {
    return [...this.#pairs.values()].sort((a, b) => b.failures - a.failures || a.before - b.before || a.after - b.after);
  }
}

/** The line that the new rule matches, or the first one. */
function sampleOf({ test, error }, { match }) {
  const text = errorText(error) ?? '';
  const from = match === null ? text.search(/\S/) : text.lastIndexOf('\n', match.start - 1) + 1;
  const [line] = text.slice(Math.max(0, from), Math.max(0, from) + 2000).split('\n', 1);
  return { test: plainLine(testName(test)), text: cut(plainLine(line), TEXT_UNITS) };
}

module.exports = { Pairs };
