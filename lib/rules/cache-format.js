// The cache file: a line with a magic word, the format's version and a checksum of all that follows; a line of JSON about the
// list; the list itself, byte for byte. A file that was torn, or that holds another list, is recognised and never used.
'use strict';

const { createHash } = require('node:crypto');

const MAGIC = 'known-failures-cache';
const VERSION = 1;
const LINE_FEED = 10;

/**
 * @param {string} key
 * @param {import('./entry.js').Entry} entry whose rules are bytes, or null
 * @returns {Buffer}
 */
function encode(key, { rules, ...about }) {
  const payload = Buffer.concat([
    Buffer.from(`${JSON.stringify({ key, hasList: rules !== null, ...about })}\n`),
    rules ?? Buffer.alloc(0),
  ]);
  return Buffer.concat([Buffer.from(`${MAGIC} ${VERSION} ${checksum(payload)}\n`), payload]);
}

/**
 * @param {string} key of the list that is looked for
 * @param {Buffer} file
 * @returns {{ entry: import('./entry.js').Entry } | { problem: 'foreign' | 'damaged' | 'another list' }} foreign: no cache file at all, so that it must not
 *   be written over
 */
function decode(key, file) {
  if (file.length > 0 && !file.subarray(0, MAGIC.length).equals(Buffer.from(MAGIC).subarray(0, file.length)))
    return { problem: 'foreign' };
  const first = file.indexOf(LINE_FEED);
  const [, version, sum] = file.toString('latin1', 0, first).split(' ');
  const payload = file.subarray(first + 1);
  if (first < 0 || Number(version) !== VERSION || sum !== checksum(payload)) return { problem: 'damaged' };
  const second = payload.indexOf(LINE_FEED);
  const { key: found, hasList, ...about } = JSON.parse(payload.toString('utf8', 0, second));
  if (found !== key) return { problem: 'another list' };
  return { entry: { ...about, rules: hasList ? payload.subarray(second + 1) : null } };
}

function checksum(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}

module.exports = { checksum, decode, encode };
