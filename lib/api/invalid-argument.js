// The error of a call that is a mistake in the caller's program.
'use strict';

const { isArrayOrFalse } = require('./property.js');

/** @returns {TypeError & { code: 'ERR_INVALID_ARG' }} */
function invalidArgument(message) {
  return Object.assign(new TypeError(message), { code: 'ERR_INVALID_ARG' });
}

/** The kind of a value with its article, for a message: "a number", "an array". */
function describe(value) {
  if (value === null || value === undefined) return `${value}`;
  if (typeof value === 'object') return isArrayOrFalse(value) ? 'an array' : 'an object';
  return `a ${typeof value}`;
}

module.exports = { describe, invalidArgument };
