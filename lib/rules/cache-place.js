// Where a list is cached: in a folder of the user's own below the system's folder for temporary files.
'use strict';

const { createHash } = require('node:crypto');
const { lstat, mkdir } = require('node:fs/promises');
const { tmpdir, userInfo } = require('node:os');
const { dirname, join } = require('node:path');

/**
 * Names what is cached: the source, and how its list is asked for and read. Of headers only the names: a hash of a short secret
 * can be guessed.
 *
 * @param {string} identity of the source
 */
function cacheKey(identity, { headers, load }) {
  const names = headers.map(([name]) => name).sort();
  return createHash('sha256')
    .update(JSON.stringify([identity, names, load]))
    .digest('hex');
}

function defaultCacheFile(key) {
  return join(tmpdir(), `known-failures-${userId()}`, `${key.slice(0, 32)}.cache`);
}

function userId() {
  if (process.getuid) return process.getuid();
  try {
    return createHash('sha256').update(userInfo().username).digest('hex').slice(0, 8);
  } catch {
    return 'user';
  }
}

/**
 * Makes the folder of the default cache file. Anybody may create a folder of that name in a shared `/tmp`, and whoever owns it
 * could put rules into our runs: so it must be ours, and writable by nobody else.
 *
 * @throws {Error} if it is not
 */
async function makePrivateFolder(file) {
  const folder = dirname(file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const found = await lstat(folder);
  if (!found.isDirectory()) throw new Error(`${folder} is no folder`);
  if (process.getuid && (found.uid !== process.getuid() || (found.mode & 0o022) !== 0)) {
    throw new Error(`${folder} belongs to, or can be written by, another user`);
  }
}

/** Makes the folder of a cache file that the caller chose. */
async function makeFolder(file) {
  await mkdir(dirname(file), { recursive: true });
}

module.exports = { cacheKey, defaultCacheFile, makeFolder, makePrivateFolder };
