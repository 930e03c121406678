// The options of `createRecorder`.
'use strict';

const process = require('node:process');
const { readOptions } = require('../shared/options.js');
const { monotonic } = require('./clock.js');
const { MAX_LOG_BYTES, MAX_TEXT_UNITS } = require('./limits.js');

const OPTIONS = {
  title: { type: 'string', default: '' },
  runner: { type: 'object', default: null, read: readRunner },
  rules: { type: ['string', 'object', 'function'], default: null },
  rulesOptions: { type: 'object' },
  rulesWaitMs: { type: 'number', min: 0, max: 2 ** 31 - 1, default: 60_000 },
  errors: { oneOf: ['any', 'all'], default: 'all' },
  retries: { oneOf: ['last', 'each'], default: 'last' },
  eventLoop: { type: 'boolean', default: false },
  maxTextUnits: { type: 'integer', min: 256, max: 1_048_576, default: MAX_TEXT_UNITS },
  maxLogBytes: { type: 'integer', min: 0, max: Number.MAX_SAFE_INTEGER, default: MAX_LOG_BYTES },
  warn: { type: 'function', default: (message) => process.emitWarning(message, 'KnownFailuresWarning') },
  now: { type: 'function', default: monotonic },
};

const RUNNER = { name: { type: 'string', default: '' }, version: { type: 'string', default: null } };

function readRunner(runner) {
  return readOptions(runner, RUNNER, 'createRecorder', 'options.runner');
}

function readRecorderOptions(options) {
  return readOptions(options, OPTIONS, 'createRecorder');
}

module.exports = { readRecorderOptions };
