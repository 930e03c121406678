// Reads the items of a `classifyAll`.
'use strict';

const { addonText } = require('./addon-text.js');
const { describe, invalidArgument } = require('./invalid-argument.js');
const { readError, UNREADABLE } = require('./error-text.js');
const { bareArray, toText } = require('./primordials.js');
const { isArrayOrFalse, property } = require('./property.js');
const { testName } = require('./test-name.js');

/**
 * The names of the items and, for the addon, their error texts, in two arrays of one length.
 *
 * @param {unknown} items
 * @throws {TypeError} ERR_INVALID_ARG: not an array, or not of objects
 */
function readItems(items) {
  if (!isArrayOrFalse(items)) throw invalidArgument(`items must be an array, but is ${describe(items)}`);
  const tests = bareArray();
  const errors = bareArray();
  const length = property(items, 'length');
  for (let index = 0; index < length; index++) {
    const item = itemAt(items, index);
    if ((typeof item !== 'object' && typeof item !== 'function') || item === null) {
      throw invalidArgument(`items[${index}] must be an object { test, error }, but is ${describe(item)}`);
    }
    tests[index] = testName(property(item, 'test'));
    errors[index] = addonText(readError(errorOf(item)));
  }
  return [tests, errors];
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
