// Cucumber's messages as events of a run. All of them come to the main process, those of parallel workers, too.
'use strict';

const { performance } = require('node:perf_hooks');
const { Names } = require('./cucumber-names.js');

const FAILURES = new Set(['FAILED', 'UNDEFINED', 'AMBIGUOUS', 'PENDING']);
const TEXTS = new Set(['text/plain', 'text/x.cucumber.log+plain']);

const HOOK_TITLES = {
  BEFORE_TEST_RUN: 'BeforeAll',
  AFTER_TEST_RUN: 'AfterAll',
  BEFORE_TEST_CASE: 'Before',
  AFTER_TEST_CASE: 'After',
};

const isText = ({ contentEncoding, mediaType }) => contentEncoding === 'IDENTITY' && TEXTS.has(mediaType);

/** Whether a message says something about the run. */
const isNeeded = ({ attachment, source }) => source === undefined && (attachment === undefined || isText(attachment));

const epochMs = ({ seconds, nanos }) => seconds * 1000 + nanos / 1e6;

/** By the clock of the recorder. */
const atOf = (timestamp) => epochMs(timestamp) - performance.timeOrigin;

class Messages {
  #recorder;
  #names = new Names();
  #pickles = new Map();
  #hooks = new Map();
  /** What each step of a test case is, and its test. */
  #testCases = new Map();
  /** Attempts that run. */
  #attempts = new Map();
  #runHooks = new Map();

  /** @param {import('../recorder/index.d.ts').Recorder} recorder */
  constructor(recorder) {
    this.#recorder = recorder;
  }

  /** @param {Record<string, any>} envelope with one message, by its type */
  take(envelope) {
    for (const [type, message] of Object.entries(envelope)) this.#handlers[type]?.(message);
  }

  #handlers = {
    gherkinDocument: (document) => this.#names.add(document),
    pickle: (pickle) => this.#pickles.set(pickle.id, pickle),
    hook: (hook) => this.#hooks.set(hook.id, hook),
    parseError: ({ source, message }) => this.#recorder.fail({ kind: 'file', file: source.uri, errors: [message] }),
    testCase: (testCase) => this.#addTestCase(testCase),
    testCaseStarted: (started) => this.#startAttempt(started),
    testStepStarted: ({ testCaseStartedId, testStepId, timestamp }) =>
      this.#attempts.get(testCaseStartedId)?.stepStarts.set(testStepId, atOf(timestamp)),
    testStepFinished: (finished) => this.#endStep(finished),
    attachment: (attachment) => this.#attach(attachment),
    testCaseFinished: (finished) => this.#endAttempt(finished),
    testRunHookStarted: (started) => this.#runHooks.set(started.id, started),
    testRunHookFinished: (finished) => this.#endRunHook(finished),
  };

  #addTestCase({ id, pickleId, testSteps }) {
    const pickle = this.#pickles.get(pickleId);
    const stepOf = ({ hookId, pickleStepId }) =>
      hookId ? this.#hookTitle(hookId) : this.#names.ofStep(pickle.steps.find((step) => step.id === pickleStepId));
    const steps = new Map(testSteps.map((step) => [step.id, stepOf(step)]));
    this.#testCases.set(id, { identity: { id, ...this.#names.of(pickle), file: pickle.uri }, steps });
  }

  #startAttempt({ id, testCaseId, attempt, timestamp }) {
    const { identity, steps } = this.#testCases.get(testCaseId);
    const test = { ...identity, attempt };
    const startedAt = epochMs(timestamp);
    this.#attempts.set(id, { test, steps, startedAt, stepStarts: new Map(), status: 'passed', errors: [] });
    this.#recorder.startTest({ ...test, startedAt });
  }

  #endStep({ testCaseStartedId, testStepId, testStepResult: { status, message }, timestamp }) {
    const attempt = this.#attempts.get(testCaseStartedId);
    if (attempt === undefined) return;
    const title = attempt.steps.get(testStepId);
    const isFailure = FAILURES.has(status);
    if (isFailure) {
      attempt.status = 'failed';
      attempt.errors.push(message ?? `${status[0]}${status.slice(1).toLowerCase()} step: ${title}`);
    }
    if (status === 'SKIPPED') {
      // a step that did not run is no step
      if (attempt.status === 'passed') attempt.status = 'skipped';
      return;
    }
    const { id: test, attempt: number } = attempt.test;
    const step = { test, attempt: number, step: testStepId };
    this.#recorder.onLog({ ...step, type: 'start', title, at: attempt.stepStarts.get(testStepId) });
    this.#recorder.onLog({ ...step, type: 'end', status: isFailure ? 'failed' : 'passed', at: atOf(timestamp) });
  }

  /** What a step logs. Pictures and other data stay in Cucumber's reports. */
  #attach(attachment) {
    const { testCaseStartedId, testStepId, body } = attachment;
    const attempt = this.#attempts.get(testCaseStartedId);
    if (attempt === undefined || !isText(attachment)) return;
    const { id: test, attempt: number } = attempt.test;
    this.#recorder.onLog({ test, attempt: number, step: testStepId, type: 'message', text: body });
  }

  #endAttempt({ testCaseStartedId, timestamp }) {
    const attempt = this.#attempts.get(testCaseStartedId);
    if (attempt === undefined) return;
    this.#attempts.delete(testCaseStartedId);
    const { test, status, errors, startedAt } = attempt;
    this.#recorder.endTest({ ...test, status, errors, durationMs: Math.max(0, epochMs(timestamp) - startedAt) });
  }

  #endRunHook({ testRunHookStartedId, result }) {
    if (result.status !== 'FAILED') return;
    const title = this.#hookTitle(this.#runHooks.get(testRunHookStartedId)?.hookId);
    this.#recorder.fail({ kind: 'hook', title, errors: [result.message], durationMs: epochMs(result.duration) });
  }

  #hookTitle(id) {
    const { type, name } = this.#hooks.get(id) ?? {};
    const kind = HOOK_TITLES[type] ?? 'hook';
    return name ? `${kind} ${name}` : kind;
  }
}

module.exports = { Messages, isNeeded };
