// Reads a run report that somebody hands over: a file, the answer of a server. What it lets through, a page can show.
'use strict';

const { describe } = require('../api/invalid-argument.js');
const { isArrayOrFalse } = require('../api/property.js');
const { FORMAT, FORMAT_VERSION } = require('./report.js');
const { cutAt, reasonOf } = require('./values.js');

/** @returns {Error & { code: 'ERR_REPORT_FORMAT' }} */
function badReport(message) {
  return Object.assign(new Error(message), { code: 'ERR_REPORT_FORMAT' });
}

/**
 * A run report of its JSON. Checks the keys that a reader relies on.
 *
 * @param {string | Uint8Array | object} json text, its bytes in UTF-8, or what `JSON.parse` gave
 * @returns {import('./run-report.d.ts').RunReport}
 * @throws {Error} ERR_REPORT_FORMAT
 */
function readRunReport(json) {
  const report = parse(json);
  if (!isObject(report)) throw badReport(`a run report is a JSON object, but this is ${describe(report)}`);
  const { format, formatVersion } = report;
  if (format !== FORMAT) {
    const found = format === undefined ? 'has none' : `has ${shown(format)}`;
    throw badReport(`a run report has \`"format": "${FORMAT}"\`, but this ${found}. The recorder's endRun() gives one`);
  }
  if (formatVersion !== FORMAT_VERSION) {
    const advice = formatVersion > FORMAT_VERSION ? 'Update known-failures to read it' : 'Write it anew';
    throw badReport(
      `this reads \`formatVersion\` ${FORMAT_VERSION} of a run report, but it is ${shown(formatVersion)}. ${advice}`,
    );
  }
  checkReport(report);
  return report;
}

function parse(json) {
  if (isObject(json) && !(json instanceof Uint8Array)) return json;
  if (typeof json !== 'string' && !(json instanceof Uint8Array)) return json;
  const text = typeof json === 'string' ? json : new TextDecoder().decode(json);
  try {
    return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch (error) {
    throw badReport(`a run report is JSON, but this cannot be parsed: ${reasonOf(error)}`);
  }
}

/** Keys and their kinds; `?`: or null. What has another key is good. */
const KINDS = {
  report: { title: 'string', runner: 'object?', startedAt: 'string', durationMs: 'number', status: 'string', counts: 'object' },
  lists: { rules: 'object', issues: 'array', unknown: 'array', tests: 'array', eventLoop: 'array?', warnings: 'array' },
  counts: {
    ...{ total: 'number', passed: 'number', skipped: 'number', broken: 'number' },
    ...{ failed: 'number', unfinished: 'number', flaky: 'number' },
  },
  rules: { source: 'string?', version: 'string?', state: 'string', confirmedAt: 'string?', reason: 'string?', total: 'number' },
  ruleLists: { active: 'number', rejected: 'array', warnings: 'array', hits: 'array' },
  rule: { index: 'number', id: 'string?', issue: 'string?', field: 'string', message: 'string', offset: 'number?' },
  hit: { rule: 'number', id: 'string?', issue: 'string', url: 'string?', failures: 'number' },
  issue: { issue: 'string', url: 'string?', rules: 'array', tests: 'array' },
  unknown: { signature: 'string', tests: 'array' },
  test: { id: 'string', kind: 'string', title: 'string', name: 'string', file: 'string?', status: 'string', flaky: 'boolean' },
  testLists: { issue: 'string?', url: 'string?', suites: 'array', attempts: 'array', messages: 'array', steps: 'array' },
  attempt: { status: 'string', durationMs: 'number?', failures: 'array' },
  failure: {
    text: 'string',
    cut: 'boolean',
    status: 'string',
    issue: 'string?',
    url: 'string?',
    reason: 'string',
    signature: 'string?',
  },
  delay: { atMs: 'number', delayMs: 'number' },
  step: { title: 'string', status: 'string', durationMs: 'number?', messages: 'array', steps: 'array' },
};

function checkReport(report) {
  check(report, 'the report', { ...KINDS.report, ...KINDS.lists });
  check(report.counts, 'counts', KINDS.counts);
  check(report.rules, 'rules', { ...KINDS.rules, ...KINDS.ruleLists });
  checkAll(report.rules.rejected, 'rules.rejected', KINDS.rule);
  checkAll(report.rules.warnings, 'rules.warnings', KINDS.rule);
  checkAll(report.rules.hits, 'rules.hits', KINDS.hit);
  checkAll(report.tests, 'tests', { ...KINDS.test, ...KINDS.testLists }, checkTest);
  const isTest = (index) => Number.isInteger(index) && index >= 0 && index < report.tests.length;
  const checkGroup = (group, place) => {
    if (!group.tests.every(isTest)) throw badReport(`${place}.tests has an index that \`tests\` has not`);
  };
  checkAll(report.issues, 'issues', KINDS.issue, checkGroup);
  checkAll(report.unknown, 'unknown', KINDS.unknown, checkGroup);
  checkAll(report.eventLoop ?? [], 'eventLoop', KINDS.delay);
  checkTexts(report.warnings, 'warnings');
}

function checkTest(test, place) {
  checkTexts(test.suites, `${place}.suites`);
  checkTexts(test.messages, `${place}.messages`);
  checkAll(test.attempts, `${place}.attempts`, KINDS.attempt, (attempt, within) => {
    checkAll(attempt.failures, `${within}.failures`, KINDS.failure);
  });
  // without recursion: who knows how deep they are
  const levels = [test.steps];
  while (levels.length > 0) {
    checkAll(levels.pop(), `${place}: a level of steps`, KINDS.step, (step, within) => {
      checkTexts(step.messages, `${within}.messages`);
      levels.push(step.steps);
    });
  }
}

function checkTexts(texts, place) {
  const index = texts.findIndex((text) => typeof text !== 'string');
  if (index >= 0) throw badReport(`${place}[${index}] must be a string, but is ${describe(texts[index])}`);
}

/** @param {(part: any, place: string) => void} [further] */
function checkAll(parts, place, kinds, further) {
  for (const [index, part] of parts.entries()) {
    check(part, `${place}[${index}]`, kinds);
    further?.(part, `${place}[${index}]`);
  }
}

/** Whether a part of the report is an object whose keys have values of these kinds. */
function check(part, place, kinds) {
  if (!isObject(part)) throw badReport(`${place} must be an object, but is ${describe(part)}`);
  for (const key in kinds) {
    const value = part[key];
    const [kind, orNull] = kinds[key].endsWith('?') ? [kinds[key].slice(0, -1), true] : [kinds[key], false];
    if (kindOf(value) === kind || (orNull && value === null)) continue;
    const article = kind === 'array' || kind === 'object' ? 'an' : 'a';
    throw badReport(`${place}: \`${key}\` must be ${article} ${kind}${orNull ? ' or null' : ''}, but is ${describe(value)}`);
  }
}

const isObject = (value) => typeof value === 'object' && value !== null && !isArrayOrFalse(value);

function kindOf(value) {
  if (value === null) return 'null';
  return isArrayOrFalse(value) ? 'array' : typeof value;
}

const shown = (value) => cutAt(JSON.stringify(value) ?? describe(value), 100);

module.exports = { readRunReport };
