// Trouble around a run. It goes to `warn` at once and into the report, each sentence once.
'use strict';

const { MAX_WARNINGS, MAX_WARNING_UNITS } = require('./limits.js');
const { cutAt } = require('./values.js');

class Warnings {
  /** @type {Set<string>} */
  #messages = new Set();
  #more = 0;
  #warn;

  /** @param {(message: string) => void} warn */
  constructor(warn) {
    this.#warn = warn;
  }

  /** Warns, and notes it. Never throws. @param {string} text */
  add(text) {
    const message = cutAt(text, MAX_WARNING_UNITS);
    if (!this.note(message)) return;
    try {
      this.#warn(message);
    } catch {
      // a run must not fail because of a warning; the report has it
    }
  }

  /** Notes what somebody else has warned of. @returns whether it is new, and not too much */
  note(text) {
    const message = cutAt(text, MAX_WARNING_UNITS);
    if (this.#messages.has(message)) return false;
    if (this.#messages.size >= MAX_WARNINGS) {
      this.#more += 1;
      return false;
    }
    this.#messages.add(message);
    return true;
  }

  /** @returns {string[]} */
  list() {
    return this.#more === 0 ? [...this.#messages] : [...this.#messages, `and ${this.#more} more warnings`];
  }
}

module.exports = { Warnings };
