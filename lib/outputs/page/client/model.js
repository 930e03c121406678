// What `data.js` has written, as the page works with it: every test with its suite, file, texts and name.
'use strict';

/** @param {ReturnType<import('../data.js').pageData>} data */
function readModel(data) {
  const suites = data.suites.map(([title, parent], index) => ({ index, title, parent, suites: [], tests: [] }));
  const top = { index: -1, title: '', parent: null, suites: [], tests: [] };
  for (const suite of suites) (suites[suite.parent] ?? top).suites.push(suite);
  const tests = data.tests.map((test, index) => readTest(test, index, data, suites));
  for (const test of tests) (suites[test.suite] ?? top).tests.push(test);
  return {
    ...data.run,
    tests,
    suites,
    top,
    unknown: data.unknown.map((group, index) => readGroup(group, index, tests)),
    issues: data.issues.map((issue) => readIssue(issue, tests)),
    unfinished: tests.filter(({ status }) => status === 'unfinished'),
    eventLoop: data.eventLoop ?? [],
    byId: new Map(tests.map((test) => [test.id.toWellFormed(), test])),
  };
}

function readTest(test, index, data, suites) {
  const titles = titlesOf(test.suite, suites);
  const { attempts = [{ status: test.status, durationMs: test.durationMs, failures: [] }] } = test;
  return {
    kind: 'test',
    flaky: false,
    issue: null,
    messages: [],
    steps: [],
    ...test,
    index,
    suites: titles,
    name: [...titles, test.title].join(' › '),
    file: test.file === undefined ? null : data.files[test.file],
    attempts: attempts.map((attempt) => ({
      ...attempt,
      failures: attempt.failures.map((failure) => ({ ...failure, text: data.texts[failure.text] })),
    })),
  };
}

function titlesOf(index, suites) {
  const titles = [];
  for (let suite = suites[index]; suite !== undefined; suite = suites[suite.parent]) titles.unshift(suite.title);
  return titles;
}

function readGroup({ signature, tests: indexes }, index, tests) {
  const members = indexes.map((at) => tests[at]).filter(Boolean);
  return { index, signature, tests: members, sample: firstFailure(members, (failure) => failure.signature === signature) };
}

function readIssue({ issue, url, rules, tests: indexes }, tests) {
  const members = indexes.map((at) => tests[at]).filter(Boolean);
  return { issue, url, rules, tests: members, sample: firstFailure(members, (failure) => failure.issue === issue) };
}

/** @returns {{ test: object, failure: object } | null} */
function firstFailure(tests, isWanted) {
  for (const test of tests) {
    for (const { failures } of test.attempts) {
      const failure = failures.find(isWanted);
      if (failure !== undefined) return { test, failure };
    }
  }
  return null;
}

module.exports = { readModel };
