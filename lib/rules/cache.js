// The cache of one source: what it last gave, and when it last failed, shared by all processes and threads of a run. Trouble
// with it costs a request more and is told once; it never fails a refresh.
'use strict';

const { readFile, stat } = require('node:fs/promises');
const { resolve } = require('node:path');
const { deleteAbandoned, writeAtomically } = require('../shared/atomic-write.js');
const { decode, encode } = require('./cache-format.js');
const { cacheKey, defaultCacheFile, makeFolder, makePrivateFolder } = require('./cache-place.js');
const { isBytes } = require('./entry.js');
const { acquireLock } = require('./lock.js');
const { wordsOf } = require('./problem.js');

/** Bytes of a cache file beside its list. */
const MAX_HEADER_BYTES = 64 * 1024;

class Cache {
  /**
   * @param {object} options
   * @param {string} options.file
   * @param {string} options.key
   * @param {number} options.maxBytes of a list
   * @param {(file: string) => Promise<void>} options.makeFolder
   * @param {import('./clock.js').Clock} options.clock
   * @param {(message: string) => void} options.onTrouble
   */
  constructor({ file, key, maxBytes, makeFolder, clock, onTrouble }) {
    this.file = file;
    this.key = key;
    this.maxBytes = maxBytes;
    this.clock = clock;
    this.onTrouble = onTrouble;
    this.told = new Set();
    this.isUsable = null;
    this.makeFolder = makeFolder;
  }

  /** Whether the file can be used at all. It is looked at once. */
  #ready() {
    this.isUsable ??= this.makeFolder(this.file).then(
      () => true,
      (error) => this.#giveUp(wordsOf(error)),
    );
    return this.isUsable;
  }

  /** The same trouble comes with each refresh. */
  #tell(what) {
    if (this.told.has(what)) return;
    this.told.add(what);
    this.onTrouble(`the cache file ${this.file} ${what}`);
  }

  #giveUp(why) {
    this.#tell(`is not used: ${why}`);
    this.isUsable = Promise.resolve(false);
    return false;
  }

  /** @returns {Promise<import('./entry.js').Entry | null>} */
  async read() {
    if (!(await this.#ready())) return null;
    try {
      if ((await stat(this.file)).size > this.maxBytes + MAX_HEADER_BYTES) return null;
      const { entry, problem } = decode(this.key, await readFile(this.file));
      if (problem === 'foreign') this.#giveUp('it holds something else, which stays there');
      else if (problem) this.#tell(`holds ${problem === 'damaged' ? 'damaged data' : problem} and is replaced`);
      return entry ?? null;
    } catch (error) {
      if (error.code !== 'ENOENT') this.#tell(`could not be read: ${wordsOf(error)}`);
      return null;
    }
  }

  /** @param {import('./entry.js').Entry} entry */
  async write(entry) {
    if (!(await this.#ready())) return;
    if (entry.rules !== null && !isBytes(entry.rules)) return void this.#giveUp('the function gives neither text nor bytes');
    try {
      await writeAtomically(this.file, encode(this.key, entry));
      await deleteAbandoned(this.file, this.clock.now());
    } catch (error) {
      this.#tell(`could not be written: ${wordsOf(error)}`);
    }
  }

  /**
   * Makes this process the one that fetches, or waits for the one that does.
   *
   * @param {{ isDone: () => Promise<boolean>, waitMs: number, signal: AbortSignal }} options
   * @returns {Promise<(() => Promise<void>) | null>}
   */
  async lock({ isDone, waitMs, signal }) {
    if (!(await this.#ready())) return null;
    try {
      return await acquireLock(`${this.file}.lock`, { isDone, waitMs, clock: this.clock, signal });
    } catch (error) {
      if (signal.aborted) throw error;
      this.#tell(`could not be locked: ${wordsOf(error)}`);
      return null;
    }
  }
}

/** Of a source that needs none, or whose caller wants none. */
const noCache = { read: async () => null, write: async () => {}, lock: async () => null };

/**
 * The cache of a source. A URL has one unless the caller wants none; a function only if the caller names a file, for nothing else
 * tells it from another function; a file never.
 *
 * @param {import('./source.js').SourceSpec} spec
 * @param {ReturnType<import('./options.js').readWatchOptions>} options
 * @param {import('./clock.js').Clock} clock
 * @param {(message: string) => void} onTrouble
 */
function openCache({ kind, identity }, { cacheFile, headers, load, maxBytes }, clock, onTrouble) {
  const isWanted = kind === 'http' ? cacheFile !== false : typeof cacheFile === 'string';
  if (!isWanted) return noCache;
  try {
    const key = cacheKey(kind === 'http' ? identity.href : kind, { headers, load });
    const file = cacheFile ? resolve(cacheFile) : defaultCacheFile(key);
    return new Cache({ file, key, maxBytes, makeFolder: cacheFile ? makeFolder : makePrivateFolder, clock, onTrouble });
  } catch (error) {
    // `load` with a circle; Deno without the permission to tell the user's id
    onTrouble(`there is no cache file: ${wordsOf(error)}`);
    return noCache;
  }
}

module.exports = { Cache, openCache };
