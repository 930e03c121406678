// The statistics of a history: totals, trends, and rules that match nothing any more.
'use strict';

/** @typedef {import('./history.js').History} History */
/** @typedef {import('./history.js').Run} Run */

/**
 * @typedef {object} Statistics
 * @property {{ count: number, first: string, last: string, tests: number, broken: number, failed: number }} runs
 * @property {{ runs: number, trendRuns: number }} window `runs`: in which an unused rule has not matched. `trendRuns`: those that a
 *   trend compares with as many before them; 0 with a single run
 * @property {IssueStatistics[]} issues the one with the most tests first
 * @property {RuleStatistics[]} rules that have matched, the one with the most failures first
 * @property {UnusedRule[]} unused rules that matched in none of the last runs, the one that is longest out of use first
 *
 * @typedef {object} IssueStatistics
 * @property {string} issue
 * @property {string | null} url
 * @property {number} tests
 * @property {number} runs
 * @property {string} lastSeen start of the last run that had it
 * @property {{ earlier: number, recent: number } | null} trend tests per run. Null with a single run
 * @property {boolean} grows more tests per run in the last runs than before
 *
 * @typedef {{ id: string | null, issue: string, index: number, failures: number, runs: number, lastSeen: string }} RuleStatistics
 * @typedef {{ id: string | null, issue: string, index: number, place: string | null, lastSeen: string | null }} UnusedRule
 *   `place`: `rules.json:12`, if there is a list. `lastSeen`: null if it has never matched
 */

/**
 * @param {History} history of at least one run
 * @param {{ last: number, list: ListRule[] | null }} options `list`: the rules in force of today's list
 * @returns {Statistics}
 * @typedef {{ id: string | null, issue: string, index: number, place: string }} ListRule
 */
function statisticsOf(history, { last, list }) {
  const { runs } = history;
  const window = new Set(runs.slice(-last));
  const trendRuns = Math.min(last, Math.floor(runs.length / 2));
  const recent = trendRuns === 0 ? [] : runs.slice(-trendRuns);
  const earlier = runs.slice(-2 * trendRuns, runs.length - trendRuns);
  const total = (key) => runs.reduce((sum, run) => sum + run[key], 0);
  const issues = history.issues.map(({ issue, url, tests }) => {
    const trend =
      trendRuns === 0 ? null : { earlier: sumIn(tests, earlier) / trendRuns, recent: sumIn(tests, recent) / trendRuns };
    return {
      issue,
      url,
      tests: sum(tests),
      runs: tests.size,
      lastSeen: lastOf(tests),
      trend,
      grows: trend !== null && trend.recent > trend.earlier,
    };
  });
  const rules = history.rules.map(({ failures, ...rule }) => ({
    ...rule,
    failures: sum(failures),
    runs: failures.size,
    lastSeen: lastOf(failures),
  }));
  return {
    runs: {
      count: runs.length,
      first: runs[0].startedAt,
      last: runs.at(-1).startedAt,
      tests: total('tests'),
      broken: total('broken'),
      failed: total('failed'),
    },
    window: { runs: window.size, trendRuns },
    issues: issues.sort((a, b) => b.tests - a.tests || compare(a.issue, b.issue)),
    rules: rules.sort((a, b) => b.failures - a.failures || a.index - b.index),
    unused: unusedOf(history, list, window),
  };
}

/** Of the list; without one, of the rules that have matched before. */
function unusedOf(history, list, window) {
  const withoutId = new Map();
  for (const { id, issue } of list ?? []) if (id === null) withoutId.set(issue, (withoutId.get(issue) ?? 0) + 1);
  const candidates =
    list === null
      ? history.rules.map(({ failures, ...rule }) => ({ rule: { ...rule, place: null }, runs: [...failures.keys()] }))
      : list.map((rule) => ({
          rule,
          runs: history.of(rule, withoutId.get(rule.issue) === 1).flatMap(({ failures }) => [...failures.keys()]),
        }));
  return candidates
    .filter(({ runs }) => !runs.some((run) => window.has(run)))
    .map(({ rule, runs }) => ({ ...rule, lastSeen: runs.length === 0 ? null : latest(runs) }))
    .sort((a, b) => compare(a.lastSeen ?? '', b.lastSeen ?? '') || a.index - b.index);
}

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const sum = (counts) => [...counts.values()].reduce((total, count) => total + count, 0);
const sumIn = (counts, runs) => runs.reduce((total, run) => total + (counts.get(run) ?? 0), 0);
const latest = (runs) =>
  runs
    .map(({ startedAt }) => startedAt)
    .sort()
    .at(-1);
const lastOf = (counts) => latest([...counts.keys()]);

module.exports = { statisticsOf };
