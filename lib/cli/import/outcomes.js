// What becomes of each entry of a file: kept as it is, translated, or refused. The engine has the last word.
'use strict';

const { loadRules } = require('../../../index.js');
const { Untranslatable } = require('./patterns/index.js');

/**
 * @typedef {object} Outcome
 * @property {string} name
 * @property {'kept' | 'translated' | 'refused'} status `kept`: its patterns are those of the file. `translated`: they say the same in
 *   JavaScript
 * @property {string | null} reason why it is refused
 * @property {string[]} changes in its patterns
 * @property {string[]} losses what the rule does not say any more
 * @property {Record<string, unknown> | null} rule null if it is refused
 */

/**
 * @param {import('./formats/index.js').Entry[]} entries
 * @returns {Promise<Outcome[]>}
 */
async function outcomesOf(entries) {
  const outcomes = entries.map(outcomeOf);
  const good = outcomes.filter(({ rule }) => rule !== null);
  const report = await loadRules(good.map(({ rule }) => rule)).catch((error) => {
    if (error.code === 'ERR_RULES_UNUSABLE') return { rejected: error.rejected, warnings: [] };
    throw error;
  });
  for (const { index, field, message } of report.rejected) refuse(good[index], `\`${field}\`: ${message}`);
  for (const { index, code, message } of report.warnings) {
    if (code === 'WARN_MATCHES_EMPTY') refuse(good[index], 'matches every error');
    else if (code === 'WARN_DUPLICATE')
      good[index].losses.push('an earlier rule has the same patterns: this one gives no verdict');
    else good[index].losses.push(message);
  }
  return outcomes;
}

/** @returns {Outcome} */
function outcomeOf({ name, make }) {
  try {
    const { rule, changes, losses } = make();
    const unique = [...new Set(changes)];
    return { name, status: unique.length === 0 ? 'kept' : 'translated', reason: null, changes: unique, losses, rule };
  } catch (error) {
    if (!(error instanceof Untranslatable)) throw error;
    return { name, status: 'refused', reason: error.message, changes: [], losses: [], rule: null };
  }
}

function refuse(outcome, reason) {
  Object.assign(outcome, { status: 'refused', reason, changes: [], losses: [], rule: null });
}

module.exports = { outcomesOf };
