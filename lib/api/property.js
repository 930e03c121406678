// Reads of a caller's values that do not throw, whatever getters and proxies do.
'use strict';

const { isArray } = require('./primordials.js');

/** A property; undefined if reading it throws. */
function property(object, name) {
  try {
    return object[name];
  } catch {
    return undefined;
  }
}

/** What `get` reads of an object; undefined if it throws. */
function read(get, object) {
  try {
    return get(object);
  } catch {
    return undefined;
  }
}

/** Whether a value is an array; a revoked proxy is none. */
function isArrayOrFalse(value) {
  try {
    return isArray(value);
  } catch {
    return false;
  }
}

module.exports = { isArrayOrFalse, property, read };
