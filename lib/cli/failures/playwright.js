// Failures of Playwright's JSON report.
'use strict';

const FAILED = new Set(['failed', 'timedOut']);

/** @typedef {import('./index.js').Failure} Failure */

/** @param {any} value */
const isPlaywrightReport = ({ config, suites }) => typeof config === 'object' && config !== null && Array.isArray(suites);

/**
 * Every error of every failed attempt, and those outside of all tests. A test is called as the reporter of this package calls it: its
 * suites' titles and its own, without the file and the project.
 *
 * @param {any} report
 * @param {string} source
 * @returns {Failure[]}
 */
function playwrightFailures({ suites, errors }, source) {
  const failures = arrayOf(errors).map((error) => ({ test: '', error, source }));
  // without recursion, in order; the outermost suite is the file
  const left = arrayOf(suites)
    .map((suite) => ({ suite, titles: [] }))
    .reverse();
  while (left.length > 0) {
    const { suite, titles } = left.pop();
    for (const { title, tests } of arrayOf(suite?.specs)) {
      const test = [...titles, title].filter((part) => typeof part === 'string');
      for (const result of arrayOf(tests).flatMap(failedResults)) {
        for (const error of errorsOf(result)) failures.push({ test, error, source });
      }
    }
    const inner = arrayOf(suite?.suites).map((one) => ({ suite: one, titles: [...titles, one?.title] }));
    left.push(...inner.reverse());
  }
  return failures;
}

/** A test that must fail (`test.fail`) passes if it does. */
function failedResults({ expectedStatus, results }) {
  return arrayOf(results).filter(({ status }) => FAILED.has(status) && status !== expectedStatus);
}

/** The first of `errors` is `error`, which has the stack of its own. */
function errorsOf({ error, errors }) {
  const all = arrayOf(errors);
  if (all.length === 0) return [error ?? null];
  return all.map((one, index) => (index === 0 && error?.stack ? error : one));
}

const arrayOf = (value) => (Array.isArray(value) ? value : []);

module.exports = { isPlaywrightReport, playwrightFailures };
