// What every runner's glue calls with what its hook gives: judges it by the README's line, and writes the verdict as a line of JSON.

const { appendFileSync } = require('node:fs');
const knownFailures = require(process.env.KNOWN_FAILURES ?? '../../index.js');
const { all } = require('./bodies.cjs');
const rules = require('./rules.cjs');
const { describeShape } = require('./shape.cjs');

const { classify, loadRules, errorText, testName } = knownFailures;

/** Once per process. */
let loaded;

/**
 * @param {string} hook runner and hook, as the table names them
 * @param {unknown} test as the hook gives it
 * @param {unknown} error as the hook gives it
 * @param {string} [title] of the suite's failure, where the test does not have it: of a hook, a file
 */
async function judge(hook, test, error, title) {
  // before the first await: some runners go on and change the objects
  const shape = describeShape(error);
  const name = testName?.(test);
  const text = errorText?.(error);
  loaded ??= loadRules(rules, { strict: true });
  await loaded;
  const { issue, reason } = await classify(test, error);
  return { hook, title: title ?? titleOf(test, name), name, text, issue, reason, shape };
}

async function record(hook, test, error, title) {
  const judged = await judge(hook, test, error, title);
  appendFileSync(process.env.RECORDS, `${JSON.stringify(judged)}\n`);
}

/** The title of the suite that is within a test's name, or, for versions without `testName`, within a property of the test. */
function titleOf(test, name) {
  const texts = [name, test?.title, test?.name, test?.fullName].filter((text) => typeof text === 'string');
  return all.find(([title]) => texts.some((text) => text.includes(title)))?.[0];
}

module.exports = { judge, record };
