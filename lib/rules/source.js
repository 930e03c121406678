// Where a list comes from. The three kinds of sources have one interface, and nothing else knows which one it is.
'use strict';

const { resolve } = require('node:path');
const { fileURLToPath } = require('node:url');
const { describe, invalidArgument } = require('../api/invalid-argument.js');
const { fileSource } = require('./source-file.js');
const { functionSource } = require('./source-function.js');
const { httpSource } = require('./source-http.js');

/**
 * @typedef {object} Source
 * @property {(known: Known | null, signal: AbortSignal) => Promise<Given | null>} read the list; null if it still is the known
 *   one. It throws a `ListProblem`
 * @property {(onChange: () => void) => () => void} [watch] tells of changes until the function that it gives is called
 */
/** @typedef {{ etag: string | null, lastModified: string | null }} Known what the source said of the list that is there */
/** @typedef {Known & { rules: any }} Given `rules` is what `loadRules` takes */
/** @typedef {{ kind: 'http' | 'file' | 'function', name: string | null, identity: any, open: any }} SourceSpec */

/**
 * Reads the first argument of `watchRules`.
 *
 * @returns {SourceSpec} name: what people may see, without secrets. identity: what tells it from other sources. open: the
 *   function that makes it, from `identity`, the options and a clock
 */
function readSource(source) {
  if (typeof source === 'function') return { kind: 'function', name: null, identity: source, open: functionSource };
  const url = urlOf(source);
  if (url === null) {
    if (typeof source === 'string' && source !== '') return ofFile(source);
    const what = source === '' ? 'an empty string' : describe(source);
    throw invalidArgument(`watchRules: source must be a URL, a path or a function, but is ${what}`);
  }
  if (url.protocol === 'file:') return ofFile(fileURLToPath(url));
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw invalidArgument(`watchRules: source must be a URL of http:, https: or file:, but is one of ${url.protocol}`);
  }
  return { kind: 'http', name: shown(url), identity: url, open: httpSource };
}

/** A URL, or a string that can be nothing else. `C:\rules.json` and `rules.json` are paths. */
function urlOf(source) {
  if (source instanceof URL) return source;
  if (typeof source !== 'string' || !/^[a-z][a-z\d+.-]+:\/\//i.test(source)) return null;
  if (!URL.canParse(source)) throw invalidArgument(`watchRules: source is no valid URL: ${source}`);
  return new URL(source);
}

function ofFile(path) {
  const absolute = resolve(path);
  return { kind: 'file', name: absolute, identity: absolute, open: fileSource };
}

/** A URL without what may be a secret: user, password, values of the query. */
function shown(url) {
  const keys = [...new Set(url.searchParams.keys())].map((key) => `${encodeURIComponent(key)}=…`);
  return url.origin + url.pathname + (keys.length > 0 ? `?${keys.join('&')}` : '');
}

module.exports = { readSource };
