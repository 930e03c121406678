// The package: reads what the caller hands over, and has the addon judge it.
'use strict';

const addon = require('./native.js');
const { readError, wholeText } = require('./lib/error-text.js');
const { invalidArgument } = require('./lib/invalid-argument.js');
const { readItems } = require('./lib/items.js');
const { reject } = require('./lib/primordials.js');
const { testName } = require('./lib/test-name.js');

const { loadRules, queueSize } = addon;

function classify(...given) {
  if (given.length < 2) return reject(invalidArgument('classify takes a test and its error: classify(test, error)'));
  const [test, error, options] = given;
  return addon.classify(testName(test), readError(error), options);
}

function errorText(error) {
  const text = wholeText(readError(error));
  return text === null ? null : addon.stripText(text);
}

function classifyAll(items, options) {
  let read;
  try {
    read = readItems(items);
  } catch (error) {
    return reject(error);
  }
  return addon.classifyAll(read.tests, read.errors, options);
}

module.exports = { classify, classifyAll, errorText, loadRules, queueSize, testName };
