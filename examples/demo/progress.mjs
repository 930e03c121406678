// The progress of the run: one line that is rewritten on a terminal, four lines elsewhere.

import { isLive, number, print, showLine } from './terminal.mjs';

export class Progress {
  done = 0;
  /** @type {Record<string, number>} finished tests by status */
  byStatus = { passed: 0, Broken: 0, Failed: 0 };
  #total;
  #timer;
  #quarter = 1;

  /** @param {number} total tests */
  constructor(total) {
    this.#total = total;
    if (isLive) this.#timer = setInterval(() => showLine(this.#line()), 100);
  }

  ended(status) {
    this.done += 1;
    this.byStatus[status] += 1;
    if (!isLive && this.done >= (this.#total * this.#quarter) / 4) {
      print(this.#line());
      this.#quarter += 1;
    }
  }

  close() {
    clearInterval(this.#timer);
  }

  #line() {
    const { passed, Broken, Failed } = this.byStatus;
    const filled = Math.floor((10 * this.done) / this.#total);
    const bar = `[${'='.repeat(filled)}${' '.repeat(10 - filled)}]`;
    const counts = `${number(passed)} passed, ${number(Broken)} Broken, ${number(Failed)} Failed`;
    return `  ${bar} ${number(this.done)}/${number(this.#total)}: ${counts}`;
  }
}
