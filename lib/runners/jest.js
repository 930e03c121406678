// known-failures/jest: a reporter that judges every failure and prints the summary.
//
// Reporters live in Jest's main process, and `onTestResult` and `onRunComplete` are awaited. A test's `failureMessages` are texts with
// all causes; its `failureDetails` are empty where they come from a worker.
'use strict';

const process = require('node:process');
const { requireFromProject } = require('./project.js');
const { openSession } = require('./session.js');

const STATUSES = { passed: 'passed', focused: 'passed', failed: 'failed' };

class KnownFailuresReporter {
  #options;
  /** Null until the run starts: Jest makes reporters that then have no run. @type {import('./session.js').Session | null} */
  #session = null;

  /**
   * @param {unknown} _globalConfig Jest's
   * @param {import('./options.d.ts').AdapterOptions} [options]
   */
  constructor(_globalConfig, options) {
    this.#options = options;
  }

  onRunStart() {
    this.#session = openSession(this.#options, {
      functionName: 'known-failures/jest',
      runner: { name: 'jest', version: requireFromProject('jest/package.json')?.version ?? null },
      // as Jest's own reporters; standard output is that of `--json`
      print: (text) => process.stderr.write(text),
    });
    this.#session.recorder.startRun();
  }

  onTestResult(_test, { testFilePath: file, testResults, testExecError }) {
    if (this.#session === null) return;
    for (const [index, result] of testResults.entries()) this.#endTest(`${file}#${index}`, file, result);
    if (testExecError) this.#session.recorder.fail({ kind: 'file', file, errors: [testExecError] });
  }

  async onRunComplete(_contexts, results) {
    if (this.#session === null) return;
    const { runExecError } = results ?? {};
    if (runExecError) this.#session.recorder.fail({ kind: 'run', title: 'jest', errors: [runExecError] });
    await this.#session.finish();
  }

  #endTest(id, file, result) {
    const identity = { id, suites: result.ancestorTitles, title: result.title, file };
    const earlier = earlierAttempts(result);
    for (const [attempt, errors] of earlier.entries()) {
      this.#session.recorder.endTest({ ...identity, attempt, status: 'failed', errors });
    }
    this.#session.recorder.endTest({
      ...identity,
      attempt: earlier.length,
      // pending, todo, skipped, disabled
      status: STATUSES[result.status] ?? 'skipped',
      errors: result.failureMessages,
      durationMs: result.duration,
      startedAt: result.startAt,
    });
  }
}

/**
 * The errors of each attempt before the last. Jest tells them with `logErrorsBeforeRetry` only, and in one list: they can be told apart
 * if each attempt has one. Otherwise they are those of one attempt.
 */
function earlierAttempts({ retryReasons = [], invocations = 1 }) {
  if (retryReasons.length === 0) return Array.from({ length: Math.max(0, invocations - 1) }, () => []);
  return retryReasons.length === invocations - 1 ? retryReasons.map((reason) => [reason]) : [retryReasons];
}

module.exports = KnownFailuresReporter;
