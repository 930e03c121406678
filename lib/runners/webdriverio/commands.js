// The commands of a test as its steps. Only those that the test calls: WebdriverIO tells also of the commands within them, and not of
// all their ends.
'use strict';

/** Commands whose first argument, a selector, the title of the step has. Other arguments may be secret. */
const FINDERS = new Set(['$', '$$']);

/** Not of the test: an event of the browser, and the end of the session after the last test. */
const INTERNAL = new Set(['emit', 'deleteSession']);

class Commands {
  #log;
  /** The id of the test whose commands are open. @type {string | null} */
  #test = null;
  /** Names of commands that have not ended, each within the one before it. @type {string[]} */
  #open = [];
  /** The step of the outermost one. */
  #step = 0;

  /** @param {import('./worker-log.js').WorkerLog} log */
  constructor(log) {
    this.#log = log;
  }

  /** @param {string | null} test id; null: of no test @param {string} name @param {unknown[]} args */
  start(test, name, args) {
    if (test !== this.#test) {
      this.#test = test;
      this.#open = [];
    }
    if (test === null || INTERNAL.has(name)) return;
    this.#open.push(name);
    if (this.#open.length > 1) return;
    const title = FINDERS.has(name) && typeof args[0] === 'string' ? `${name} ${args[0]}` : name;
    this.#log.onLog({ test, type: 'start', step: ++this.#step, title });
  }

  /** @param {string} name @param {unknown} error */
  end(name, error) {
    const index = this.#open.lastIndexOf(name);
    if (index === -1) return;
    this.#open.length = index;
    if (index > 0) return;
    const status = error === undefined || error === null ? 'passed' : 'failed';
    this.#log.onLog({ test: this.#test, type: 'end', step: this.#step, status });
  }
}

module.exports = { Commands };
