// Records a run of tests from the hooks of a runner, and has every error of a failed test judged.
//
// A recorder never makes a run fail: no hook throws or rejects, whatever it is given. Trouble becomes a warning.
'use strict';

const { dateOf } = require('../api/primordials.js');
const { isArrayOrFalse, property } = require('../api/property.js');
const { Clock } = require('./clock.js');
const { attemptOf, errorsOf, fileOf, idOf, statusOf, stepOf, testOf, wrongStatus } = require('./events.js');
const { Judge } = require('./judge.js');
const { RuleList } = require('./list.js');
const { LogBudget } = require('./log-budget.js');
const { LoopDelay } = require('./loop-delay.js');
const { readRecorderOptions } = require('./options.js');
const { recordTest } = require('./record.js');
const { makeReport } = require('./report.js');
const { Failure, TestEntry, Tests } = require('./tests.js');
const { cutAt, millisecondsOf, reasonOf, textOf, titlesOf } = require('./values.js');
const { Warnings } = require('./warnings.js');

/**
 * @typedef {import('./run-report.d.ts').RecordedTest} RecordedTest
 * @typedef {import('./run-report.d.ts').RunReport} RunReport
 * @typedef {import('./tests.js').Attempt} Attempt
 */

class Recorder {
  #options;
  #clock;
  #warnings;
  #list;
  #judge;
  #budget;
  /** @type {LoopDelay | null} */
  #loop = null;
  #tests = new Tests();
  /** Ends that wait for verdicts. @type {Set<Promise<RecordedTest>>} */
  #pending = new Set();
  #hasBegun = false;

  /** @param {import('./index.d.ts').RecorderOptions | null} [options] */
  constructor(options) {
    const read = readRecorderOptions(options);
    this.#options = read;
    this.#clock = new Clock(read.now);
    this.#warnings = new Warnings(read.warn);
    const { rulesOptions, rulesWaitMs } = read;
    this.#list = new RuleList(read.rules, { options: rulesOptions, waitMs: rulesWaitMs, warnings: this.#warnings });
    this.#judge = new Judge(() => this.#list.ready(), this.#warnings, read.maxTextUnits);
    this.#budget = new LogBudget(read.maxLogBytes);
  }

  startRun() {
    this.#guard('startRun', () => this.#begin());
  }

