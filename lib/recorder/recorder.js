// Records a run of tests from the hooks of a runner, and has every error of a failed test judged.
//
// A recorder never makes a run fail: no hook throws or rejects, whatever it is given. Trouble becomes a warning.
'use strict';

const { relative } = require('node:path');
const { performance } = require('node:perf_hooks');
const process = require('node:process');
const { fileURLToPath } = require('node:url');

const { readError, wholeText } = require('../api/error-text.js');
const { dateOf } = require('../api/primordials.js');
const { isArrayOrFalse, property } = require('../api/property.js');
const { testName } = require('../api/test-name.js');
const { Judge } = require('./judge.js');
const { MAX_ERRORS } = require('./limits.js');
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
 * @typedef {import('./tests.js').Attempt} Attempt
 */

// A test may replace them by fake ones.
const wallClock = Date.now;
const monotonic = performance.now.bind(performance);

const END_STATUSES = ['passed', 'failed', 'skipped', 'unfinished'];

class Recorder {
  #options;
  #warnings;
  #list;
  #judge;
  #budget;
  #loop = null;
  #tests = new Tests();
  /** Ends that wait for verdicts. @type {Set<Promise<unknown>>} */
  #pending = new Set();
  #origin;
  #startedAt;
  #hasStarted = false;
  #cwd = process.cwd();

