// How far the run is: a line that lives on a terminal, a few lines elsewhere.

import { isLive, number, print, showLine } from './terminal.mjs';

export class Progress {
  running = 0;
  done = 0;
  /** @type {Record<string, number>} ended tests by status */
  byStatus = { passed: 0, Broken: 0, Failed: 0 };
  #total;
  #events;
  #timer;
  #quarter = 1;

  /**
   * @param {number} total tests
   * @param {{ count: number }} events
   */
  constructor(total, events) {
    this.#total = total;
    this.#events = events;
    if (isLive) this.#timer = setInterval(() => showLine(this.#line()), 100);
  }

  started() {
    this.running += 1;
  }

  ended(status) {
    this.running -= 1;
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
    return `  ${bar} ${number(this.done)}/${number(this.#total)}, ${this.running} running: ${number(passed)} passed, ${number(Broken)} Broken, ${number(Failed)} Failed, ${number(this.#events.count)} log events`;
  }
}
