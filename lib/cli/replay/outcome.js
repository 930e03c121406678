// What a changed list does to past failures, of the pairs of rules: for people as text and Markdown, for programs as it is.
'use strict';

/** @typedef {import('../rules-file.js').RulesFile} RulesFile */

/** What can happen to a failure, in the order of a report. */
const KINDS = /** @type {const} */ (['newlyFailed', 'changedIssue', 'newlyBroken']);

/**
 * @typedef {object} Outcome
 * @property {{ old: string, new: string }} lists
 * @property {Counts} counts
 * @property {Change[]} changes by kind and rules, the one with the most failures first
 * @property {{ issue: string, before: number, after: number }[]} issues those whose number of failures differs, the largest difference first
 *
 * @typedef {object} Counts
 * @property {number} failures
 * @property {number} newlyBroken unknown to the old list, known to the new
 * @property {number} newlyFailed known to the old list, unknown to the new
 * @property {number} changedIssue known to both, as different issues
 * @property {number} unchanged
 * @property {number} otherRule of the unchanged: known by a rule with another name
 * @property {number} cut of all: only the beginning of the text was recorded
 * @property {number} skipped lines and files that could not be read
 *
 * @typedef {object} Change
 * @property {'newlyBroken' | 'newlyFailed' | 'changedIssue'} kind
 * @property {RuleName | null} before
 * @property {RuleName | null} after
 * @property {number} failures
 * @property {import('./pairs.js').Sample[]} samples
 *
 * @typedef {{ index: number, id: string | null, issue: string, place: string }} RuleName `place`: `rules.json:12`, or `rules.json[3]` if
 *   the list is one line
 */

/** Whether two rules, -1 for none, are the same to a test. */
function sameVerdict(oldFile, newFile) {
  return (before, after) => (before < 0 || after < 0 ? before === after : issueOf(oldFile, before) === issueOf(newFile, after));
}

/**
 * @param {import('./pairs.js').Pairs} pairs
 * @param {RulesFile} oldFile
 * @param {RulesFile} newFile
 * @param {number} skipped
 * @returns {Outcome}
 */
function outcomeOf(pairs, oldFile, newFile, skipped) {
  const counts = {
    ...{ failures: pairs.failures, newlyBroken: 0, newlyFailed: 0, changedIssue: 0, unchanged: 0, otherRule: 0 },
    ...{ cut: pairs.cut, skipped },
  };
  const isSame = sameVerdict(oldFile, newFile);
  const issues = new Map();
  const count = (issue, when, failures) => {
    if (!issues.has(issue)) issues.set(issue, { issue, before: 0, after: 0 });
    issues.get(issue)[when] += failures;
  };
  const changes = [];
  for (const { before, after, failures, samples } of pairs.all()) {
    if (before >= 0) count(issueOf(oldFile, before), 'before', failures);
    if (after >= 0) count(issueOf(newFile, after), 'after', failures);
    if (isSame(before, after)) {
      counts.unchanged += failures;
      if (before >= 0 && idOf(oldFile, before) !== idOf(newFile, after)) counts.otherRule += failures;
      continue;
    }
    const kind = before < 0 ? 'newlyBroken' : after < 0 ? 'newlyFailed' : 'changedIssue';
    counts[kind] += failures;
    changes.push({ kind, before: ruleAt(oldFile, before), after: ruleAt(newFile, after), failures, samples });
  }
  changes.sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || b.failures - a.failures);
  const different = [...issues.values()].filter(({ before, after }) => before !== after);
  different.sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before) || (a.issue < b.issue ? -1 : 1));
  return { lists: { old: oldFile.name, new: newFile.name }, counts, changes, issues: different };
}

function ruleAt(file, index) {
  return index < 0 ? null : { index, id: idOf(file, index), issue: issueOf(file, index), place: placeOf(file, index) };
}

/** In a list on one line, a line says nothing. */
const placeOf = (file, index) => (file.text.trimEnd().includes('\n') ? file.placeOf(index) : `${file.name}[${index}]`);

// a number is taken as its decimal text
const issueOf = ({ rules }, index) => String(rules[index].issue);
const idOf = ({ rules }, index) => (rules[index].id === undefined || rules[index].id === null ? null : String(rules[index].id));

/** How many failures have another verdict. */
const changedOf = ({ newlyBroken, newlyFailed, changedIssue }) => newlyBroken + newlyFailed + changedIssue;

module.exports = { changedOf, KINDS, outcomeOf, sameVerdict };
