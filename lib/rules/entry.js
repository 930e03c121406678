// What is known of a source: the last list that it gave, and the last time that it failed. It is what the cache file holds, and
// what processes tell each other.
'use strict';

const { randomUUID } = require('node:crypto');
const { types } = require('node:util');
const { checksum } = require('./cache-format.js');

/**
 * @typedef {object} Entry
 * @property {any} rules the last good list: bytes, or what else a function gave. Null: there was none
 * @property {string | null} digest SHA-256 of `rules`. Null if there are none
 * @property {string | null} etag
 * @property {string | null} lastModified
 * @property {string | null} fingerprint of the rules in force that these make
 * @property {number} confirmedAt when the source last gave or confirmed them, in milliseconds since 1970
 * @property {Failure | null} failure of the last attempt
 */
/**
 * @typedef {object} Failure
 * @property {number} at milliseconds since 1970
 * @property {number} tookMs from the first attempt to the end of the last
 * @property {string} by the watcher that failed
 * @property {string} reason
 * @property {number} attempts
 * @property {number} retryAfterMs
 */

/** @type {Entry} */
const NOTHING = { rules: null, digest: null, etag: null, lastModified: null, fingerprint: null, confirmedAt: 0, failure: null };

/**
 * The entry of a list that a source gave. Text becomes bytes, which is what a cache can hold.
 *
 * @param {import('./source.js').Given} given
 */
function entryOf({ rules, etag, lastModified }) {
  if (typeof rules === 'string' && rules.isWellFormed()) rules = Buffer.from(rules);
  return { ...NOTHING, rules, digest: digestOf(rules), etag, lastModified };
}

const isBytes = (rules) => types.isUint8Array(rules);

/** Two lists of one digest are the same to `loadRules`. */
function digestOf(rules) {
  if (isBytes(rules) || typeof rules === 'string') return checksum(rules);
  try {
    return checksum(JSON.stringify(rules, (_, value) => (types.isRegExp(value) ? { regexp: `${value}` } : value)));
  } catch {
    // it cannot be told whether it is the same as another
    return randomUUID();
  }
}

/** What two processes know together. */
function merge(a, b) {
  const { at = 0 } = a.failure ?? {};
  const list = a.confirmedAt >= b.confirmedAt ? a : b;
  const failure = at >= (b.failure?.at ?? 0) ? a.failure : b.failure;
  return { ...list, failure: failure !== null && failure.at > list.confirmedAt ? failure : null };
}

module.exports = { NOTHING, entryOf, isBytes, merge };
