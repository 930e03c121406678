// The package: reads what the caller hands over, and has the addon judge it.
'use strict';

const { loadAddon } = require('./lib/addon/load.js');
const { addonText } = require('./lib/api/addon-text.js');
const { readError, wholeText } = require('./lib/api/error-text.js');
const { invalidArgument } = require('./lib/api/invalid-argument.js');
const { readItems } = require('./lib/api/items.js');
const { reject } = require('./lib/api/primordials.js');
const { withDates } = require('./lib/api/rule-stats.js');
const { testName } = require('./lib/api/test-name.js');

const addon = loadAddon();
const { loadedRules, queueSize } = addon;

function classify(...given) {
  if (given.length < 2) return reject(tooFew('classify'));
  const { 0: test, 1: error, 2: options } = given;
  return promiseOf(addon.classify(testName(test), addonText(readError(error)), options));
}

function errorText(error) {
  const text = wholeText(readError(error));
  return text === null ? null : addon.stripText(text);
}

function classifyAll(items, options) {
  let texts;
  try {
    texts = readItems(items);
  } catch (error) {
    return reject(error);
  }
  const { 0: tests, 1: errors } = texts;
  return promiseOf(addon.classifyAll(tests, errors, options), texts);
}

function classifySync(...given) {
  if (given.length < 2) throw tooFew('classifySync');
  const { 0: test, 1: error, 2: options } = given;
  return addon.classifySync(testName(test), addonText(readError(error)), options);
}

function explain(...given) {
  if (given.length < 2) return reject(tooFew('explain'));
  const { 0: test, 1: error, 2: options } = given;
  return promiseOf(addon.explain(testName(test), addonText(readError(error)), options));
}

function loadRules(rules, options) {
  return promiseOf(addon.loadRules(rules, options));
}

function ruleStats() {
  return withDates(addon.ruleStats());
}

/**
 * The promise of a call. `taken`: the number of the call, or a rejected promise if the addon has not taken it. `texts`: those of a
 * `classifyAll`, which the addon copies later.
 */
function promiseOf(taken, texts) {
  return typeof taken === 'number' ? open(taken, texts) : taken;
}

/** Makes the promise of a call. The addon has the function once it has taken one. */
let open = (call, texts) => {
  open = addon.promises();
  return open(call, texts);
};

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
