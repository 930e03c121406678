// A bar for long work, on a terminal only: it goes to standard error, so that the result can be piped.
'use strict';

const { performance } = require('node:perf_hooks');

const INTERVAL_MS = 200;
/** A bar that is there for less than this only flickers. */
const DELAY_MS = 500;
const BAR_COLUMNS = 24;
const CLEAR_LINE = '\r\u001b[K';

class ProgressBar {
  #stream;
  #now;
  #unit;
  #startedAt;
  #nextAt;
  #isDrawn = false;

  /**
   * @param {string} unit what is counted: `failures`
   * @param {{ stream?: { isTTY?: boolean, write: (text: string) => unknown }, now?: () => number }} [options]
   */
  constructor(unit, { stream = process.stderr, now = () => performance.now() } = {}) {
    this.#unit = unit;
    this.#stream = stream;
    this.#now = now;
    this.#startedAt = now();
    this.#nextAt = this.#startedAt + DELAY_MS;
  }

  /**
   * @param {number} count done
   * @param {number | null} fraction of the whole, from 0 to 1. Null if nobody knows
   */
  update(count, fraction) {
    if (!this.#stream.isTTY) return;
    const now = this.#now();
    if (now < this.#nextAt) return;
    this.#nextAt = now + INTERVAL_MS;
    this.#isDrawn = true;
    const rate = Math.round(count / ((now - this.#startedAt) / 1000));
    const counts = `${number(count)} ${this.#unit}, ${number(rate)}/s`;
    this.#stream.write(`${CLEAR_LINE}${fraction === null ? counts : `${bar(fraction)} ${counts}`}`);
  }

  /** Removes the bar. */
  end() {
    if (this.#isDrawn) this.#stream.write(CLEAR_LINE);
    this.#isDrawn = false;
  }
}

function bar(fraction) {
  const done = Math.min(1, Math.max(0, fraction));
  const filled = Math.round(done * BAR_COLUMNS);
  return `${'█'.repeat(filled)}${'░'.repeat(BAR_COLUMNS - filled)} ${Math.floor(done * 100)
    .toString()
    .padStart(3)} %`;
}

/** `1,234,567` */
const number = (value) => value.toLocaleString('en-US');

module.exports = { number, ProgressBar };
