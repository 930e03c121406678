// The list of the server: a source that is watched, and lists that clients put in its place.
'use strict';

const { loadedRules, loadRules } = require('../../../index.js');
const { watchRules } = require('../../rules/index.js');

class ServedRules {
  #watcher;
  #load;

  /**
   * @param {string | undefined} source undefined: lists come from clients only
   * @param {import('../../rules/index.js').WatchOptions} options
   */
  constructor(source, options) {
    this.#load = options.load;
    this.#watcher = source === undefined ? null : watchRules(source, options);
  }

  /** Resolves when the source has been asked, whatever it answered. */
  async ready() {
    return this.#watcher?.ready;
  }

  /** @returns {import('../../rules/index.js').RulesStatus | null} of the source */
  get status() {
    return this.#watcher?.status ?? null;
  }

  get areThere() {
    return loadedRules() !== null;
  }

  /** What `GET /rules` shows: the source, and the list in force, which may be another one that a client has put there. */
  describe() {
    const { report: _, ...source } = this.status ?? {};
    return { source: this.#watcher === null ? null : source, report: loadedRules() };
  }

  /** Puts a list in force, until the source has a new one. @param {Buffer} json */
  put(json) {
    return loadRules(json, this.#load);
  }

  async close() {
    await this.#watcher?.close();
  }
}

module.exports = { ServedRules };
