// Reads tests of a run report.
'use strict';

/**
 * The errors that decided about a test: those of the attempts that have its status.
 *
 * @param {import('../recorder/run-report.js').RecordedTest} test
 * @returns {import('../recorder/run-report.js').RecordedFailure[]}
 */
function decidingFailures({ status, attempts }) {
  return attempts.filter((attempt) => attempt.status === status).flatMap(({ failures }) => failures);
}

/** The error by which the first test of a group of unknown failures came into it. */
function exampleOf({ signature, tests: indexes }, tests) {
  return decidingFailures(tests[indexes[0]]).find((failure) => failure.signature === signature);
}

module.exports = { decidingFailures, exampleOf };
