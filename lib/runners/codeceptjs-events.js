// CodeceptJS's events as those of a run.
//
// If a hook fails, CodeceptJS says of each test of the feature that it failed, of those that have passed and those that never run, too.
// So the failure of a hook is taken from the hook's own event, and that of a helper's preparation counts for the test it prepared.
'use strict';

const SUITE_HOOKS = new Set(['BeforeSuite', 'AfterSuite']);

class Events {
  #recorder;
  /** The test whose hooks and steps run. @type {any} */
  #current = null;
  /** Ids of steps: they have none. @type {WeakMap<object, number>} */
  #steps = new WeakMap();
  #stepCount = 0;
  #onFailure;

  /**
   * @param {import('../recorder/index.d.ts').Recorder} recorder
   * @param {(test: any, recorded: Promise<import('../recorder/run-report.d.ts').RecordedTest>) => void} onFailure of a test
   */
  constructor(recorder, onFailure) {
    this.#recorder = recorder;
    this.#onFailure = onFailure;
  }

  /** @param {any} event `event` of CodeceptJS */
  listenTo({ dispatcher, test, step, hook }) {
    const handlers = [
      [test.before, (started) => this.#start(started)],
      [test.passed, (passed) => this.#end(passed, 'passed')],
      [test.skipped, (skipped) => this.#end(skipped, 'skipped')],
      [test.failed, (failed, error, hookName) => this.#failTest(failed, error, hookName)],
      [hook.failed, (failed) => this.#failHook(failed)],
      [step.started, (started) => this.#startStep(started)],
      [step.passed, (passed) => this.#endStep(passed, 'passed')],
      [step.failed, (failed) => this.#endStep(failed, 'failed')],
    ];
    for (const [name, handler] of handlers) dispatcher.on(name, handler);
  }

  #start(test) {
    this.#current = test;
    this.#recorder.startTest(identityOf(test));
  }

  #end(test, status) {
    const running = this.#running(test);
    // a retry has a copy of the metadata of the attempt before
    delete running.meta?.knownFailure;
    this.#recorder.endTest({ ...identityOf(running), status });
  }

  #failTest(test, error, hookName) {
    if (hookName === undefined && test.uid === this.#current?.uid) this.#fail(this.#current, error);
  }

  #failHook({ hookName, err, ctx }) {
    if (!SUITE_HOOKS.has(hookName) && this.#current !== null) {
      this.#fail(this.#current, err);
      return;
    }
    const { title = '', file = null } = ctx?.test?.parent ?? {};
    this.#recorder.fail({ kind: 'hook', suites: [title], title: hookName, file, errors: [textOf(err)] });
  }

  /** Of a retry, CodeceptJS's events have the first attempt. */
  #running(test) {
    return test.uid === this.#current?.uid ? this.#current : test;
  }

  #fail(test, error) {
    const recorded = this.#recorder.endTest({ ...identityOf(test), status: 'failed', errors: [textOf(error)] });
    this.#onFailure(test, recorded);
  }

  #startStep(step) {
    if (this.#current === null) return;
    this.#steps.set(step, ++this.#stepCount);
    this.#recorder.onLog({ ...this.#place(step), type: 'start', title: step.toString() });
  }

  #endStep(step, status) {
    if (this.#current !== null && this.#steps.has(step)) this.#recorder.onLog({ ...this.#place(step), type: 'end', status });
  }

  #place(step) {
    const { id, attempt } = identityOf(this.#current);
    return { test: id, attempt, step: this.#steps.get(step) };
  }
}

/** Features have no suites within. All attempts have the id of the first: a copy gets its own later. */
function identityOf(test) {
  return {
    id: test.retriedTest?.()?.uid ?? test.uid,
    attempt: test.currentRetry?.() ?? 0,
    suites: [test.parent?.title ?? ''],
    title: test.title,
    file: test.file ?? test.parent?.file ?? null,
  };
}

/** The errors of `I.see` and its like have neither message nor stack: only their own `inspect` makes a text. */
function textOf(error) {
  const isPlain = typeof error?.inspect === 'function' && !error.stack && !error.message;
  return isPlain ? error.inspect() : error;
}

module.exports = { Events };
