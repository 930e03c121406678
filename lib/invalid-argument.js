// The error of a call that is a mistake in the caller's program.

/** @returns {TypeError & { code: 'ERR_INVALID_ARG' }} */
function invalidArgument(message) {
  return Object.assign(new TypeError(message), { code: 'ERR_INVALID_ARG' });
}

module.exports = { invalidArgument };
