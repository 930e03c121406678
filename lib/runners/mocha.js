// known-failures/mocha: a reporter that judges every failure, around the reporter that prints them.
//
// Everything happens in Mocha's main process, in parallel mode, too. Mocha awaits nothing but `done`, with `--exit` as well.
'use strict';

const { requireFromProject } = require('./project.js');
const { openSession } = require('./session.js');
const { readTexts } = require('./text-options.js');

const OWN_OPTIONS = {
  base: { type: ['string', 'function'], default: 'spec' },
  baseOptions: { type: 'object' },
};

class KnownFailuresReporter {
  #session;
  #recorder;
  #base;
  /** The tests that have begun, by Mocha's id: in parallel mode a hook knows no more of its test. @type {Map<string, object>} */
  #begun = new Map();

  /**
   * @param {import('node:events').EventEmitter} runner
   * @param {Record<string, any>} [options] Mocha's
   */
  constructor(runner, options = {}) {
    const given = options.reporterOption ?? options.reporterOptions ?? options['reporter-option'];
    const Mocha = exportOf(requireFromProject('mocha'));
    this.#session = openSession(readTexts(given, OWN_OPTIONS), {
      functionName: 'known-failures/mocha',
      runner: { name: 'mocha', version: Mocha?.prototype?.version ?? null },
      own: OWN_OPTIONS,
    });
    this.#recorder = this.#session.recorder;
    this.#base = this.#createBase(Mocha, runner, options);
    this.#listen(runner);
    this.#recorder.startRun();
  }

  /** @param {number} failures @param {(failures: number) => void} [fn] */
  async done(failures, fn) {
    await this.#session.finish();
    if (typeof this.#base?.done === 'function') this.#base.done(failures, fn);
    else fn?.(failures);
  }

  /** The reporter that prints. It gets Mocha's options, but its own of `reporter-option`. */
  #createBase(Mocha, runner, options) {
    const { base, baseOptions = {} } = this.#session.own;
    const Base = typeof base === 'function' ? base : (Mocha?.reporters?.[base] ?? exportOf(requireFromProject(base)));
    if (typeof Base === 'function')
      return new Base(runner, { ...options, reporterOption: baseOptions, reporterOptions: baseOptions });
    this.#session.warn(`known-failures/mocha: there is no reporter "${base}" (\`base\`). The tests run without one`);
    return null;
  }

  #listen(runner) {
    runner.on('test', (test) => this.#recorder.startTest(this.#begin(test)));
    runner.on('pass', (test) => this.#recorder.endTest({ ...identityOf(test), status: 'passed', durationMs: test.duration }));
    runner.on('pending', (test) => this.#recorder.endTest({ ...identityOf(test), status: 'skipped' }));
    for (const event of ['retry', 'fail']) runner.on(event, (runnable, error) => this.#fail(runnable, error));
  }

  #begin(test) {
    const identity = identityOf(test);
    this.#begun.set(idOf(test), identity);
    return identity;
  }

  #fail(runnable, error) {
    const errors = [error, ...(Array.isArray(error?.multiple) ? error.multiple : [])];
    const test = testOf(runnable, this.#begun);
    if (test !== undefined) {
      const durationMs = runnable.type === 'test' ? runnable.duration : null;
      this.#recorder.endTest({ ...test, status: 'failed', errors, durationMs });
      return;
    }
    const { suites, title, file } = titlesOf(runnable);
    // outside of all tests: a file that does not load has one, a crash has none
    const kind = runnable.type === 'hook' ? 'hook' : file ? 'file' : 'run';
    this.#recorder.fail({ kind, suites, file, errors, ...(kind === 'file' ? {} : { title }) });
  }
}

/** A CommonJS module, or the default export of an ES module. */
const exportOf = (loaded) => loaded?.default ?? loaded;

/** In parallel mode Mocha's id is a property of another name. */
const idOf = (runnable) => runnable.id ?? runnable.__mocha_id__;

/** The test that a failure belongs to: a hook around each test fails the test. */
function testOf(runnable, begun) {
  if (runnable.type === 'test') return identityOf(runnable);
  const isOfTest = runnable.type === 'hook' && /^"(?:before|after) each" hook/.test(runnable.title);
  return isOfTest && runnable.ctx?.currentTest ? begun.get(idOf(runnable.ctx.currentTest)) : undefined;
}

/** All attempts of a test have the id of the first. */
function identityOf(test) {
  const first = test.retriedTest?.() ?? test;
  return { id: idOf(first), attempt: test.currentRetry?.() ?? 0, ...titlesOf(test) };
}

function titlesOf(runnable) {
  const titles = runnable.titlePath();
  return { suites: titles.slice(0, -1), title: titles.at(-1) ?? '', file: runnable.file ?? null };
}

module.exports = KnownFailuresReporter;