  startTest(test) {
    this.#guard('startTest', () => {
      const id = idOf(test);
      this.#begin();
      const entry = this.#tests.get(id);
      const attempt = entry.attempt(attemptOf(test), { starts: true });
      this.#describe(entry, test);
      attempt.hasStarted = true;
      // the end may have come first, and have told it
      attempt.startedAt ??= this.#startOf(test) ?? this.#clock.now();
    });
  }

  onLog(event) {
    this.#guard('onLog', () => {
      const id = testOf(event);
      this.#begin();
      const entry = this.#tests.get(id);
      this.#log(entry, entry.attempt(attemptOf(event)), event);
    });
  }

  /** @returns {Promise<RecordedTest>} */
  endTest(result) {
    const entry = this.#guard('endTest', () => {
      const id = idOf(result);
      this.#begin();
      const entry = this.#tests.get(id);
      this.#describe(entry, result);
      const status = statusOf(result);
      if (status === undefined) this.#warnings.add(wrongStatus(result));
      this.#end(entry, entry.attempt(attemptOf(result)), status ?? 'failed', result);
      return entry;
    });
    return this.#recorded(entry);
  }

  /** @returns {Promise<RecordedTest>} */
  fail(failure) {
    const entry = this.#guard('fail', () => {
      this.#begin();
      const kind = textOf(property(failure, 'kind'));
      const entry = this.#tests.other(kind === 'hook' || kind === 'file' ? kind : 'run');
      this.#describe(entry, failure, fileOf(failure) ?? entry.kind);
      this.#end(entry, entry.attempt(0), 'failed', failure);
      return entry;
    });
    return this.#recorded(entry);
  }

  /** @returns {Promise<RunReport>} */
  async endRun() {
    this.#begin();
    const durationMs = this.#clock.elapsed();
    while (this.#pending.size > 0) await Promise.all(this.#pending);
    const eventLoop = this.#loop?.record() ?? null;
    this.#loop?.stop();
    this.#list.warnOfOthers();
    const rules = this.#list.describe();
    this.#list.close();
    const { title, runner } = this.#options;
    const startedAt = dateOf(this.#clock.startedAt);
    const tests = Array.from(this.#tests.withIds(), ([entry, id]) => this.#record(entry, id));
    return makeReport({ title, runner, startedAt, durationMs, rules, tests, eventLoop, warnings: this.#warnings.list() });
  }

  /** Every hook comes by here: a runner may have none for the start of a run. */
  #begin() {
    if (this.#hasBegun) return;
    this.#hasBegun = true;
    this.#clock.start();
    this.#list.start();
    if (!this.#options.eventLoop) return;
    this.#loop = new LoopDelay(() => this.#clock.elapsed());
    this.#loop.start();
  }

  /**
   * What is told of a test. What was told first stays.
   * @param {TestEntry} entry
   * @param {string | null} [defaultTitle]
   */
  #describe(entry, told, defaultTitle = null) {
    entry.file ??= fileOf(told);
    const title = textOf(property(told, 'title'), defaultTitle);
    if (title === null) return;
    const suites = titlesOf(property(told, 'suites'));
    if (entry.title === null) {
      entry.title = title;
      entry.suites = suites;
      // the verdicts so far did not know the name
      for (const failure of entry.failures()) this.#judgeFailure(entry, failure);
    } else if (isArrayOrFalse(property(told, 'suites')) && !entry.isNamed(suites, title)) {
      const [id, other] = [cutAt(entry.id, 200), cutAt([...suites, title].join(' › '), 500)];
      this.#warnings.add(`two tests have the id "${id}": "${entry.name}" and "${other}". They are recorded as one`);
    }
  }

  /**
   * @param {TestEntry} entry
   * @param {Attempt} attempt
   * @param {'passed' | 'failed' | 'skipped' | 'unfinished'} status
   */
  #end(entry, attempt, status, result) {
    const now = this.#clock.now();
    const durationMs = millisecondsOf(property(result, 'durationMs'));
    attempt.startedAt ??= this.#startOf(result) ?? (durationMs === null ? null : now - durationMs);
    attempt.end(status, durationMs ?? (attempt.startedAt === null ? null : Math.max(0, now - attempt.startedAt)));
    if (status === 'passed') this.#budget.passed(entry);
    if (status === 'skipped') return;
    const failures = status === 'passed' ? attempt.earlierFailures : attempt.failures;
    // an end that comes twice does not add its errors twice
    const earlier = [...failures];
    for (const raw of errorsOf(result)) {
      if (earlier.some((failure) => failure.is(raw))) continue;
      const failure = new Failure(raw);
      failures.push(failure);
      this.#judgeFailure(entry, failure);
    }
  }

  /** @param {TestEntry} entry @param {Failure} failure */
  #judgeFailure(entry, failure) {
    const { name } = entry;
    entry.awaits(failure.judge((raw) => this.#judge.judge(name, raw), entry.title !== null));
  }

  /** @param {TestEntry} entry @param {Attempt} attempt */
  #log(entry, { steps }, event) {
    const type = property(event, 'type');
    const step = stepOf(property(event, 'step'));
    if (type === 'message') {
      const text = this.#cut(property(event, 'text'));
      if (this.#budget.take(entry, 1 + steps.unknownOf([step]), text.length)) steps.message(step, text);
      return;
    }
    if (type !== 'start' && type !== 'end') {
      throw new TypeError(`\`type\` must be start, end or message, but is ${cutAt(textOf(type, 'missing'), 100)}`);
    }
    if (step === null) throw new TypeError(`the ${type} of a step has no \`step\``);
    const time = property(event, 'at');
    const at = Number.isFinite(time) ? time : this.#clock.now();
    if (type === 'start') {
      const title = this.#cut(property(event, 'title'));
      const parent = stepOf(property(event, 'parent'));
      if (this.#budget.take(entry, steps.unknownOf([step, parent]), title.length)) steps.start(step, { title, parent, at });
    } else {
      const status = property(event, 'status') === 'failed' ? 'failed' : 'passed';
      if (this.#budget.take(entry, steps.unknownOf([step]), 0)) steps.end(step, { status, at });
    }
  }

  /** When a test started, if that is told, by the recorder's clock. */
  #startOf(told) {
    const startedAt = millisecondsOf(property(told, 'startedAt'));
    return startedAt === null ? null : this.#clock.at(startedAt);
  }

  #cut(text) {
    return cutAt(textOf(text), this.#options.maxTextUnits);
  }

  #record(entry, id) {
    return recordTest(entry, id, this.#options, this.#clock.origin);
  }

  /** What could not even be named is a warning, and in no report: its promise resolves all the same. */
  #recorded(entry = new TestEntry('', 'run')) {
    const recorded = entry.judged().then(() => this.#record(entry, entry.id));
    this.#pending.add(recorded);
    void recorded.then(() => this.#pending.delete(recorded));
    return recorded;
  }

  #guard(hook, work) {
    try {
      return work();
    } catch (error) {
      this.#warnings.add(`${hook}: ${reasonOf(error)}`);
      return undefined;
    }
  }
}

module.exports = { Recorder };
