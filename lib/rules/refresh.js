// One refresh: cache → source → rules in force → cache. All processes that watch a source share its answers: one that finds a
// recent answer in the cache file takes it, and of those that find none, one asks.
'use strict';

const { randomBytes } = require('node:crypto');
const { entryOf, merge, NOTHING } = require('./entry.js');
const { withRetries } = require('./retry.js');

/**
 * Another process's failure counts for ours as long as it took, within these limits: not every process waits for a source that hangs, and
 * one that fails at once is asked again soon, by a run that was started anew, say.
 */
const FAILURE_COUNTS_MS = { least: 2000, most: 30_000 };
/** The longest wait for another process's request. */
const MAX_WAIT_MS = 60_000;

class Refresher {
  #source;
  #cache;
  #inForce;
  #options;
  #clock;
  #onList;
  /** Tells our failures from those of others. */
  #id = randomBytes(8).toString('hex');
  #entry = NOTHING;
  /** Digest of a cached list that `loadRules` refuses here: another version of this package may have written it. */
  #refused = null;
  /** Requests, reads of the file or calls of the function. */
  fetches = 0;

  /**
   * @param {object} parts
   * @param {import('./source.js').Source} parts.source
   * @param {Pick<import('./cache.js').Cache, 'read' | 'write' | 'lock'>} parts.cache
   * @param {import('./in-force.js').InForce} parts.inForce
   * @param {{ maxAgeMs: number, refreshMs: number, attempts: number, timeoutMs: number, backoffMs: number }} parts.options
   * @param {import('./clock.js').Clock} parts.clock
   * @param {(confirmedAt: number, from: 'source' | 'cache') => void} parts.onList another list is in force
   */
  constructor({ source, cache, inForce, options, clock, onList }) {
    this.#source = source;
    this.#cache = cache;
    this.#inForce = inForce;
    this.#options = options;
    this.#clock = clock;
    this.#onList = onList;
  }

  /**
   * Rejects only if the signal aborts: what goes wrong is in the outcome.
   *
   * @param {{ force: boolean, signal: AbortSignal }} how force: an answer from before this call does not count
   * @returns {Promise<{ confirmedAt: number, failure: import('./entry.js').Failure | null, isOwn: boolean }>} failure: null if the list is
   *   fresh. isOwn: not another process's answer
   */
  async run({ force, signal }) {
    const isAnswered = this.#answeredSince(force);
    let isOwn = false;
    const isServed = (await isAnswered()) && (await this.#putEntry());
    if (!isServed) {
      // the last good list serves while its source is asked for a newer one
      await this.#putEntry();
      const release = await this.#cache.lock({ isDone: isAnswered, waitMs: this.#longestWait(), signal });
      try {
        isOwn = !(await isAnswered()) || this.#isRefused();
        if (isOwn) await this.#ask(signal);
      } finally {
        await release?.();
      }
      await this.#putEntry();
    }
    const { confirmedAt, failure } = this.#entry;
    return { confirmedAt, failure, isOwn };
  }

  /** A function that looks whether another process has an answer that is recent enough. */
  #answeredSince(force) {
    const { maxAgeMs, refreshMs } = this.#options;
    const now = this.#clock.now();
    const recent = now - (force ? 0 : Math.min(maxAgeMs, refreshMs || maxAgeMs));
    const counts = ({ by, at, tookMs }) => {
      const forMs = Math.min(Math.max(tookMs, FAILURE_COUNTS_MS.least), FAILURE_COUNTS_MS.most);
      return by !== this.#id && at >= now - (force ? 0 : Math.min(maxAgeMs, forMs));
    };
    return async () => {
      const read = await this.#cache.read();
      if (read === null) return false;
      this.#entry = merge(this.#entry, read);
      const { confirmedAt, failure } = this.#entry;
      // what is in the future was written by another clock
      if (Math.max(confirmedAt, failure?.at ?? 0) > this.#clock.now()) return false;
      return failure === null ? confirmedAt >= recent : counts(failure);
    };
  }

  #longestWait() {
    const { attempts, timeoutMs, backoffMs } = this.#options;
    return Math.min(attempts * timeoutMs + backoffMs * 2 ** attempts, MAX_WAIT_MS);
  }

  #isRefused() {
    return this.#entry.digest !== null && this.#entry.digest === this.#refused;
  }

  /** Puts what is known in force; whether that was possible. There may be nothing. */
  async #putEntry() {
    const entry = this.#entry;
    if (entry.rules === null) return true;
    if (this.#isRefused()) return false;
    try {
      if (await this.#inForce.put(entry)) this.#onList(entry.confirmedAt, 'cache');
      return true;
    } catch {
      this.#refused = entry.digest;
      return false;
    }
  }

  /** Asks the source, and tells the other processes. */
  async #ask(signal) {
    const startedAt = this.#clock.now();
    try {
      this.#entry = await this.#answer(signal);
    } catch (error) {
      signal.throwIfAborted();
      const { message: reason, attempts = 1, retryAfterMs = 0 } = error;
      const at = this.#clock.now();
      const failure = { at, tookMs: at - startedAt, by: this.#id, reason, attempts, retryAfterMs };
      this.#entry = { ...this.#entry, failure };
    }
    await this.#cache.write(this.#entry);
  }

  async #answer(signal) {
    const known = this.#entry.rules === null || this.#isRefused() ? null : this.#entry;
    const read = () => {
      this.fetches++;
      return this.#source.read(known, signal);
    };
    const given = await withRetries(read, { ...this.#options, clock: this.#clock, signal });
    const confirmedAt = this.#clock.now();
    if (given === null) return { ...known, confirmedAt, failure: null };
    const entry = { ...entryOf(given), confirmedAt };
    try {
      if (await this.#inForce.put(entry)) this.#onList(confirmedAt, 'source');
    } catch (error) {
      throw new Error(`was refused: ${error.message}`, { cause: error });
    }
    return { ...entry, fingerprint: this.#inForce.fingerprint };
  }
}

module.exports = { Refresher };
