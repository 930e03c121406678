// The demo's command line and environment.

import { join } from 'node:path';
import { parseArgs } from 'node:util';

export const usage = `npm run demo -- [options]

  --tests <n>        tests in the run                        3000
  --concurrency <n>  tests at a time                         60
  --seed <text>      seed of rules, tests and errors         1
  --page <file>      where the page goes                     .cache/demo/report.html
  --verify           compare every verdict with the JavaScript loop;
                     exit code 1 if one differs
  --help

  RULES_URL          URL of your own list, instead of the generated one
  RULES_FIELDS       its keys as JSON, like {"issue":"ticket","error":"pattern"}
  NO_COLOR           no colours`;

/** A mistake in the options: the message and the usage are all that a user needs to see. */
export class UsageError extends Error {}

/**
 * @typedef {object} Options
 * @property {number} tests
 * @property {number} concurrency
 * @property {string} seed
 * @property {string} page
 * @property {boolean} verify
 * @property {boolean} help
 * @property {string | null} rulesUrl
 * @property {import('../../index.js').FieldNames | null} fields
 */

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Options}
 * @throws {UsageError}
 */
export function parseOptions(args, env) {
  const values = parse(args);
  return {
    ...values,
    tests: count('--tests', values.tests),
    concurrency: count('--concurrency', values.concurrency),
    rulesUrl: env.RULES_URL || null,
    fields: env.RULES_FIELDS ? fieldNames(env.RULES_FIELDS) : null,
  };
}

function parse(args) {
  try {
    return parseArgs({
      args,
      options: {
        tests: { type: 'string', default: '3000' },
        concurrency: { type: 'string', default: '60' },
        seed: { type: 'string', default: '1' },
        page: { type: 'string', default: join('.cache', 'demo', 'report.html') },
        verify: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error.message);
  }
}

function count(name, text) {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new UsageError(`${name} must be a positive integer, not ${text}`);
  return value;
}

const fieldKeys = ['issue', 'error', 'test', 'flags', 'id'];

function fieldNames(text) {
  let fields;
  try {
    fields = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`RULES_FIELDS is not valid JSON: ${error.message}`);
  }
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields))
    throw new UsageError(`RULES_FIELDS must be a JSON object, not ${text}`);
  for (const [field, key] of Object.entries(fields)) {
    if (!fieldKeys.includes(field)) throw new UsageError(`RULES_FIELDS has "${field}", which is none of ${fieldKeys.join(', ')}`);
    if (typeof key !== 'string') throw new UsageError(`RULES_FIELDS: "${field}" must be a string, the name of a key`);
  }
  return fields;
}
