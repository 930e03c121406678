// Standard input as a file: two processes read the failures.
'use strict';

const { createWriteStream, mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { pipeline } = require('node:stream/promises');
const { fileError } = require('../errors.js');

const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * @param {string[]} paths
 * @param {{ stdin: NodeJS.ReadableStream }} io
 * @param {(paths: string[], spool: string | null) => Promise<T>} use gets the paths with a file in the place of `-`; afterwards the file is gone
 * @returns {Promise<T>}
 * @template T
 */
async function withSpool(paths, { stdin }, use) {
  if (!paths.includes('-')) return use(paths, null);
  /** @type {string | undefined} */
  let folder;
  const remove = () => {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  };
  const end = (signal) => {
    remove();
    process.kill(process.pid, signal);
  };
  // before there is a folder: a signal that comes between would leave it
  for (const signal of SIGNALS) process.once(signal, end);
  // an error of standard output ends the process
  process.once('exit', remove);
  try {
    folder = mkdtempSync(join(tmpdir(), 'known-failures-replay-'));
    const path = join(folder, 'standard-input');
    try {
      // for the owner alone: failures may have secrets
      await pipeline(stdin, createWriteStream(path, { mode: 0o600 }));
    } catch (error) {
      throw fileError(path, error);
    }
    return await use(
      paths.map((one) => (one === '-' ? path : one)),
      path,
    );
  } finally {
    for (const signal of SIGNALS) process.removeListener(signal, end);
    process.removeListener('exit', remove);
    remove();
  }
}

module.exports = { withSpool };
