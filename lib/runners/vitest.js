// known-failures/vitest: a reporter that judges every failure, prints the summary, and writes the issue of a known failure to the
// test's `meta().knownFailure`, where other reporters find it.
//
// A reporter lives in Vitest's main process, and its hooks are awaited.
'use strict';

const { within } = require('../shared/within.js');
const { openSession } = require('./session.js');

/**
 * How long a hook waits for the verdict, in milliseconds: the test's worker waits, too, and gives up after a minute. Verdicts that come
 * later are in the report, but not in the metadata.
 */
const META_WAIT_MS = 10_000;

class KnownFailuresReporter {
  #options;
  /** @type {any} */
  #vitest = null;
  /** Of the run that goes on: in watch mode there are many. @type {import('./session.js').Session | null} */
  #session = null;
  /** Whether hooks wait for verdicts. Not any longer if one came late: a slow list must not hold up test after test. */
  #waits = true;

  /** @param {import('./options.d.ts').AdapterOptions} [options] */
  constructor(options) {
    this.#options = options;
  }

  onInit(vitest) {
    this.#vitest = vitest;
  }

  onTestRunStart() {
    this.#recorder.startRun();
  }

  onTestCaseReady(test) {
    this.#recorder.startTest(identityOf(test));
  }

  async onTestCaseResult(test) {
    const { state } = test.result();
    const diagnostic = test.diagnostic();
    const status = state === 'pending' ? 'unfinished' : state;
    const identity = identityOf(test);
    const attempts = attemptsOf(test.result(), diagnostic);
    for (const [attempt, errors] of attempts.slice(0, -1).entries()) {
      this.#recorder.endTest({ ...identity, attempt, status: 'failed', errors });
    }
    const last = { attempt: attempts.length - 1, errors: attempts.at(-1), durationMs: diagnostic?.duration };
    const recorded = this.#recorder.endTest({ ...identity, ...last, status });
    if (status !== 'failed') return;
    const told = recorded.then((judged) => tell(test, judged));
    if (this.#waits) this.#waits = await within(META_WAIT_MS, told);
  }

  onTestSuiteResult(suite) {
    this.#fail('hook', suite.errors(), { suites: titlesOf(suite), title: 'suite hook', file: suite.module.moduleId });
  }

  onTestModuleEnd(module) {
    this.#fail('file', module.errors(), { file: module.moduleId });
  }

  async onTestRunEnd(_modules, unhandledErrors = []) {
    // each is a failure of its own: they come from different places
    for (const error of unhandledErrors) this.#fail('run', [error], { title: error?.type ?? 'unhandled error' });
    const session = this.#open();
    this.#session = null;
    this.#waits = true;
    await session.finish();
  }

  get #recorder() {
    return this.#open().recorder;
  }

  #open() {
    this.#session ??= openSession(this.#options, {
      functionName: 'known-failures/vitest',
      runner: { name: 'vitest', version: this.#vitest?.version ?? null },
      // Vitest keeps lines of its own at the end of a terminal
      ...(this.#vitest && { print: (text) => this.#vitest.logger.log(text) }),
    });
    return this.#session;
  }

  #fail(kind, errors, place) {
    if (errors.length > 0) this.#recorder.fail({ kind, errors, ...place });
  }
}

function identityOf(test) {
  return { id: test.id, suites: titlesOf(test.parent), title: test.name, file: test.module.moduleId };
}

/** Titles from the outside, without the file's. */
function titlesOf(suite) {
  const titles = [];
  for (let part = suite; part?.type === 'suite'; part = part.parent) titles.unshift(part.name);
  return titles;
}

/**
 * The errors of each attempt. Vitest has those of all attempts in one list; they can be told apart if each failed attempt has one.
 * Otherwise the recorder gets them as those of one attempt, and, if the test passed then, of an earlier one.
 */
function attemptsOf({ state, errors = [] }, diagnostic) {
  const retries = diagnostic?.repeatCount > 0 ? 0 : (diagnostic?.retryCount ?? 0);
  const failed = state === 'failed' ? retries + 1 : retries;
  if (retries === 0 || errors.length !== failed) return [errors];
  const attempts = errors.map((error) => [error]);
  return state === 'failed' ? attempts : [...attempts, []];
}

/** @param {import('../recorder/run-report.d.ts').RecordedTest} judged */
function tell(test, { status, issue, url }) {
  if (status === 'Broken') test.meta().knownFailure = { issue, url };
}

module.exports = KnownFailuresReporter;
