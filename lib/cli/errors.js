// What a command ends with when something is wrong: one line on standard error, and an exit code.
'use strict';

/** The exit codes of every command. */
const EXIT = {
  /** Done. */
  ok: 0,
  /** Done, and what it looked for is there: faults of a list, failed examples. */
  findings: 1,
  /** The command line is wrong. */
  usage: 2,
  /** A file, a folder or standard input cannot be read or written, or is not what it has to be. */
  input: 3,
  /** A fault of known-failures. */
  internal: 4,
};

/** The command line is wrong: what, and what to write instead. */
class UsageError extends Error {
  exitCode = EXIT.usage;
}

/** A file is wrong: which, and what is wrong with it. */
class InputError extends Error {
  exitCode = EXIT.input;
}

/** What the system says of a file, in words. */
const SYSTEM_ERRORS = {
  ENOENT: 'no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'is a folder; name a file',
  ENOTDIR: 'a part of the path is not a folder',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space left on the device',
};

/** @param {string} path @param {NodeJS.ErrnoException} error @returns {InputError} */
function fileError(path, error) {
  return new InputError(`${path}: ${SYSTEM_ERRORS[error.code] ?? error.message}`);
}

module.exports = { EXIT, fileError, InputError, UsageError };
