// known-failures/playwright: a reporter of Playwright Test that judges every failure and notes the issue of a known one in the result,
// so that the HTML, JSON and JUnit reports show it.
//
// It lives in Playwright's main process, also in `merge-reports`. Playwright awaits neither `onTestEnd` nor `onError`. So `onEnd` awaits
// the verdicts, before the reporters behind this one write, and `onExit` prints, when all reporters have.
'use strict';

const { performance } = require('node:perf_hooks');
const { openSession } = require('./session.js');

const OWN_OPTIONS = { projectInName: { type: 'boolean', default: false } };

/** Statuses of a result that are no failure of the test. */
const STATUSES = { passed: 'passed', skipped: 'skipped', interrupted: 'unfinished' };

class KnownFailuresReporter {
  #options;
  #isListing;
  /** @type {import('./session.js').Session} */
  #session;
  /** Results that failed, each with its verdicts. @type {{ test: any, result: any, ended: Promise<any> }[]} */
  #failed = [];
  #hasTests = false;
  #hasFileError = false;

  /** @param {Record<string, any>} [given] this reporter's options, and some that Playwright adds */
  constructor({ configDir, _mode, _commandHash, ...options } = {}) {
    this.#options = options;
    this.#isListing = _mode === 'list';
  }

  /** It prints a summary only: Playwright adds the reporter that prints the tests. */
  printsToStdio() {
    return false;
  }

  /** Comes before all other events, those of errors in files, too. */
  onBegin({ version }, suite) {
    if (this.#isListing) return;
    this.#session = openSession(this.#options, {
      functionName: 'known-failures/playwright',
      runner: { name: 'playwright', version: version ?? null },
      own: OWN_OPTIONS,
    });
    this.#hasTests = suite.allTests().length > 0;
    this.#session.recorder.startRun();
  }

  onTestBegin(test, result) {
    this.#session?.recorder.startTest(this.#identityOf(test, result));
  }

  onTestEnd(test, result) {
    if (this.#session === undefined) return;
    const { recorder } = this.#session;
    const identity = this.#identityOf(test, result);
    const outcome = outcomeOf(test, result);
    logSteps(recorder, identity, test, result);
    const ended = recorder.endTest({ ...identity, ...outcome, durationMs: result.duration });
    if (outcome.status === 'failed') this.#failed.push({ test, result, ended });
  }

  /** Files that do not load, global setup and teardown, and what fails in a worker outside of its tests. */
  onError(error) {
    const isWithoutTests = /\bNo tests found\b/.test(error.message);
    // what Playwright adds when a file did not load
    if (isWithoutTests && this.#hasFileError) return;
    // no test was found when this comes: a file did not load
    const isOfFile = !this.#hasTests && !isWithoutTests;
    this.#hasFileError ||= isOfFile;
    this.#session?.recorder.fail({ kind: isOfFile ? 'file' : 'run', file: fileOf(error), errors: [error] });
  }

  async onEnd() {
    for (const { test, result, ended } of this.#failed) annotate(test, result, await ended);
  }

  async onExit() {
    await this.#session?.finish();
  }

  #identityOf(test, { retry, startTime }) {
    const { projectInName } = this.#session.own;
    // root, project, file
    const [, project, , ...titles] = test.titlePath();
    const suites = projectInName ? [project, ...titles.slice(0, -1)] : titles.slice(0, -1);
    return { id: test.id, attempt: retry, suites, title: test.title, file: test.location.file, startedAt: startTime.getTime() };
  }
}

/** What a result is for a recorder. A test that must fail (`test.fail`) passes if it does. */
function outcomeOf({ expectedStatus }, { status, errors }) {
  const isFailure = status === 'failed' || status === 'timedOut';
  if (isFailure && expectedStatus === status) return { status: 'passed' };
  if (isFailure) return { status: 'failed', errors };
  if (status === 'passed' && expectedStatus !== 'passed')
    return { status: 'failed', errors: [{ message: 'Expected to fail, but passed.' }] };
  // an interrupted one may have errors, too
  return { status: STATUSES[status], errors: status === 'interrupted' ? errors : [] };
}

/** The file of an error. One of an import that is missing has no location: its message has the file. */
function fileOf({ location, message = '' }) {
  return location?.file ?? / imported from (.+)/.exec(message)?.[1];
}

/** The project, which is no part of the name, and the steps. */
function logSteps(recorder, { id, attempt }, test, result) {
  const log = (event) => recorder.onLog({ test: id, attempt, ...event });
  const project = test.parent.project()?.name;
  if (project) log({ type: 'message', text: `project: ${project}` });
  const logAll = (steps, parent) => {
    for (const [index, { title, startTime, duration, error, steps: children }] of steps.entries()) {
      const step = parent === null ? `${index}` : `${parent}.${index}`;
      const at = startTime.getTime() - performance.timeOrigin;
      log({ type: 'start', step, parent, title, at });
      // a step that never ended has -1
      if (duration >= 0) log({ type: 'end', step, status: error === undefined ? 'passed' : 'failed', at: at + duration });
      logAll(children, step);
    }
  };
  logAll(result.steps, null);
}

/** Notes the issues of a known failure. The JSON report shows those of each result, JUnit those of the test. */
function annotate(test, result, { attempts }) {
  const { status, failures } = attempts[result.retry] ?? {};
  if (status !== 'Broken') return;
  const isLast = result === test.results.at(-1);
  const links = failures
    .filter(({ issue }) => issue !== null)
    .map(({ issue, url }) => (url === null ? issue : `${issue} ${url}`));
  for (const description of new Set(links)) {
    const annotation = { type: 'issue', description };
    result.annotations.push(annotation);
    // in `merge-reports` both have one array
    if (isLast && !test.annotations.includes(annotation)) test.annotations.push(annotation);
  }
}

module.exports = KnownFailuresReporter;
