// Warnings around the start.
'use strict';

/** Keeps what is said before it is known whether the server starts: if it does not, its last message says the same. */
class EarlyWarnings {
  #early = [];
  #warn;

  /** @param {(message: string) => void} warn */
  constructor(warn) {
    this.#warn = warn;
  }

  add(message) {
    if (this.#early === null) this.#warn(message);
    else this.#early.push(message);
  }

  flush() {
    for (const message of this.#early) this.#warn(message);
    this.#early = null;
  }
}

module.exports = { EarlyWarnings };
