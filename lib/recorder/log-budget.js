// The memory that steps and messages of a run may take. When it is full, those of passed tests go, the earliest first:
// a person who reads a report looks at failures.
'use strict';

const { MAX_LOG_ENTRIES } = require('./limits.js');

/** What an entry takes without its text, about. */
const ENTRY_BYTES = 256;

/**
 * @typedef {object} Log what a test has of the budget
 * @property {number} entries
 * @property {number} bytes
 * @property {number} dropped entries that are not kept
 * @property {boolean} closed its entries were dropped, and later ones are
 * @property {() => boolean} isPassed
 * @property {() => void} clear
 */

class LogBudget {
  #left;
  /** @type {Log[]} */
  #passed = [];
  #next = 0;

  /** @param {number} bytes */
  constructor(bytes) {
    this.#left = bytes;
  }

  /**
   * Whether a log may keep so many more entries with a text of this length.
   * @param {Log} log
   */
  take(log, entries, units) {
    const bytes = entries * ENTRY_BYTES + units;
    if (log.closed || log.entries + entries > MAX_LOG_ENTRIES || !this.#make(bytes, log)) {
      log.dropped += 1;
      return false;
    }
    log.entries += entries;
    log.bytes += bytes;
    this.#left -= bytes;
    return true;
  }

  /** Of this test the steps may go when memory is needed. @param {Log} log */
  passed(log) {
    this.#passed.push(log);
  }

  #make(bytes, log) {
    while (this.#left < bytes && this.#next < this.#passed.length) {
      const oldest = this.#passed[this.#next++];
      if (oldest !== log && oldest.isPassed()) this.#drop(oldest);
    }
    return this.#left >= bytes;
  }

  #drop(log) {
    this.#left += log.bytes;
    log.dropped += log.entries;
    log.entries = 0;
    log.bytes = 0;
    log.closed = true;
    log.clear();
  }
}

module.exports = { ENTRY_BYTES, LogBudget };
