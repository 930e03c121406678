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
 * A run report of its JSON. Checks what a reader relies on, and not every key.
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

function checkReport(report) {
  check(report, 'the report', { title: 'string', startedAt: 'string', durationMs: 'number', status: 'string' });
  check(report, 'the report', { counts: 'object', rules: 'object', issues: 'array', unknown: 'array', tests: 'array' });
  check(report.rules, 'rules', { state: 'string', rejected: 'array', warnings: 'array', hits: 'array' });
  for (const [index, test] of report.tests.entries()) {
    const place = `tests[${index}]`;
    check(test, place, { id: 'string', kind: 'string', title: 'string', name: 'string', status: 'string' });
    check(test, place, { suites: 'array', attempts: 'array', messages: 'array', steps: 'array' });
    for (const [number, attempt] of test.attempts.entries()) {
      check(attempt, `${place}.attempts[${number}]`, { status: 'string', failures: 'array' });
      for (const failure of attempt.failures) check(failure, `${place}: a failure`, { text: 'string', status: 'string' });
    }
  }
  for (const [name, key] of [
    ['issues', 'issue'],
    ['unknown', 'signature'],
  ]) {
    for (const [index, group] of report[name].entries()) {
      check(group, `${name}[${index}]`, { [key]: 'string', tests: 'array' });
      const isTest = (number) => Number.isInteger(number) && number >= 0 && number < report.tests.length;
      if (!group.tests.every(isTest)) throw badReport(`${name}[${index}].tests has an index that \`tests\` has not`);
    }
  }
}

/** Whether a part of the report is an object whose keys have values of these kinds. */
function check(part, place, kinds) {
  if (!isObject(part)) throw badReport(`${place} must be an object, but is ${describe(part)}`);
  for (const [key, kind] of Object.entries(kinds)) {
    const value = part[key];
    if (kindOf(value) === kind) continue;
    const article = kind === 'array' || kind === 'object' ? 'an' : 'a';
    throw badReport(`${place}: \`${key}\` must be ${article} ${kind}, but is ${describe(value)}`);
  }
}

const isObject = (value) => typeof value === 'object' && value !== null && !isArrayOrFalse(value);

function kindOf(value) {
  if (value === null) return 'null';
  return isArrayOrFalse(value) ? 'array' : typeof value;
}

const shown = (value) => cutAt(JSON.stringify(value) ?? describe(value), 100);

module.exports = { readRunReport };
