// Reads the options of `classifySync` and `explain`.
'use strict';

const { describe, invalidArgument } = require('./invalid-argument.js');
const { isInteger, keysOf, toText } = require('./primordials.js');

/** How long `classifySync` may match, in milliseconds, if the caller does not say. */
const TIME_LIMIT_MS = 20;
/** The most that a caller may say. */
const MAX_TIME_LIMIT_MS = 60_000;
/** The greatest index that a rule can have. */
const MAX_INDEX = 0xffff_ffff;

/**
 * `options.timeLimitMs` of `classifySync`.
 *
 * @param {unknown} options
 * @returns {number}
 * @throws {TypeError} ERR_INVALID_ARG
 */
function timeLimit(options) {
  const given = optionsObject(options, ['timeLimitMs']);
  const limit = given === null ? undefined : option(given, 'timeLimitMs');
  if (limit === undefined || limit === null) return TIME_LIMIT_MS;
  if (typeof limit === 'number' && limit > 0 && limit <= MAX_TIME_LIMIT_MS) return limit;
  const found = typeof limit === 'number' ? `${limit}` : describe(limit);
  throw invalidArgument(`options.timeLimitMs must be a number above 0 and up to ${MAX_TIME_LIMIT_MS}, but is ${found}`);
}

/**
 * The options of `explain`: the rule that it asks for, and the rest for the addon.
 *
 * @param {unknown} options
 * @returns {{ rule: string | number | undefined, options: { signal?: unknown } | undefined }}
 * @throws {TypeError} ERR_INVALID_ARG
 */
function explainOptions(options) {
  const given = optionsObject(options, ['rule', 'signal']);
  if (given === null) return { rule: undefined, options: undefined };
  const rule = option(given, 'rule') ?? undefined;
  const isIndex = typeof rule === 'number' && isInteger(rule) && rule >= 0 && rule <= MAX_INDEX;
  if (rule !== undefined && typeof rule !== 'string' && !isIndex) {
    const found = typeof rule === 'number' ? `${rule}` : describe(rule);
    throw invalidArgument(`options.rule must be the index of a rule, its id or its issue, but is ${found}`);
  }
  return { rule, options: { __proto__: null, signal: option(given, 'signal') } };
}

/** The options, if there are any. `known`: the names that they may have. */
function optionsObject(options, known) {
  if (options === undefined || options === null) return null;
  if (typeof options !== 'object' && typeof options !== 'function') {
    throw invalidArgument(`options must be an object, but is ${describe(options)}`);
  }
  const names = read(() => keysOf(options), 'options');
  for (let index = 0; index < names.length; index++) {
    if (!isOneOf(names[index], known)) {
      throw invalidArgument(`options.${names[index]} is unknown; there is ${listed(known)}`);
    }
  }
  return options;
}

function isOneOf(name, known) {
  for (let index = 0; index < known.length; index++) if (known[index] === name) return true;
  return false;
}

function listed(known) {
  let text = `options.${known[0]}`;
  for (let index = 1; index < known.length; index++) text += ` and options.${known[index]}`;
  return text;
}

function option(options, name) {
  return read(() => options[name], `options.${name}`);
}

function read(look, place) {
  try {
    return look();
  } catch (thrown) {
    throw invalidArgument(`${place} could not be read: ${textOfThrown(thrown)}`);
  }
}

function textOfThrown(thrown) {
  try {
    return toText(thrown);
  } catch {
    return describe(thrown);
  }
}

module.exports = { explainOptions, timeLimit };