  constructor(options) {
    const read = readRecorderOptions(options);
    this.#options = read;
    this.#warnings = new Warnings(read.warn);
    const { rulesOptions, rulesWaitMs } = read;
    this.#list = new RuleList(read.rules, { options: rulesOptions, waitMs: rulesWaitMs, warnings: this.#warnings });
    this.#judge = new Judge(() => this.#list.ready(), this.#warnings, read.maxTextUnits);
    this.#budget = new LogBudget(read.maxLogBytes);
    this.#origin = this.#now();
    this.#startedAt = wallClock();
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
      attempt.startedAt ??= this.#timeOf(test);
    });
  }

  onLog(event) {
    this.#guard('onLog', () => {
      const id = property(event, 'test');
      if (id === undefined || id === null) throw new TypeError('the event has no `test`');
      this.#begin();
      const entry = this.#tests.get(textOf(id));
      this.#log(entry, entry.attempt(attemptOf(event)), event);
    });
  }

  /** @returns {Promise<import('./run-report.d.ts').RecordedTest>} */
  endTest(result) {
    const entry = this.#guard('endTest', () => {
      const id = idOf(result);
      this.#begin();
      const entry = this.#tests.get(id);
      this.#describe(entry, result);
      this.#end(entry, entry.attempt(attemptOf(result)), result);
      return entry;
    });
    // what cannot even be named is a warning, and in no report
    return this.#recorded(entry ?? new TestEntry('', 'run'));
  }

  /** @returns {Promise<import('./run-report.d.ts').RecordedTest>} */
  fail(failure) {
    const entry = this.#guard('fail', () => {
      this.#begin();
      const kind = textOf(property(failure, 'kind'));
      const entry = this.#tests.other(kind === 'hook' || kind === 'file' ? kind : 'run');
      this.#describe(entry, failure, textOf(property(failure, 'file')) || entry.kind);
      this.#end(entry, entry.attempt(0), failure, 'failed');
      return entry;
    });
    return this.#recorded(entry ?? new TestEntry('', 'run'));
  }

  /** @returns {Promise<import('./run-report.d.ts').RunReport>} */
  async endRun() {
    this.#begin();
    const durationMs = this.#now() - this.#origin;
    while (this.#pending.size > 0) await Promise.all(this.#pending);
    const eventLoop = this.#loop?.record() ?? null;
    this.#loop?.stop();
    const rules = this.#list.describe();
    this.#list.close();
    const { title, runner } = this.#options;
    const startedAt = dateOf(this.#startedAt);
    const tests = Array.from(this.#tests.withIds(), ([entry, id]) => recordTest(entry, id, this.#options, this.#origin));
    return makeReport({ title, runner, startedAt, durationMs, rules, tests, eventLoop, warnings: this.#warnings.list() });
  }

  /** Every hook comes by here: a runner may not have one for the start of a run. */
  #begin() {
    if (this.#hasStarted) return;
    this.#hasStarted = true;
    this.#origin = this.#now();
    this.#startedAt = wallClock();
    this.#list.start();
    if (this.#options.eventLoop) {
      this.#loop = new LoopDelay(() => this.#now() - this.#origin);
      this.#loop.start();
    }
  }

  /** What is told of a test. What was told first stays. @param {TestEntry} entry */
  #describe(entry, told, defaultTitle = null) {
    const file = property(told, 'file');
    if (entry.file === null && file !== undefined && file !== null) entry.file = this.#pathOf(file);
    const title = textOf(property(told, 'title'), defaultTitle);
    if (title === null) return;
    const suites = titlesOf(property(told, 'suites'));
    if (entry.title !== null) {
      const isSame = entry.title === title && entry.suites.join('\n') === suites.join('\n');
      if (!isSame) this.#warnings.add(`two tests have the id "${cutAt(entry.id, 200)}": "${entry.name}" and "${title}"`);
      return;
    }
    entry.title = title;
    entry.suites = suites;
    // the verdicts so far did not know the name
    for (const failure of entry.failures()) this.#judgeFailure(entry, failure);
  }

  /** @param {TestEntry} entry @param {Attempt} attempt */
  #end(entry, attempt, result, status = this.#statusOf(result)) {
    const told = millisecondsOf(property(result, 'durationMs'));
    const isTimed = millisecondsOf(property(result, 'startedAt')) !== null;
    if (attempt.startedAt === null && isTimed) attempt.startedAt = this.#timeOf(result);
    if (attempt.startedAt === null && told !== null) attempt.startedAt = this.#now() - told;
    const measured = attempt.startedAt === null ? null : Math.max(0, this.#now() - attempt.startedAt);
    attempt.end(status, told ?? measured);
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
    const isFinal = entry.title !== null;
    entry.awaits(failure.judge((raw) => this.#judge.judge(entry.name, raw), isFinal));
  }

  #log(entry, attempt, event) {
    const type = property(event, 'type');
    const step = keyOf(property(event, 'step'));
    const { steps } = attempt;
    const { maxTextUnits } = this.#options;
    if (type === 'message') {
      const text = cutAt(textOf(property(event, 'text')), maxTextUnits);
      if (this.#budget.take(entry, 1 + steps.unknownOf([step]), text.length)) attempt.steps.message(step, text);
    } else if (type === 'start') {
      const title = cutAt(textOf(property(event, 'title')), maxTextUnits);
      const parent = keyOf(property(event, 'parent'));
      const start = { title, parent, at: this.#timeOfEvent(event) };
      if (this.#budget.take(entry, steps.unknownOf([step ?? '', parent]), title.length)) attempt.steps.start(step ?? '', start);
    } else if (type === 'end') {
      const status = property(event, 'status') === 'failed' ? 'failed' : 'passed';
      const end = { status, at: this.#timeOfEvent(event) };
      if (this.#budget.take(entry, steps.unknownOf([step ?? '']), 0)) attempt.steps.end(step ?? '', end);
    } else {
      throw new TypeError(`\`type\` must be 'start', 'end' or 'message', but is ${cutAt(textOf(type, `${type}`), 100)}`);
    }
  }

  #recorded(entry) {
    const recorded = entry.judged().then(() => recordTest(entry, entry.id, this.#options, this.#origin));
    this.#pending.add(recorded);
    void recorded.then(() => this.#pending.delete(recorded));
    return recorded;
  }

  #statusOf(result) {
    const status = property(result, 'status');
    if (END_STATUSES.includes(status)) return status;
    this.#warnings.add(
      `endTest: \`status\` must be one of ${END_STATUSES.join(', ')}, but is ${cutAt(textOf(status, 'missing'), 100)}`,
    );
    return 'failed';
  }

  #guard(hook, work) {
    try {
      return work();
    } catch (error) {
      this.#warnings.add(`${hook}: ${reasonOf(error)}`);
      return undefined;
    }
  }

  #now() {
    try {
      const now = this.#options.now();
      if (typeof now === 'number' && Number.isFinite(now)) return now;
    } catch {
      // a clock that fails is no clock
    }
    return monotonic();
  }

  /** A time of the recorder's clock, of `startedAt` in milliseconds since 1970. */
  #timeOf(told) {
    const startedAt = millisecondsOf(property(told, 'startedAt'));
    return startedAt === null ? this.#now() : this.#origin + (startedAt - this.#startedAt);
  }

  #timeOfEvent(event) {
    const at = property(event, 'at');
    return typeof at === 'number' && Number.isFinite(at) ? at : this.#now();
  }

  #pathOf(file) {
    const given = textOf(file);
    let path = given;
    try {
      if (path.startsWith('file:')) path = fileURLToPath(path);
      const below = relative(this.#cwd, path);
      if (below !== '' && !below.startsWith('..')) path = below;
    } catch {
      return given;
    }
    return path.replaceAll('\\', '/');
  }
}

/** An id as a key. Runners have numbers, too. A test without an id has its name for one. */
function idOf(test) {
  const id = textOf(property(test, 'id')) || testName([...titlesOf(property(test, 'suites')), textOf(property(test, 'title'))]);
  if (id === '') throw new TypeError('the test has neither `id` nor `title`');
  return id;
}

const keyOf = (id) => (id === undefined || id === null ? null : textOf(id));

function attemptOf(told) {
  const attempt = property(told, 'attempt');
  return Number.isSafeInteger(attempt) && attempt >= 0 ? attempt : null;
}

/** The texts of the errors as they are now: a runner may change them later. */
function errorsOf(result) {
  const errors = property(result, 'errors');
  const texts = [];
  if (isArrayOrFalse(errors)) {
    const length = property(errors, 'length');
    for (let index = 0; index < length && index < MAX_ERRORS; index++) texts.push(rawTextOf(property(errors, index)));
  } else {
    texts.push(rawTextOf(errors));
  }
  if (texts.every((text) => text === null)) texts.push(rawTextOf(property(result, 'error')));
  return texts.filter((text) => text !== null);
}

const rawTextOf = (error) => wholeText(readError(error));

module.exports = { Recorder };
