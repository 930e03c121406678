// The files that paths stand for.
'use strict';

const { readdir, stat } = require('node:fs/promises');
const { join } = require('node:path');
const { fileError, InputError, UsageError } = require('../errors.js');

/** What is read of a folder. */
const FAILURES_FILE = /\.(?:json|jsonl|ndjson|xml)(?:\.gz)?$/i;
/** A folder that has one of these is Allure's: its other files are attachments and containers. */
const ALLURE_RESULT = /-result\.json$/;

/**
 * @param {string[]} paths
 * @param {{ totalBytes: number | null }} progress gets the size of all
 * @returns {Promise<{ path: string, isNamed: boolean }[]>} `isNamed`: the caller named the file itself, not its folder
 * @throws {InputError}
 */
async function filesOf(paths, progress) {
  if (paths.filter((path) => path === '-').length > 1) throw new UsageError('standard input, -, can be read once only');
  const files = [];
  let totalBytes = /** @type {number | null} */ (0);
  for (const path of paths) {
    if (path === '-') {
      files.push({ path, isNamed: true });
      totalBytes = null;
      continue;
    }
    const found = await filesAt(path);
    for (const { size, ...file } of found) {
      files.push(file);
      if (totalBytes !== null) totalBytes += size;
    }
  }
  progress.totalBytes = totalBytes;
  return files;
}

async function filesAt(path) {
  try {
    const stats = await stat(path);
    if (!stats.isDirectory()) return [{ path, isNamed: true, size: stats.size }];
    const files = await filesBelow(path);
    if (files.length === 0) throw new InputError(`${path}: has no .json, .jsonl, .ndjson or .xml file, plain or .gz`);
    return files;
  } catch (error) {
    if (error.syscall === undefined) throw error;
    throw fileError(path, error);
  }
}

/** Without recursion; symbolic links to folders are not followed, so that there is an end. */
async function filesBelow(root) {
  const files = [];
  const folders = [root];
  while (folders.length > 0) {
    const folder = folders.pop();
    const entries = (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
    const wanted = entries.some(({ name }) => ALLURE_RESULT.test(name)) ? ALLURE_RESULT : FAILURES_FILE;
    for (const entry of entries) {
      if (entry.isDirectory() || !wanted.test(entry.name)) continue;
      const path = join(folder, entry.name);
      files.push({ path, isNamed: false, size: (await stat(path)).size });
    }
    const below = entries.filter((entry) => entry.isDirectory() && entry.name !== 'node_modules');
    folders.push(...below.map(({ name }) => join(folder, name)).reverse());
  }
  return files;
}

module.exports = { filesOf };
