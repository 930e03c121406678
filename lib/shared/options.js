// The options of the functions that are written in JavaScript. An option of the wrong kind, and one that does not exist, is a
// mistake in the caller's program: an ERR_INVALID_ARG that names it, in the words of the addon's own functions.
'use strict';

const { describe, invalidArgument } = require('../api/invalid-argument.js');
const { isArrayOrFalse } = require('../api/property.js');
const { nearestOf } = require('./nearest.js');

/**
 * What an option may be. It is good if its value is one of `oneOf`, or of a `type` and, a number, within `min` and `max`.
 *
 * @typedef {object} OptionSpec
 * @property {OptionType | OptionType[]} [type]
 * @property {readonly (string | number | boolean)[]} [oneOf] values that are allowed whatever `type` says
 * @property {number} [min] least number, inclusive. Default: no limit
 * @property {number} [max] greatest number, inclusive. Default: no limit
 * @property {unknown} [default] taken where the option is absent, undefined or null. Default: undefined
 * @property {(value: any, place: string) => unknown} [read] makes of a good value what the function works with. It may
 *   throw `invalidArgument(`${place} must be …`)`
 */
/** @typedef {'string' | 'number' | 'integer' | 'boolean' | 'function' | 'object' | 'array'} OptionType */

/** Each type in the words of a message, and what is of it. An array or a function is no object here. */
const TYPES = {
  string: ['a string', (value) => typeof value === 'string'],
  number: ['a number', (value) => typeof value === 'number' && !Number.isNaN(value)],
  integer: ['an integer', (value) => Number.isInteger(value)],
  boolean: ['a boolean', (value) => typeof value === 'boolean'],
  function: ['a function', (value) => typeof value === 'function'],
  object: ['an object', (value) => typeof value === 'object' && value !== null && !isArrayOrFalse(value)],
  array: ['an array', isArrayOrFalse],
};

/**
 * Reads the options of a function: a new object that has every option of `spec`, the given ones and the defaults.
 *
 * @param {unknown} given the caller's options. Null and undefined mean none
 * @param {Record<string, OptionSpec>} spec
 * @param {string} functionName begins each message
 * @param {string} [place] what the message calls `given`; for options within options, `options.load`, say
 * @returns {Record<string, any>}
 * @throws {TypeError} ERR_INVALID_ARG
 * @example
 * readOptions({ errors: 'all' }, { errors: { oneOf: ['any', 'all'], default: 'any' } }, 'createRecorder') // { errors: 'all' }
 */
function readOptions(given, spec, functionName, place = 'options') {
  const options = objectOf(given, functionName, place);
  const read = {};
  for (const name of Object.keys(spec)) {
    read[name] = readOption(options[name], spec[name], `${functionName}: ${place}.${name}`);
  }
  refuseUnknown(options, Object.keys(spec), `${functionName}: ${place}`);
  return read;
}

function objectOf(given, functionName, place) {
  if (given === null || given === undefined) return {};
  if (TYPES.object[1](given)) return given;
  throw invalidArgument(`${functionName}: ${place} must be an object, but is ${describe(given)}`);
}

/**
 * The same for a function that must go on whatever it is given: what is wrong is a warning, and the default is taken.
 *
 * @param {unknown} given
 * @param {Record<string, OptionSpec>} spec
 * @param {string} functionName
 * @param {(message: string) => void} warn
 * @returns {Record<string, any>}
 */
function readOptionsOrWarn(given, spec, functionName, warn) {
  const read = {};
  for (const name of Object.keys(spec)) read[name] = spec[name].default;
  let options = {};
  attempt(warn, () => {
    options = objectOf(given, functionName, 'options');
    refuseUnknown(options, Object.keys(spec), `${functionName}: options`);
  });
  for (const name of Object.keys(spec)) {
    attempt(warn, () => {
      read[name] = readOption(options[name], spec[name], `${functionName}: options.${name}`);
    });
  }
  return read;
}

function attempt(warn, read) {
  try {
    read();
  } catch (error) {
    warn(error.message);
  }
}

function readOption(value, spec, place) {
  if (value === null || value === undefined) return spec.default;
  if (!isGood(value, spec)) throw invalidArgument(`${place} must be ${expected(spec)}, but is ${shown(value, spec)}`);
  return spec.read ? spec.read(value, place) : value;
}

const typesOf = ({ type = [] }) => (isArrayOrFalse(type) ? type : [type]);

function isGood(value, spec) {
  if (spec.oneOf?.includes(value)) return true;
  if (!typesOf(spec).some((type) => TYPES[type][1](value))) return false;
  const { min = -Infinity, max = Infinity } = spec;
  return typeof value !== 'number' || (value >= min && value <= max);
}

/** What an option must be: `'any' or 'all'`, `an integer from 1 to 10 or false`. */
function expected(spec) {
  const range = rangeOf(spec);
  const types = typesOf(spec).map((type) => (type === 'number' || type === 'integer' ? TYPES[type][0] + range : TYPES[type][0]));
  const words = types.concat((spec.oneOf ?? []).map(quoted));
  return words.length < 3 ? words.join(' or ') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

function rangeOf({ min, max }) {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
  return min !== undefined ? ` of at least ${min}` : max !== undefined ? ` of at most ${max}` : '';
}

const quoted = (value) => (typeof value === 'string' ? `'${value}'` : `${value}`);

/** A value of the right type is shown itself: what is wrong with it is which one it is. */
function shown(value, { oneOf = [], min, max }) {
  if (typeof value === 'number' && (min !== undefined || max !== undefined)) return `${value}`;
  return oneOf.some((good) => typeof good === typeof value) ? quoted(value) : describe(value);
}

/** The first name that is not known. */
function refuseUnknown(given, known, place) {
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    const meant = nearestOf(name, known);
    const hint =
      meant === undefined ? `it may have ${known.map((key) => `\`${key}\``).join(', ')}` : `did you mean \`${meant}\`?`;
    throw invalidArgument(`${place} has no \`${name.slice(0, 100)}\`: ${hint}`);
  }
}

module.exports = { readOptions, readOptionsOrWarn };
