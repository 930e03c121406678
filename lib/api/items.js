// Reads the items of a `classifyAll`.
'use strict';

const { describe, invalidArgument } = require('./invalid-argument.js');
const { readError, UNREADABLE } = require('./error-text.js');
const { bareArray, toText } = require('./primordials.js');
const { isArrayOrFalse, property, read } = require('./property.js');
const { testName } = require('./test-name.js');

/** The most elements for which room is made at once: a proxy of an array may claim any number. */
const MAX_ROOM = 1 << 16;

// each by its name: V8 then remembers where it has found it the last time
const testOf = (item) => item.test;

/**
 * The names of the items and their error texts as `readError` gives them, in two arrays of one length.
 *
 * @param {unknown} items
 * @throws {TypeError} ERR_INVALID_ARG: not an array, or not of objects
 */
function readItems(items) {
  if (!isArrayOrFalse(items)) throw invalidArgument(`items must be an array, but is ${describe(items)}`);
  const length = property(items, 'length');
  const room = isCount(length) && length <= MAX_ROOM ? length : 0;
  const tests = bareArray(room);
  const errors = bareArray(room);
  for (let index = 0; index < length; index++) {
    const item = itemAt(items, index);
    if ((typeof item !== 'object' && typeof item !== 'function') || item === null) {
      throw invalidArgument(`items[${index}] must be an object { test, error }, but is ${describe(item)}`);
    }
    tests[index] = testName(read(testOf, item));
    errors[index] = readError(errorOf(item));
  }
  return [tests, errors];
}

function isCount(length) {
  return typeof length === 'number' && length >>> 0 === length;
}

function itemAt(items, index) {
  try {
    return items[index];
  } catch (thrown) {
    throw invalidArgument(`items[${index}] could not be read: ${textOfThrown(thrown)}`);
  }
}

function textOfThrown(thrown) {
  try {
    return toText(thrown);
  } catch {
    return describe(thrown);
  }
}

function errorOf(item) {
  try {
    return item.error;
  } catch {
    return UNREADABLE;
  }
}

module.exports = { readItems };
