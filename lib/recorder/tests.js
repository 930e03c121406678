// The tests of a run and their attempts, as the events tell of them. Events may be late, doubled and out of order.
'use strict';

const { testName } = require('../api/test-name.js');
const { Steps } = require('./steps.js');

class Tests {
  /** @type {TestEntry[]} in the order in which they are first heard of */
  #all = [];
  /** @type {Map<string, TestEntry>} */
  #byId = new Map();

  /** The test of an id, which it creates. @param {string} id */
  get(id) {
    let entry = this.#byId.get(id);
    if (entry === undefined) {
      entry = this.#add(new TestEntry(id, 'test'));
      this.#byId.set(id, entry);
    }
    return entry;
  }

  /** Something else that failed. Its id is made at the end, so that it is no test's. @param {'hook' | 'file' | 'run'} kind */
  other(kind) {
    return this.#add(new TestEntry('', kind));
  }

  /** @returns {Map<TestEntry, string>} every test with an id that no other one has */
  withIds() {
    const ids = new Map();
    const last = { hook: 0, file: 0, run: 0 };
    for (const entry of this.#all) {
      let { id, kind } = entry;
      if (kind !== 'test') {
        do id = `${kind}-${++last[kind]}`;
        while (this.#byId.has(id));
      }
      ids.set(entry, id);
    }
    return ids;
  }

  #add(entry) {
    this.#all.push(entry);
    return entry;
  }
}

class TestEntry {
  /** @type {string[]} */
  suites = [];
  /** @type {string | null} null until something tells it */
  title = null;
  /** @type {string | null} */
  file = null;
  /** @type {Map<number, Attempt>} */
  #attempts = new Map();
  /** @type {Set<Promise<void>>} */
  #verdicts = new Set();
  // what the log budget keeps of it
  entries = 0;
  bytes = 0;
  dropped = 0;
  closed = false;

  /**
   * @param {string} id
   * @param {'test' | 'hook' | 'file' | 'run'} kind
   */
  constructor(id, kind) {
    this.id = id;
    this.kind = kind;
  }

  /** The name that rules' scopes are matched with. The id serves as the title until that is known. */
  get name() {
    return testName([...this.suites, this.title ?? this.id]);
  }

  isNamed(suites, title) {
    return this.title === title && this.name === testName([...suites, title]);
  }

  /** In their order. */
  get attempts() {
    return [...this.#attempts.values()].sort((a, b) => a.number - b.number);
  }

  /**
   * The attempt with a number. Without one: the latest; one more than that if it is over and another starts.
   * @param {number | null} number
   * @param {{ starts?: boolean }} [event]
   */
  attempt(number, { starts = false } = {}) {
    const chosen = number ?? this.#latest(starts);
    let attempt = this.#attempts.get(chosen);
    if (attempt === undefined) {
      attempt = new Attempt(chosen);
      this.#attempts.set(chosen, attempt);
    }
    return attempt;
  }

  #latest(starts) {
    let latest = null;
    for (const attempt of this.#attempts.values()) if (latest === null || attempt.number > latest.number) latest = attempt;
    if (latest === null) return 0;
    // its end came first if it never started: then this is its start
    return starts && latest.hasStarted && latest.status !== null ? latest.number + 1 : latest.number;
  }

  /** The errors of all attempts. @returns {Failure[]} */
  failures() {
    return this.attempts.flatMap(({ earlierFailures, failures }) => [...earlierFailures, ...failures]);
  }

  /** Whether it passed with its latest attempt. */
  isPassed() {
    return this.attempts.at(-1)?.status === 'passed';
  }

  /** Drops all steps and messages. */
  clear() {
    for (const attempt of this.#attempts.values()) attempt.steps = new Steps();
  }

  /** @param {Promise<void>} verdict */
  awaits(verdict) {
    this.#verdicts.add(verdict);
    void verdict.then(() => this.#verdicts.delete(verdict));
  }

  /** Resolves when every error so far has its verdict. */
  async judged() {
    while (this.#verdicts.size > 0) await Promise.all(this.#verdicts);
  }
}

/** What an end says, the worst last: of several ends of one attempt, the worst counts. */
const ENDS = ['skipped', 'passed', 'unfinished', 'failed'];

class Attempt {
  hasStarted = false;
  /** @type {number | null} */
  startedAt = null;
  /** @type {number | null} */
  durationMs = null;
  /** @type {'skipped' | 'passed' | 'unfinished' | 'failed' | null} null until it ends */
  status = null;
  /** @type {Failure[]} */
  failures = [];
  /** Errors of a test that passed: of attempts that the runner does not tell apart. @type {Failure[]} */
  earlierFailures = [];
  steps = new Steps();

  /** @param {number} number from 0 */
  constructor(number) {
    this.number = number;
  }

  /** @param {'skipped' | 'passed' | 'unfinished' | 'failed'} status */
  end(status, durationMs) {
    if (this.status === null) this.durationMs = durationMs;
    if (this.status === null || ENDS.indexOf(status) > ENDS.indexOf(this.status)) this.status = status;
  }
}

/** One error of an attempt. */
class Failure {
  /** Null until there is a verdict. @type {import('./run-report.d.ts').RecordedFailure | null} */
  record = null;
  /** Its text as it was read; null once no later verdict can differ. @type {string | null} */
  #raw;
  #calls = 0;

  /** @param {string} raw */
  constructor(raw) {
    this.#raw = raw;
  }

  /** Whether an error has this text, as far as that is still known. @param {string} raw */
  is(raw) {
    return this.#raw === raw || (this.record !== null && !this.record.cut && this.record.text === raw);
  }

  /**
   * @param {(raw: string) => Promise<import('./run-report.d.ts').RecordedFailure>} judge never rejects
   * @param {boolean} isFinal the test's name is known, so that there is no other verdict later
   */
  async judge(judge, isFinal) {
    if (this.#raw === null) return;
    const call = ++this.#calls;
    const record = await judge(this.#raw);
    // the verdict of an earlier call may come later
    if (call !== this.#calls) return;
    this.record = record;
    if (isFinal) this.#raw = null;
  }
}

module.exports = { Attempt, Failure, TestEntry, Tests };
