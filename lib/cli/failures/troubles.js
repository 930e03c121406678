// What could not be read: the first of it by name, the rest as a number.
'use strict';

const MAX_NAMED = 10;

class Troubles {
  #warn;
  #progress;

  /** @param {(message: string) => void} warn @param {{ skipped: number }} progress */
  constructor(warn, progress) {
    this.#warn = warn;
    this.#progress = progress;
  }

  /** @param {string} message about what is skipped */
  add(message) {
    this.#progress.skipped += 1;
    if (this.#progress.skipped <= MAX_NAMED) this.#warn(`${message}; skipped`);
  }

  /** @param {string} message about what is read nevertheless */
  note(message) {
    this.#warn(message);
  }

  end() {
    const more = this.#progress.skipped - MAX_NAMED;
    if (more > 0) this.#warn(`${more} more of such lines and files were skipped`);
  }
}

module.exports = { Troubles };
