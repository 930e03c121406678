// known-failures/testcafe: a reporter that judges every failure and prints the summary.
//
// It lives in the main process, and TestCafe awaits `reportTaskDone`. A test is reported once, when all browsers have run it.
'use strict';

const { performance } = require('node:perf_hooks');
const { openSession } = require('./session.js');
const { judgeable } = require('./testcafe-errors.js');

/** TestCafe calls it once a run. @param {import('./options.d.ts').AdapterOptions} [options] */
module.exports = function knownFailures(options) {
  let version = null;
  let run = null;
  // TestCafe copies these functions to an object of its own
  return {
    init(testcafeVersion) {
      version = testcafeVersion ?? null;
    },
    reportTaskStart() {
      run = new Run(openSession(options, { functionName: 'known-failures/testcafe', runner: { name: 'testcafe', version } }));
    },
    reportFixtureStart() {},
    reportTestStart(_name, _meta, start) {
      run?.guard(() => run.start(start));
    },
    reportTestActionDone(name, action) {
      run?.guard(() => run.log(name, action));
    },
    reportTestDone(name, info) {
      run?.guard(() => run.end(name, info));
    },
    async reportTaskDone() {
      await run?.finish();
    },
  };
};

class Run {
  #session;
  #recorder;
  #startedAt = new Map();
  #steps = 0;

  /** What is told to it must not end the run. @param {() => void} take */
  guard(take) {
    try {
      take();
    } catch (error) {
      this.#session.warn(`known-failures/testcafe: an event of TestCafe could not be read: ${error?.message ?? error}`);
    }
  }

  /** @param {import('./session.js').Session} session */
  constructor(session) {
    this.#session = session;
    this.#recorder = session.recorder;
    this.#recorder.startRun();
  }

  /** Its fixture is told at its end. */
  start({ testId, startTime }) {
    this.#startedAt.set(testId, Number(startTime));
  }

  /** An action is told when it is done. */
  log(name, { test, fixture, command, duration = 0, err }) {
    const identity = { id: test.id, suites: [fixture.name], title: test.name };
    if (this.#startedAt.has(test.id)) this.#recorder.startTest({ ...identity, startedAt: this.#startedAt.get(test.id) });
    this.#startedAt.delete(test.id);
    const step = { test: test.id, step: ++this.#steps };
    const at = performance.now();
    const title = [name, selectorOf(command)].filter(Boolean).join(' ');
    this.#recorder.onLog({ ...step, type: 'start', title, at: at - duration });
    this.#recorder.onLog({ ...step, type: 'end', status: err ? 'failed' : 'passed', at });
  }

  end(name, { testId, fixture, skipped, errs, quarantine, browsers, durationMs }) {
    const identity = { id: testId, suites: [fixture.name], title: name, file: fixture.path };
    const earlier = earlierAttempts(quarantine, browsers);
    for (const [attempt, { passed, errors }] of earlier.entries()) {
      this.#recorder.endTest({ ...identity, attempt, status: passed ? 'passed' : 'failed', errors: errors.map(judgeable) });
    }
    const status = skipped ? 'skipped' : errs.length > 0 ? 'failed' : 'passed';
    const startedAt = this.#startedAt.get(testId);
    this.#recorder.endTest({ ...identity, attempt: earlier.length, status, errors: errs.map(judgeable), durationMs, startedAt });
  }

  finish() {
    return this.#session.finish();
  }
}

/** In quarantine mode a test runs several times. The last run of each browser is told as the test's. */
function earlierAttempts(quarantine, browsers = []) {
  const last = new Set(browsers.map(({ testRunId }) => testRunId));
  return Object.entries(quarantine ?? {})
    .filter(([id, attempt]) => Array.isArray(attempt.errors) && !last.has(id))
    .map(([, attempt]) => attempt);
}

const selectorOf = (command) => command?.selector?.expression ?? command?.url ?? '';
