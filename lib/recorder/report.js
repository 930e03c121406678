// The run report: everything that a recorder knows, as JSON.
'use strict';

const { countHits, countTests, groupByIssue, groupBySignature } = require('./groups.js');

/** @typedef {import('./run-report.d.ts').RunReport} RunReport */

const FORMAT = 'known-failures-run';
const FORMAT_VERSION = 1;

/**
 * A report of its parts. What follows from the tests is derived here.
 *
 * @param {Pick<RunReport, 'title' | 'runner' | 'startedAt' | 'durationMs' | 'tests' | 'eventLoop' | 'warnings'>
 *   & { rules: Omit<RunReport['rules'], 'hits'> }} parts
 * @returns {RunReport}
 */
function makeReport({ title, runner, startedAt, durationMs, rules, tests, eventLoop, warnings }) {
  const counts = countTests(tests);
  return {
    format: FORMAT,
    formatVersion: FORMAT_VERSION,
    title,
    runner,
    startedAt,
    durationMs,
    status: counts.failed + counts.broken + counts.unfinished > 0 ? 'failed' : 'passed',
    counts,
    rules: { ...rules, hits: countHits(tests) },
    issues: groupByIssue(tests),
    unknown: groupBySignature(tests),
    tests,
    eventLoop,
    warnings,
  };
}

module.exports = { FORMAT, FORMAT_VERSION, makeReport };
