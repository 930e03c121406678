// What rules and issues did in many runs. Of a report only counts are kept.
'use strict';

/** @typedef {import('../../recorder/run-report.js').RunReport} RunReport */

/**
 * @typedef {object} Run
 * @property {string} startedAt
 * @property {number} tests
 * @property {number} broken
 * @property {number} failed
 *
 * @typedef {object} RuleHistory
 * @property {string | null} id
 * @property {string} issue
 * @property {number} index in the list of the last run that it matched in
 * @property {Map<Run, number>} failures of each run that it matched in
 *
 * @typedef {object} IssueHistory
 * @property {string} issue
 * @property {string | null} url
 * @property {Map<Run, number>} tests of each run that it was in
 */

class History {
  /** @type {Run[]} */
  #runs = [];
  /** @type {Map<string, RuleHistory>} */
  #rules = new Map();
  /** @type {Map<string, IssueHistory>} */
  #issues = new Map();

  /** @param {RunReport} report */
  add({ startedAt, counts: { total, broken, failed }, rules, issues }) {
    const run = { startedAt, tests: total, broken, failed };
    this.#runs.push(run);
    for (const { rule, id, issue, failures } of rules.hits) {
      const key = keyOf({ id, issue, index: rule });
      if (!this.#rules.has(key)) this.#rules.set(key, { id, issue, index: rule, failures: new Map() });
      this.#rules.get(key).failures.set(run, failures);
    }
    for (const { issue, url, tests } of issues) {
      if (!this.#issues.has(issue)) this.#issues.set(issue, { issue, url, tests: new Map() });
      const history = this.#issues.get(issue);
      history.url ??= url;
      history.tests.set(run, tests.length);
    }
  }

  /** The oldest first. ISO times in UTC sort as text. */
  get runs() {
    return this.#runs.sort((a, b) => (a.startedAt < b.startedAt ? -1 : a.startedAt > b.startedAt ? 1 : 0));
  }

  get rules() {
    return [...this.#rules.values()];
  }

  get issues() {
    return [...this.#issues.values()];
  }

  /**
   * The history of a rule of a list.
   *
   * @param {{ id: string | null, issue: string, index: number }} rule
   * @param {boolean} isOnly it is the only one of its issue without an id
   * @returns {RuleHistory[]} several where the rule has no id and has changed its place in the list
   */
  of(rule, isOnly) {
    if (rule.id === null && isOnly) return this.rules.filter(({ id, issue }) => id === null && issue === rule.issue);
    const found = this.#rules.get(keyOf(rule));
    return found === undefined ? [] : [found];
  }
}

/** A rule is known by its id; one without by its issue and its place in the list. */
const keyOf = ({ id, issue, index }) => JSON.stringify(id === null ? [issue, index] : [id]);

module.exports = { History };
