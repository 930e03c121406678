// A list in a file, which is watched. Editors and deployments replace a file by renaming another one over it, so it is the
// folder that is watched; and because notifications do not come from every file system, the file is looked at now and then, too.
'use strict';

const { watch } = require('node:fs');
const { readFile, stat } = require('node:fs/promises');
const { basename, dirname } = require('node:path');
const { ListProblem, wordsOf } = require('./problem.js');

/** A file that is being written causes many notifications. It is read when there has been none for this long. */
const QUIET_MS = 100;

/**
 * @param {string} path absolute
 * @param {{ maxBytes: number }} options
 * @param {import('./clock.js').Clock} clock
 * @returns {import('./source.js').Source}
 */
function fileSource(path, { maxBytes }, clock) {
  return {
    async read(known) {
      try {
        const etag = await stampOf(path, maxBytes);
        if (known?.etag === etag) return null;
        const rules = await readFile(path);
        // the stamp of a file that has changed since is not kept: the next look reads it again
        return { rules, etag: (await stampOf(path, maxBytes)) === etag ? etag : null, lastModified: null };
      } catch (error) {
        if (error instanceof ListProblem) throw error;
        throw new ListProblem(error.code === 'ENOENT' ? 'does not exist' : `could not be read: ${wordsOf(error)}`, {
          cause: error,
        });
      }
    },

    watch(onChange) {
      let cancel = () => {};
      let watcher;
      const changed = () => {
        cancel();
        cancel = clock.later(onChange, QUIET_MS);
      };
      try {
        watcher = watch(dirname(path), { persistent: false }, (_, name) => {
          if (process.versions.deno) clock.later(() => watcher.unref(), QUIET_MS);
          if (name === null || name === basename(path)) changed();
        });
        // Deno knows no `persistent`, and forgets this with each event
        watcher.unref();
        // the folder is gone: looking at the file now and then is what is left
        watcher.on('error', () => watcher.close());
      } catch {
        // there is no such folder yet, or no notifications from it
      }
      return () => {
        cancel();
        watcher?.close();
      };
    },
  };
}

/** Tells one state of a file from another. A file that replaces it has another inode, even if it was written at the same time. */
async function stampOf(path, maxBytes) {
  const { ino, size, mtimeMs } = await stat(path);
  if (size > maxBytes) throw new ListProblem(`is larger than ${maxBytes} bytes (\`maxBytes\`)`);
  return `${ino}-${size}-${mtimeMs}`;
}

module.exports = { fileSource };
