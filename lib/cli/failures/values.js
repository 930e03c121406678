// Failures of a JSON value: a failure itself, or a report that has some. Which it is, its keys say.
'use strict';

const { describe } = require('../../api/invalid-argument.js');
const { errorOf, isFailure } = require('../../outputs/allure/marks.js');
const { titlesOf } = require('../../outputs/allure/test-name.js');
const { readRunReport } = require('../../recorder/read.js');
const { FORMAT } = require('../../recorder/report.js');
const { InputError } = require('../errors.js');
const { isPlaywrightReport, playwrightFailures } = require('./playwright.js');

/** @typedef {import('./index.js').Failure} Failure */

/** The first that knows the value. @type {{ is: (value: any) => boolean, read: (value: any, source: string) => Failure[] }[]} */
const SHAPES = [
  { is: ({ format }) => format === FORMAT, read: runReportFailures },
  { is: isPlaywrightReport, read: playwrightFailures },
  { is: (value) => Array.isArray(value), read: arrayFailures },
  { is: (value) => Object.hasOwn(value, 'error'), read: ({ test, error }, source) => [{ test: test ?? '', error, source }] },
  { is: isAllureResult, read: allureFailures },
];

/**
 * @param {unknown} value
 * @param {string} source
 * @returns {Failure[]}
 * @throws {InputError} it is none of those
 */
function failuresOfValue(value, source) {
  if (typeof value !== 'object' || value === null) throw unknown(describe(value));
  const shape = SHAPES.find(({ is }) => is(value));
  if (shape === undefined) {
    const keys = Object.keys(value)
      .slice(0, 5)
      .map((key) => `\`${key.slice(0, 40)}\``);
    throw unknown(keys.length === 0 ? 'an empty object' : `an object with ${keys.join(', ')}`);
  }
  return shape.read(value, source);
}

function unknown(found) {
  return new InputError(
    `a failure is { "test": …, "error": … }, or in a run report, an Allure result or a JSON report of Playwright, but this is ${found}`,
  );
}

/** Every error of every attempt, as the recorder judged it. */
function runReportFailures(value, source) {
  const { tests } = readRunReport(value);
  return tests.flatMap(({ name, attempts }) =>
    attempts
      .flatMap(({ failures }) => failures)
      .map(({ text, cut, reason }) => ({
        test: name,
        error: reason === 'no-error' ? null : text,
        source,
        ...(cut && { isCut: true }),
      })),
  );
}

function arrayFailures(values, source) {
  return values.flatMap((value, index) => failuresOfValue(value, `${source}[${index}]`));
}

function isAllureResult({ name, status, statusDetails, uuid, historyId, start }) {
  return typeof status === 'string' && typeof name === 'string' && Boolean(uuid ?? historyId ?? statusDetails ?? start);
}

function allureFailures(result, source) {
  return isFailure(result) ? [{ test: titlesOf(result), error: errorOf(result), source }] : [];
}

module.exports = { failuresOfValue };
