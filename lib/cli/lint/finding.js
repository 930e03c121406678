// What lint finds, as data.
'use strict';

/** From the worst to what only should be known. Errors and warnings end the command with 1. */
const LEVELS = /** @type {const} */ (['error', 'warning', 'info']);

/**
 * @typedef {object} Finding
 * @property {number} index of the rule
 * @property {(typeof LEVELS)[number]} level
 * @property {string} code of a rejection or a warning of the load report, or one that begins with `LINT_`
 * @property {string | null} field
 * @property {string} message
 * @property {string | null} pattern the text that `offset` is in: of a pattern, or of its flags
 * @property {number | null} offset in code units
 * @property {number | null} other the rule that it is about, too
 * @property {string | null} sample a text that shows it
 */

/** @param {Partial<Finding> & Pick<Finding, 'index' | 'level' | 'code' | 'message'>} given @returns {Finding} */
function finding(given) {
  return { field: null, pattern: null, offset: null, other: null, sample: null, ...given };
}

/** In the order of the list; of one rule, the worst first. */
function inOrder(findings) {
  return findings.sort((a, b) => a.index - b.index || LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));
}

module.exports = { finding, inOrder, LEVELS };
