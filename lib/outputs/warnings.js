// Warnings of outputs that work within a run: each is told once, because the same trouble comes with every test.
'use strict';

const process = require('node:process');

const defaultWarn = (message) => process.emitWarning(message, 'KnownFailuresWarning');

/** @param {unknown} options of the caller, which may have a `warn` @returns {(message: string) => void} */
function warnOnce(options) {
  const warn = typeof options?.warn === 'function' ? options.warn : defaultWarn;
  const told = new Set();
  return (message) => {
    if (told.has(message)) return;
    told.add(message);
    warn(message);
  };
}

module.exports = { warnOnce };
