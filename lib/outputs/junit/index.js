// known-failures/junit: a run report as JUnit XML, with the issues as properties of the test cases.
'use strict';

const { decidingFailures } = require('../failures.js');
const { cut, plainLine } = require('../text.js');
const { element, escapeText } = require('./xml.js');

const MESSAGE_UNITS = 500;
const FIRST_FRAME = /\n\s+at \S/;

/** @typedef {import('../../recorder/run-report.js').RunReport} RunReport */
/** @typedef {import('../../recorder/run-report.js').RecordedTest} RecordedTest */

/** @param {RunReport} report @returns {string} XML, to be written as UTF-8 */
function formatJUnit(report) {
  const suites = suitesOf(report.tests).map(([name, tests]) => suiteElement(name, tests, report));
  const attributes = { name: report.title, ...countsOf(report.tests), time: seconds(report.durationMs) };
  const root = element('testsuites', { ...attributes, timestamp: report.startedAt }, `\n${suites.join('')}`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}`;
}

/** Tests by their suites' titles, or their file if they have no suite. @returns {[string, RecordedTest[]][]} */
function suitesOf(tests) {
  const suites = new Map();
  for (const test of tests) {
    const name = test.suites.join(' › ') || test.file || test.title;
    if (!suites.has(name)) suites.set(name, []);
    suites.get(name).push(test);
  }
  return [...suites];
}

/** A suite has the run's start and no hostname: the report knows no better. */
function suiteElement(name, tests, { startedAt }) {
  const time = seconds(tests.reduce((sum, { durationMs }) => sum + (durationMs ?? 0), 0));
  const attributes = { name, ...countsOf(tests), time, timestamp: startedAt, file: tests[0].file };
  return element('testsuite', attributes, `\n${tests.map((test) => testElement(name, test)).join('')}`);
}

function countsOf(tests) {
  const count = (kind) => tests.filter((test) => outcomeOf(test) === kind).length;
  return { tests: tests.length, failures: count('failure'), errors: count('error'), skipped: count('skipped') };
}

/** What JUnit calls a status. Hooks, files and crashes are errors, and so is a test that never ended. */
function outcomeOf({ status, kind }) {
  if (status === 'Broken' || status === 'Failed') return kind === 'test' ? 'failure' : 'error';
  if (status === 'unfinished') return 'error';
  return status === 'skipped' ? 'skipped' : null;
}

function testElement(classname, test) {
  const attributes = { name: test.title, classname, file: test.file, time: seconds(test.durationMs ?? 0) };
  return element('testcase', attributes, `\n${properties(test)}${outcomeElement(test)}`);
}

function properties(test) {
  const entries = [];
  const known = test.status === 'Broken' ? decidingFailures(test).filter(({ issue }) => issue !== null) : [];
  for (const { issue, url, rule, id } of known) {
    entries.push(['issue', issue], ['url', url], ['rule', id ?? rule]);
  }
  if (test.attempts.length > 1) entries.push(['attempts', test.attempts.length]);
  if (test.flaky) entries.push(['flaky', 'true']);
  const given = entries.filter(([, value]) => value !== null && value !== undefined);
  const unique = new Map(given.map(([name, value]) => [`${name} ${value}`, element('property', { name, value })]));
  return unique.size === 0 ? '' : element('properties', {}, `\n${[...unique.values()].join('')}`);
}

function outcomeElement(test) {
  const outcome = outcomeOf(test);
  if (outcome === null) return '';
  if (outcome === 'skipped') return element('skipped', {});
  if (test.status === 'unfinished') return element('error', { message: 'It started and never ended.', type: 'unfinished' });
  // one element: readers take one failure of a test
  const texts = decidingFailures(test).map(({ text }) => text);
  const first = cut(headOf(texts.find((text) => text !== '') ?? 'It failed without an error.'), MESSAGE_UNITS);
  const isKnown = test.status === 'Broken';
  const message = isKnown ? `${test.issue}: ${first}` : first;
  return element(outcome, { message, type: isKnown ? 'known-failure' : 'failure' }, escapeText(texts.join('\n\n')));
}

/** What an error says, on one line, without its stack: readers list messages. */
const headOf = (text) => plainLine(text.split(FIRST_FRAME, 1)[0]) || plainLine(text);

const seconds = (ms) => (ms / 1000).toFixed(3);

module.exports = { formatJUnit };
