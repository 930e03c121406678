// known-failures/node-test: a reporter for `node --test` that judges every failure and prints the summary.
//
// Node awaits a reporter to its end. It reports a test when those before it are reported, and the tests within it first; an event has
// the depth of its test, but not the tests around it.
'use strict';

const { relative, resolve } = require('node:path');
const process = require('node:process');
const { crashOf, StderrTails } = require('./node-crash.js');
const { openSession } = require('./session.js');
const { fromEnvironment } = require('./text-options.js');

/**
 * A reporter with options, for a file of yours that `--test-reporter` names.
 *
 * @param {import('./options.d.ts').AdapterOptions} [options]
 */
function createReporter(options) {
  return async function* knownFailures(source) {
    const printed = [];
    const { recorder, finish } = openSession(options, {
      functionName: 'known-failures/node-test',
      runner: { name: 'node:test', version: process.versions.node },
      // a reporter's output goes where `--test-reporter-destination` says
      print: (text) => printed.push(text),
    });
    recorder.startRun();
    const events = new Events(recorder);
    for await (const { type, data } of source) events.take(type, data);
    await finish();
    yield* printed;
  };
}

class Events {
  #recorder;
  /** Those that a test at the next depth is within. @type {{ name: string, hasTests: boolean }[]} */
  #around = [];
  #stderr = new StderrTails();
  #ended = 0;

  /** @param {import('../recorder/index.d.ts').Recorder} recorder */
  constructor(recorder) {
    this.#recorder = recorder;
  }

  take(type, data) {
    // a path from the root in Node 20, as it was given in later ones
    if (type === 'test:stderr') this.#stderr.add(resolve(data.file), data.message);
    if (type === 'test:start') this.#start(data);
    if (type === 'test:pass' || type === 'test:fail') this.#end(data, type === 'test:pass');
  }

  #start({ name, nesting }) {
    this.#around.length = Math.min(this.#around.length, nesting);
    const parent = this.#around.at(-1);
    if (parent !== undefined) parent.hasTests = true;
    this.#around.push({ name, hasTests: false });
  }

  #end(data, hasPassed) {
    const { name, nesting, details } = data;
    const { hasTests = false } = this.#around[nesting] ?? {};
    const titles = [...this.#around.slice(0, nesting).map((suite) => suite.name), name];
    this.#around.length = Math.min(this.#around.length, nesting);
    const error = hasPassed ? null : details.error;
    const isSuite = details.type === 'suite' || hasTests;
    // a suite fails with its tests, which have been told
    if (isSuite && (hasPassed || error.failureType === 'subtestsFailed')) return;
    if (isFile(data) && !hasPassed) this.#failFile(data, error);
    else if (details.type === 'suite') this.#failSuite(titles, data, error);
    else this.#endTest(isFile(data) ? [relative(process.cwd(), data.file).replaceAll('\\', '/')] : titles, data, error);
  }

  #endTest(titles, { file, details, skip, todo }, error) {
    this.#recorder.endTest({
      id: ++this.#ended,
      suites: titles.slice(0, -1),
      title: titles.at(-1),
      file,
      status: statusOf(error, { skip, todo }),
      errors: error === null ? null : errorsOf(error),
      durationMs: details.duration_ms,
    });
  }

  /** A hook around all tests of a suite failed, or its function. */
  #failSuite(titles, { file, details }, error) {
    const isHook = error.failureType === 'hookFailed';
    this.#recorder.fail({
      kind: isHook ? 'hook' : 'file',
      suites: isHook ? titles : titles.slice(0, -1),
      title: isHook ? hookOf(error) : titles.at(-1),
      file,
      errors: errorsOf(error),
      durationMs: details.duration_ms,
    });
  }

  /** A file did not load, or its process ended badly: what it wrote last says why. Its tests have been told. */
  #failFile({ file, details }, error) {
    const isHook = error.failureType === 'hookFailed';
    const crash = isHook ? '' : crashOf(this.#stderr.of(resolve(file)));
    this.#recorder.fail({
      kind: isHook ? 'hook' : 'file',
      ...(isHook ? { title: hookOf(error) } : {}),
      file,
      errors: crash === '' ? errorsOf(error) : [crash],
      durationMs: details.duration_ms,
    });
  }
}

/** Node reports a file without tests, and one whose process failed, as a test of its own. */
const isFile = ({ name, nesting, file }) => nesting === 0 && typeof file === 'string' && resolve(name) === resolve(file);

/** `failed running before hook` → `before hook`. Of a file's hook the message is that of the cause. */
const hookOf = (error) => /^failed running (.+)$/.exec(error.message)?.[1] ?? 'hook';

function statusOf(error, { skip, todo }) {
  const isOff = (reason) => reason !== undefined && reason !== false;
  // what is still to be done may fail
  if (isOff(skip) || (isOff(todo) && error !== null)) return 'skipped';
  if (error === null) return 'passed';
  return error.failureType === 'cancelledByParent' ? 'unfinished' : 'failed';
}

/** Node wraps what a test threw into an error of its own. Where it has thrown nothing, that says what is wrong. */
const errorsOf = (error) => [error.cause ?? error];

module.exports = createReporter(fromEnvironment(process.env));
module.exports.createReporter = createReporter;
