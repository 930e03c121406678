// Trouble around a run is a warning: it never fails the run, and is never silent.
'use strict';

/**
 * Tells `onWarning`, or the process if there is none.
 *
 * @param {string} code
 * @param {string} message
 * @param {(warning: Error & { code: string }) => void} [onWarning]
 */
function warn(code, message, onWarning) {
  const warning = Object.assign(new Error(message), { name: 'KnownFailuresWarning', code });
  try {
    if (onWarning) onWarning(warning);
    else process.emitWarning(warning);
  } catch (error) {
    // also of `process.emitWarning`, with --throw-deprecation
    process.stderr.write(`KnownFailuresWarning [${code}]: ${message}\n(onWarning threw: ${error?.message ?? error})\n`);
  }
  return warning;
}

module.exports = { warn };
