// What the demo can be told.

import { parseArgs } from 'node:util';

export const usage = `npm run demo -- [options]

  --tests <n>        tests in the run                          3000
  --concurrency <n>  tests at a time                           60
  --seed <text>      of the rules, the tests and the errors    1
  --verify           hold every verdict against the JavaScript loop; exit code 1 if one differs
  --help

  RULES_URL          an API with a list of your own instead of the embedded one
  NO_COLOR           no colours`;

/**
 * @typedef {object} Options
 * @property {number} tests
 * @property {number} concurrency
 * @property {string} seed
 * @property {boolean} verify
 * @property {boolean} help
 * @property {string | null} rulesUrl
 */

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Options}
 * @throws {TypeError} an option that is unknown or no number
 */
export function parseOptions(args, env) {
  const { values } = parseArgs({
    args,
    options: {
      tests: { type: 'string', default: '3000' },
      concurrency: { type: 'string', default: '60' },
      seed: { type: 'string', default: '1' },
      verify: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return {
    ...values,
    tests: count('--tests', values.tests),
    concurrency: count('--concurrency', values.concurrency),
    rulesUrl: env.RULES_URL || null,
  };
}

function count(name, text) {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new TypeError(`${name} must be a whole number from 1, not ${text}`);
  return value;
}
