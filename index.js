// The package: reads what the caller hands over, and has the addon judge it.
'use strict';

const { loadAddon } = require('./lib/addon/load.js');
const { readError, wholeText } = require('./lib/api/error-text.js');
const { invalidArgument } = require('./lib/api/invalid-argument.js');
const { readItems } = require('./lib/api/items.js');
const { reject } = require('./lib/api/primordials.js');
const { withDates } = require('./lib/api/rule-stats.js');
const { testName } = require('./lib/api/test-name.js');

const addon = loadAddon();
const { loadedRules, loadRules, queueSize } = addon;

function classify(...given) {
  if (given.length < 2) return reject(tooFew('classify'));
  const { 0: test, 1: error, 2: options } = given;
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

function classifySync(...given) {
  if (given.length < 2) throw tooFew('classifySync');
  const { 0: test, 1: error, 2: options } = given;
  return addon.classifySync(testName(test), readError(error), options);
}

function explain(...given) {
  if (given.length < 2) return reject(tooFew('explain'));
  const { 0: test, 1: error, 2: options } = given;
  return addon.explain(testName(test), readError(error), options);
}

function ruleStats() {
  return withDates(addon.ruleStats());
}

function tooFew(name) {
  return invalidArgument(`${name} takes a test and its error: ${name}(test, error)`);
}

module.exports = {
  classify,
  classifyAll,
  classifySync,
  errorText,
  explain,
  loadedRules,
  loadRules,
  queueSize,
  ruleStats,
  testName,
};
