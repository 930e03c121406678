// The events that WebdriverIO gives its reporters, as calls of recorder hooks.
'use strict';

const { EventEmitter } = require('node:events');

/**
 * @typedef {object} Current the test that started last
 * @property {{ id: string, suites: string[], title: string, file: string }} identity
 * @property {string} key suites and title
 * @property {number} startedAt
 * @property {boolean} isRetried it failed and will start again
 */

/**
 * The class of a reporter, of which WebdriverIO makes one object. It needs no base class of WebdriverIO, which waits for nothing but
 * `isSynchronised`.
 *
 * @param {WorkerEvents} events
 */
function createReporter(events) {
  return class KnownFailuresReporter extends EventEmitter {
    isSynchronised = true;

    constructor() {
      super();
      events.listen(this);
    }
  };
}

class WorkerEvents {
  #log;
  #thrown;
  #options;
  #cid = '';
  #browser = '';
  #specs = [];
  /** Titles, from the outside. @type {string[]} */
  #suites = [];
  /** @type {Current | null} */
  #current = null;
  /** How many tests of a name have started. @type {Map<string, number>} */
  #counts = new Map();

  /**
   * @param {import('./worker-log.js').WorkerLog} log
   * @param {import('./thrown-errors.js').ThrownErrors} thrown
   * @param {{ browserInName: boolean }} options
   */
  constructor(log, thrown, options) {
    this.#log = log;
    this.#thrown = thrown;
    this.#options = options;
  }

  /** The id of the test that is under way; null between suites. */
  get currentId() {
    return this.#current?.identity.id ?? null;
  }

  /** @param {EventEmitter} runner */
  listen(runner) {
    runner.on('runner:start', (started) => this.#startRunner(started));
    runner.on('runner:end', ({ error }) => this.#endRunner(error));
    runner.on('suite:start', ({ title }) => this.#enter([...this.#suites, title]));
    runner.on('suite:end', () => this.#enter(this.#suites.slice(0, -1)));
    runner.on('test:start', (test) => this.#startTest(test));
    runner.on('test:pass', (test) => this.#endTest(test, 'passed'));
    runner.on('test:fail', (test) => this.#endTest(test, 'failed'));
    runner.on('test:retry', (test) => this.#endTest(test, 'failed', { isRetried: true }));
    // before it starts, or by its own body
    runner.on('test:pending', (test) => this.#skipTest(test));
    runner.on('test:skip', (test) => this.#skipTest(test));
    runner.on('hook:end', (hook) => this.#endHook(hook));
  }

  #startRunner({ cid, capabilities, specs }) {
    this.#cid = cid;
    this.#browser = `${capabilities?.browserName ?? ''}`;
    this.#specs = specs;
  }

  /** With an error there was no session, and no test ran. */
  #endRunner(error) {
    if (error) this.#log.failFile(error);
    this.#log.end();
  }

  #enter(suites) {
    this.#suites = suites;
    // what happens between suites is of no test
    this.#current = null;
  }

  #startTest(test) {
    const key = this.#keyOf(test);
    const isRetry = this.#current?.isRetried && this.#current.key === key;
    const identity = isRetry ? this.#current.identity : this.#identityOf(test, key);
    this.#current = { identity, key, startedAt: Date.now(), isRetried: false };
    this.#log.startTest(identity);
    if (this.#browser !== '') this.#log.onLog({ test: identity.id, type: 'message', text: `browser: ${this.#browser}` });
  }

  #endTest(test, status, { isRetried = false } = {}) {
    if (this.#current?.key !== this.#keyOf(test)) this.#startTest(test);
    const { identity, startedAt } = this.#current;
    this.#current.isRetried = isRetried;
    const durationMs = test.duration ?? Date.now() - startedAt;
    const errors = status === 'failed' ? this.#errorsOf(test) : [];
    this.#log.endTest({ ...identity, status, durationMs, errors });
  }

  #skipTest(test) {
    const key = this.#keyOf(test);
    const started = this.#current?.key === key ? this.#current : null;
    const identity = started?.identity ?? this.#identityOf(test, key);
    this.#log.endTest({ ...identity, status: 'skipped', durationMs: started && Date.now() - started.startedAt });
  }

  /** A hook around each test fails the test; another one is a failure of its own. */
  #endHook(hook) {
    const errors = this.#errorsOf(hook);
    if (errors.length === 0) return;
    const isOfTest = /^"(?:before|after) each" hook/.test(hook.title) && this.#current !== null;
    if (isOfTest) this.#log.endTest({ ...this.#current.identity, status: 'failed', errors });
    else this.#log.fail({ kind: 'hook', suites: this.#suites, title: hook.title, file: this.#fileOf(hook), errors });
  }

  #keyOf({ title }) {
    return JSON.stringify([...this.#suites, title]);
  }

  /** The same in a retry of the spec files. */
  #identityOf(test, key) {
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    const isPrefixed = this.#options.browserInName && this.#browser !== '';
    const suites = isPrefixed ? [this.#browser, ...this.#suites] : this.#suites;
    return { id: `${this.#cid} ${key} ${count}`, suites, title: test.title, file: this.#fileOf(test) };
  }

  #fileOf({ file }) {
    return file ?? this.#specs[0];
  }

  /** Jasmine has several, Mocha one. */
  #errorsOf({ errors, error }) {
    const given = Array.isArray(errors) && errors.length > 0 ? errors : [error];
    return given.filter((one) => one !== undefined && one !== null).map((one) => this.#thrown.originalOf(one));
  }
}

module.exports = { WorkerEvents, createReporter };
