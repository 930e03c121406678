// The options of `watchRules`. `index.d.ts` documents them.
'use strict';

const { invalidArgument } = require('../api/invalid-argument.js');
const { readOptions } = require('../shared/options.js');

const MAX_MS = 2 ** 31 - 1;
const MINUTE_MS = 60_000;

/** How often a source is looked at again. A file is watched; this is for file systems that do not notify. */
const REFRESH_MS = { http: 5 * MINUTE_MS, function: 5 * MINUTE_MS, file: 5000 };

const SPEC = {
  refreshMs: { type: 'number', oneOf: [false], min: 0, max: MAX_MS, read: Number },
  timeoutMs: { type: 'number', min: 1, max: 10 * MINUTE_MS, default: 10_000 },
  attempts: { type: 'integer', min: 1, max: 100, default: 3 },
  backoffMs: { type: 'number', min: 0, max: 10 * MINUTE_MS, default: 500 },
  maxBytes: { type: 'integer', min: 1, max: 2 ** 31 - 1, default: 64 * 2 ** 20 },
  headers: { type: ['object', 'array'], read: readHeaders, default: [] },
  fetch: { type: 'function' },
  cacheFile: { type: 'string', oneOf: [false] },
  maxAgeMs: { type: 'number', min: 0, max: MAX_MS },
  load: { type: 'object', default: {} },
  onWarning: { type: 'function' },
  signal: { type: 'object' },
};

/**
 * @param {unknown} given
 * @param {'http' | 'file' | 'function'} kind
 */
function readWatchOptions(given, kind) {
  const options = readOptions(given, SPEC, 'watchRules');
  if (kind === 'file' && typeof options.cacheFile === 'string') {
    throw invalidArgument('watchRules: options.cacheFile is for URLs and functions: a file needs no copy');
  }
  options.refreshMs ??= REFRESH_MS[kind];
  options.maxAgeMs ??= options.refreshMs || REFRESH_MS[kind];
  options.fetch ??= globalThis.fetch;
  return options;
}

/** Pairs of lower-case name and value, of an object, an array of pairs, or a `Headers`. */
function readHeaders(headers, place) {
  try {
    return [...new Headers(headers)];
  } catch {
    // the words of that error show the value, which may be a secret
    throw invalidArgument(`${place} must be names and values that HTTP allows in headers`);
  }
}

module.exports = { readWatchOptions };
