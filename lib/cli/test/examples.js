// The examples of a list as what has to be classified, and what came of it.
'use strict';

const { classifyAll, explain } = require('../../../index.js');

/**
 * @typedef {object} Example
 * @property {number} index of its rule
 * @property {'match' | 'noMatch'} kind
 * @property {number} number among the examples of its kind, from 0
 * @property {string} test
 * @property {string} error
 *
 * @typedef {Example & { ok: boolean, skipped: string | null, reason: string | null, takenBy: number | null }} Outcome
 *   `reason` and `takenBy`, a rule, tell why it is not ok
 */

/** @param {any[]} rules @returns {Example[]} those of the right shape */
function examplesOf(rules) {
  const examples = [];
  for (const [index, rule] of rules.entries()) {
    for (const kind of /** @type {const} */ (['match', 'noMatch'])) {
      const given = rule?.examples?.[kind];
      if (!Array.isArray(given)) continue;
      for (const [number, example] of given.entries()) {
        const { test, error } = typeof example === 'string' ? { error: example } : (example ?? {});
        if (typeof error === 'string') examples.push({ index, kind, number, test: test ?? '', error });
      }
    }
  }
  return examples;
}

/**
 * @param {Example[]} examples
 * @param {(index: number) => string | null} notInForce why a rule is not in force; its examples are skipped
 * @returns {Promise<Outcome[]>} in the same order
 */
async function runExamples(examples, notInForce) {
  const verdicts = await classifyAll(examples);
  const outcomes = [];
  for (const [at, example] of examples.entries()) {
    const skipped = notInForce(example.index);
    const judged = skipped === null ? await judge(example, verdicts[at]) : { ok: true, reason: null, takenBy: null };
    outcomes.push({ ...example, ...judged, skipped });
  }
  return outcomes;
}

async function judge({ index, kind, test, error }, { rule }) {
  const isOwn = rule === index;
  const good = { ok: true, reason: null, takenBy: null };
  if (kind === 'match') {
    if (isOwn) return good;
    const own = await partOf(index, test, error);
    if (own.missing !== null) return { ok: false, reason: own.reason, takenBy: null };
    return { ok: false, reason: 'an earlier rule takes it', takenBy: rule };
  }
  // only an earlier rule's verdict leaves open whether this one matches, too
  const matches = isOwn || (rule !== null && rule < index && (await partOf(index, test, error)).missing === null);
  return matches ? { ok: false, reason: 'its rule matches it', takenBy: null } : good;
}

const partOf = async (index, test, error) => (await explain(test, error, { rule: index })).rule;

module.exports = { examplesOf, runExamples };
