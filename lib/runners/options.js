// The options that all adapters have.
'use strict';

const { resolve } = require('node:path');
const process = require('node:process');
const { readOptionsOrWarn } = require('../shared/options.js');

/** Handed on to `createRecorder`, which has the defaults. */
const RECORDER_OPTIONS = {
  title: { type: 'string' },
  rules: { type: ['string', 'object', 'function'] },
  rulesOptions: { type: 'object' },
  rulesWaitMs: { type: 'number', min: 0, max: 2 ** 31 - 1 },
  errors: { oneOf: ['any', 'all'] },
  retries: { oneOf: ['last', 'each'] },
  eventLoop: { type: 'boolean' },
  maxTextUnits: { type: 'integer', min: 256, max: 1_048_576 },
  maxLogBytes: { type: 'integer', min: 0, max: Number.MAX_SAFE_INTEGER },
};

/** A path of now: a test may change the working directory. */
const PATH = { type: 'string', default: null, read: (path) => resolve(path) };

/** What happens with the report at the end of the run. */
const OUTPUT_OPTIONS = {
  summary: { type: 'boolean', default: true },
  report: PATH,
  page: PATH,
  junit: PATH,
  github: { type: 'boolean', oneOf: ['auto'], default: 'auto' },
  onReport: { type: 'function', default: null },
};

/** @type {Record<string, import('../shared/options.js').OptionSpec>} */
const COMMON_OPTIONS = { ...RECORDER_OPTIONS, ...OUTPUT_OPTIONS, warn: { type: 'function' } };

const defaultWarn = (message) => process.emitWarning(message, 'KnownFailuresWarning');

/**
 * Reads the options of an adapter. A wrong one is a warning, and its default is taken: a typo in a runner's configuration must not
 * stop the run.
 *
 * @param {unknown} given
 * @param {string} functionName begins each warning
 * @param {Record<string, import('../shared/options.js').OptionSpec>} [own] options that only this adapter has
 * @returns {{
 *   recorder: import('../recorder/index.d.ts').RecorderOptions,
 *   outputs: Record<string, any>,
 *   own: Record<string, any>,
 *   warn: (message: string) => void,
 * }}
 */
function readAdapterOptions(given, functionName, own = {}) {
  const warn = typeof given?.warn === 'function' ? given.warn : defaultWarn;
  const read = readOptionsOrWarn(given, { ...COMMON_OPTIONS, ...own }, functionName, warn);
  const of = (names) => Object.fromEntries(Object.keys(names).map((name) => [name, read[name]]));
  return { recorder: { ...of(RECORDER_OPTIONS), warn }, outputs: of(OUTPUT_OPTIONS), own: of(own), warn };
}

module.exports = { COMMON_OPTIONS, defaultWarn, readAdapterOptions };
