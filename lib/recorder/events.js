// What adapters hand over to the hooks, read as it is at the time of the call: a runner may change it later.
'use strict';

const { relative } = require('node:path');
const process = require('node:process');
const { fileURLToPath } = require('node:url');

const { readError, wholeText } = require('../api/error-text.js');
const { isArrayOrFalse, property } = require('../api/property.js');
const { testName } = require('../api/test-name.js');
const { MAX_ERRORS } = require('./limits.js');
const { cutAt, textOf, titlesOf } = require('./values.js');

const STATUSES = ['passed', 'failed', 'skipped', 'unfinished'];

/** An id as a key. Runners have numbers, too. A test without an id has its name for one. */
function idOf(test) {
  const id = textOf(property(test, 'id')) || testName([...titlesOf(property(test, 'suites')), textOf(property(test, 'title'))]);
  if (id === '') throw new TypeError('the test has neither `id` nor `title`');
  return id;
}

/** The id of the test that an event of a step is about. */
function testOf(event) {
  const id = textOf(property(event, 'test'));
  if (id === '') throw new TypeError('the event has no `test`');
  return id;
}

/** The id of a step, or null. */
function stepOf(id) {
  return id === undefined || id === null ? null : textOf(id);
}

/** The number of an attempt, or null. */
function attemptOf(told) {
  const attempt = property(told, 'attempt');
  return Number.isSafeInteger(attempt) && attempt >= 0 ? attempt : null;
}

/** A status that a test may end with; undefined for anything else. */
function statusOf(result) {
  const status = property(result, 'status');
  return STATUSES.includes(status) ? status : undefined;
}

/** What is wrong with a status, for a warning. */
function wrongStatus(result) {
  const found = cutAt(textOf(property(result, 'status'), 'missing'), 100);
  return `endTest: \`status\` must be one of ${STATUSES.join(', ')}, but is ${found}`;
}

/** The texts of the errors. */
function errorsOf(result) {
  const errors = property(result, 'errors');
  const texts = [];
  if (isArrayOrFalse(errors)) {
    const length = property(errors, 'length');
    for (let index = 0; index < length && index < MAX_ERRORS; index++) texts.push(rawTextOf(property(errors, index)));
  } else {
    texts.push(rawTextOf(errors));
  }
  if (texts.every((text) => text === null)) texts.push(rawTextOf(property(result, 'error')));
  return texts.filter((text) => text !== null);
}

const rawTextOf = (error) => wholeText(readError(error));

/** The path of a test file, relative to the working directory if it is below it. Null if there is none. */
function fileOf(told) {
  const given = textOf(property(told, 'file'));
  if (given === '') return null;
  try {
    const path = given.startsWith('file:') ? fileURLToPath(given) : given;
    const below = relative(process.cwd(), path);
    return (below === '' || below.startsWith('..') ? path : below).replaceAll('\\', '/');
  } catch {
    return given;
  }
}

module.exports = { attemptOf, errorsOf, fileOf, idOf, statusOf, stepOf, testOf, wrongStatus };
