// Replaces a file so that whoever reads it sees the old bytes or the new ones, whatever is killed in between.
'use strict';

const { randomBytes } = require('node:crypto');
const { lstat, mkdir, open, readdir, rename, rm, stat, writeFile } = require('node:fs/promises');
const { basename, dirname, join } = require('node:path');
const { setTimeout: delay } = require('node:timers/promises');

/** A file that is left of a killed process is deleted when it is this old: none takes so long to write. */
const ABANDONED_MS = 60_000;
/** Windows refuses to replace a file that is being read. */
const RENAMES = 5;
const RENAME_PAUSE_MS = 20;

/**
 * @param {string} path
 * @param {string | Uint8Array} bytes
 * @param {{ mode?: number, isDurable?: boolean }} [options] `mode`: for the owner alone by default. `isDurable`: also if the machine
 *   loses power, which takes milliseconds; by default it is
 */
async function writeAtomically(path, bytes, { mode = 0o600, isDurable = true } = {}) {
  const temporary = `${path}.${process.pid}-${randomBytes(6).toString('hex')}.tmp`;
  try {
    const file = await open(temporary, 'wx', mode);
    try {
      await file.writeFile(bytes);
      // the new name must not reach the disk before the bytes do
      if (isDurable) await file.sync();
    } finally {
      await file.close();
    }
    await replace(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
}

/**
 * Writes what a person reads: makes the folder, and the umask says who may read it. A link, a pipe and a device (`/dev/stdout`) stay
 * what they are: they are written to.
 */
async function writeOutput(path, text) {
  await mkdir(dirname(path), { recursive: true });
  if (await isReplaceable(path)) await writeAtomically(path, text, { mode: 0o666 });
  else await writeFile(path, text);
}

/** Whether a file may take the place of what is there. */
async function isReplaceable(path) {
  try {
    return (await lstat(path)).isFile();
  } catch {
    return true;
  }
}

async function replace(from, to) {
  for (let left = RENAMES; ; left--) {
    try {
      return await rename(from, to);
    } catch (error) {
      if (left <= 1 || (error.code !== 'EPERM' && error.code !== 'EACCES' && error.code !== 'EBUSY')) throw error;
      await delay(RENAME_PAUSE_MS);
    }
  }
}

/** Deletes what killed processes have left beside `path`. Trouble is left for the next time. */
async function deleteAbandoned(path, now) {
  const folder = dirname(path);
  const prefix = `${basename(path)}.`;
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.startsWith(prefix) || !name.endsWith('.tmp')) continue;
    const file = join(folder, name);
    const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: now }));
    if (now - mtimeMs > ABANDONED_MS) await rm(file, { force: true }).catch(() => {});
  }
}

module.exports = { deleteAbandoned, writeAtomically, writeOutput };
