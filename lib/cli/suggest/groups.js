// Unknown failures by their signature, and all texts of failures, each once: what rules are measured by.
'use strict';

const { signatureOf } = require('../../recorder/signature.js');

const MAX_TESTS = 3;

class Groups {
  failures = 0;
  known = 0;
  /** Failures without an error: no rule can match them. */
  withoutError = 0;
  /** Each text, how often it is there, and its group: null if it is known. @type {Map<string, { count: number, group: Group | null }>} */
  texts = new Map();
  /** @type {Map<string, Group>} */
  #groups = new Map();

  /**
   * @typedef {object} Group
   * @property {string} signature
   * @property {number} failures
   * @property {string[]} tests a few names
   * @property {string[]} texts different ones
   *
   * @param {{ test: string, text: string | null, isKnown: boolean }} failure
   */
  add({ test, text, isKnown }) {
    this.failures += 1;
    if (isKnown) this.known += 1;
    if (text === null) {
      this.withoutError += 1;
      return;
    }
    const group = isKnown ? null : this.#groupOf(text);
    if (group !== null) {
      group.failures += 1;
      if (group.tests.length < MAX_TESTS && test !== '' && !group.tests.includes(test)) group.tests.push(test);
    }
    const entry = this.texts.get(text);
    if (entry === undefined) {
      this.texts.set(text, { count: 1, group });
      group?.texts.push(text);
    } else {
      entry.count += 1;
      // unknown in one test and known in another, by the rule's scope
      entry.group ??= group;
    }
  }

  #groupOf(text) {
    const signature = signatureOf(text);
    let group = this.#groups.get(signature);
    if (group === undefined) {
      group = { signature, failures: 0, tests: [], texts: [] };
      this.#groups.set(signature, group);
    }
    return group;
  }

  /** The largest first, then by signature. @returns {Group[]} */
  sorted() {
    return [...this.#groups.values()].sort(
      (a, b) => b.failures - a.failures || (a.signature < b.signature ? -1 : a.signature > b.signature ? 1 : 0),
    );
  }
}

module.exports = { Groups };
