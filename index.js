// The package: reads what the caller hands over, and has the addon judge it.
'use strict';

const addon = require('./native.js');
const { errorText } = require('./lib/error-text.js');
const { invalidArgument } = require('./lib/invalid-argument.js');
const { testName } = require('./lib/test-name.js');

const { loadRules, queueSize } = addon;

function classify(test, error, options) {
  if (arguments.length < 2) return Promise.reject(invalidArgument('`classify` takes a test and its error: classify(test, error)'));
  return addon.classify(testName(test), errorText(error), options);
}

function classifyAll(items, options) {
  return addon.classifyAll(Array.isArray(items) ? items.map((item) => ({ test: testName(item.test), error: errorText(item.error) })) : items, options);
}

module.exports = { classify, classifyAll, errorText, loadRules, queueSize, testName };
