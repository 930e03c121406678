// Puts a watcher's list in force, and knows whether it still is. Rules are the process's: another thread, another watcher or a
// `loadRules` of the program may have put others in force since, or the same ones already.
'use strict';

const { loadedRules, loadRules } = require('../../index.js');

/** The same for the same rules in the same list, in every process. */
function fingerprint({ version, total }) {
  return `${version.slice(version.indexOf('-') + 1)}-${total}`;
}

class InForce {
  #options;
  #digest = null;
  /** @type {import('../../index.js').LoadReport | null} of the list that this watcher last put in force */
  report = null;

  constructor(options) {
    this.#options = options;
  }

  /**
   * Loads a list unless it is in force: its counts in `ruleStats` go on then.
   *
   * @param {import('./entry.js').Entry} entry
   * @returns {Promise<boolean>} whether it is another list than before
   * @throws what `loadRules` rejects with; the list before stays in force
   */
  async put({ rules, digest, fingerprint: expected }) {
    if (this.report !== null && digest === this.#digest) return false;
    const there = loadedRules();
    this.report = there !== null && fingerprint(there) === expected ? there : await loadRules(rules, this.#options);
    this.#digest = digest;
    return true;
  }

  get fingerprint() {
    return this.report === null ? null : fingerprint(this.report);
  }

  /** The report of the rules in force if they are not this watcher's. */
  get others() {
    const there = loadedRules();
    return there !== null && fingerprint(there) !== this.fingerprint ? there : null;
  }
}

module.exports = { InForce };
