// Groups the failures of a run: known ones by issue, unknown ones by signature, both by rule. All of it follows from the tests, so
// reports that are merged are grouped anew.
'use strict';

/**
 * @typedef {import('./run-report.d.ts').RecordedTest} RecordedTest
 * @typedef {import('./run-report.d.ts').RecordedFailure} RecordedFailure
 */

/** @param {RecordedTest[]} tests @returns {import('./run-report.d.ts').RunCounts} */
function countTests(tests) {
  const counts = { total: tests.length, passed: 0, skipped: 0, broken: 0, failed: 0, unfinished: 0, flaky: 0 };
  for (const { status, flaky } of tests) {
    counts[status.toLowerCase()] += 1;
    if (flaky) counts.flaky += 1;
  }
  return counts;
}

/** @param {RecordedTest[]} tests @returns {import('./run-report.d.ts').KnownIssue[]} */
function groupByIssue(tests) {
  const groups = new Map();
  for (const [index, test] of tests.entries()) {
    if (test.status !== 'Broken') continue;
    for (const { issue, url, rule } of decidingFailures(test)) {
      if (issue === null) continue;
      const group = groupOf(groups, issue, () => ({ issue, url: null, rules: new Set(), tests: new Set() }));
      group.url ??= url;
      group.rules.add(rule);
      group.tests.add(index);
    }
  }
  return largestFirst(groups).map((group) => ({ ...group, rules: [...group.rules], tests: [...group.tests] }));
}

/** @param {RecordedTest[]} tests @returns {import('./run-report.d.ts').UnknownGroup[]} */
function groupBySignature(tests) {
  const groups = new Map();
  for (const [index, test] of tests.entries()) {
    if (test.status !== 'Failed') continue;
    for (const { signature } of decidingFailures(test)) {
      if (signature === null) continue;
      groupOf(groups, signature, () => ({ signature, tests: new Set() })).tests.add(index);
    }
  }
  return largestFirst(groups).map((group) => ({ ...group, tests: [...group.tests] }));
}

/** @param {RecordedTest[]} tests @returns {import('./run-report.d.ts').RuleHits[]} */
function countHits(tests) {
  const hits = new Map();
  for (const { attempts } of tests) {
    for (const { failures } of attempts) {
      for (const { rule, id, issue, url } of failures) {
        if (rule === null || issue === null) continue;
        // a list that was refreshed within the run may have another rule at this index
        const key = JSON.stringify([rule, id, issue]);
        groupOf(hits, key, () => ({ rule, id, issue, url, failures: 0 })).failures += 1;
      }
    }
  }
  return [...hits.values()].sort((a, b) => b.failures - a.failures);
}

/** The errors of the attempts that have the test's status. @param {RecordedTest} test @returns {RecordedFailure[]} */
function decidingFailures({ status, attempts }) {
  return attempts.filter((attempt) => attempt.status === status).flatMap(({ failures }) => failures);
}

function groupOf(groups, key, make) {
  if (!groups.has(key)) groups.set(key, make());
  return groups.get(key);
}

/** Of groups of one size, the one that was there first. */
function largestFirst(groups) {
  return [...groups.values()].sort((a, b) => b.tests.size - a.tests.size);
}

module.exports = { countHits, countTests, decidingFailures, groupByIssue, groupBySignature };
