// known-failures/webdriverio: a service. WebdriverIO makes one in its main process and one in each worker, a process per spec file. A
// worker writes down what happens in it; the main process records that and has it judged, so that the list is loaded once, and there is
// one report.
'use strict';

const { mkdtempSync, realpathSync, rmSync } = require('node:fs');
const { createRequire } = require('node:module');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const process = require('node:process');
const { openSession } = require('./session.js');
const { Commands } = require('./webdriverio/commands.js');
const { WorkerEvents, createReporter } = require('./webdriverio/events.js');
const { ThrownErrors } = require('./webdriverio/thrown-errors.js');
const { WorkerLog, replayLogs } = require('./webdriverio/worker-log.js');

const OWN_OPTIONS = { browserInName: { type: 'boolean', default: false } };

/** The workers inherit it. */
const FOLDER_VARIABLE = 'KNOWN_FAILURES_WEBDRIVERIO_FOLDER';

class KnownFailuresService {
  #options;
  /** In the main process. @type {import('./session.js').Session} */
  #session;
  /** In the main process: where workers write. @type {string | null} */
  #folder = null;
  /** In a worker. @type {WorkerLog} */
  #log;
  /** @type {WorkerEvents} */
  #events;
  /** @type {Commands} */
  #commands;
  #thrown = new ThrownErrors();

  /** @param {Record<string, any>} [options] */
  constructor(options) {
    this.#options = options;
  }

  // The main process

  onPrepare() {
    this.#session = openSession(this.#options, {
      functionName: 'known-failures/webdriverio',
      runner: { name: 'webdriverio', version: versionOfCli() },
      own: OWN_OPTIONS,
    });
    this.#session.recorder.startRun();
    try {
      this.#folder = mkdtempSync(join(tmpdir(), 'known-failures-webdriverio-'));
      process.env[FOLDER_VARIABLE] = this.#folder;
    } catch (error) {
      this.#session.warn(
        `known-failures: nothing is recorded, because there is no folder for what workers tell: ${error.message}`,
      );
    }
  }

  /** A worker ended. With `retriesLeft` its spec files run again if it failed. */
  onWorkerEnd(cid, exitCode, specs, retriesLeft, signal) {
    if (this.#folder === null) return;
    const { recorder, warn } = this.#session;
    const { hasEnded, fileFailures } = replayLogs(this.#folder, cid, recorder);
    if (!hasEnded && exitCode !== 0) {
      const how = signal ? `by ${signal}` : `with exit code ${exitCode}`;
      fileFailures.push({ kind: 'file', file: specs[0], errors: [`The worker ${cid} ended ${how} before its tests had`] });
    }
    for (const failure of fileFailures) {
      const [reason] = failure.errors[0].split('\n', 1);
      if (exitCode !== 0 && retriesLeft > 0) warn(`known-failures: ${failure.file} is tried again: ${reason}`);
      else recorder.fail(failure);
    }
  }

  /** WebdriverIO awaits it, and has printed its own results. */
  async onComplete() {
    await this.#session?.finish();
    if (this.#folder !== null) rmSync(this.#folder, { recursive: true, force: true });
    delete process.env[FOLDER_VARIABLE];
  }

  // A worker

  beforeSession(config, _capabilities, specs, cid) {
    const folder = process.env[FOLDER_VARIABLE];
    if (folder === undefined) return;
    this.#log = new WorkerLog(folder, cid, specs);
    // with any reporter configured, WebdriverIO does not add its default
    if (config.reporters.length === 0 && canResolve('@wdio/dot-reporter')) config.reporters.push('dot');
    this.#events = new WorkerEvents(this.#log, this.#thrown, { browserInName: this.#options?.browserInName === true });
    this.#commands = new Commands(this.#log);
    config.reporters.push([createReporter(this.#events), {}]);
  }

  afterTest(_test, _context, { error }) {
    this.#thrown.add(error);
  }

  afterHook(_test, _context, { error }) {
    this.#thrown.add(error);
  }

  beforeCommand(name, args) {
    this.#commands?.start(this.#events.currentId, name, args);
  }

  afterCommand(name, _args, _result, error) {
    this.#commands?.end(name, error);
  }

  /** `result` is an error if the spec files did not load: no reporter is told. */
  after(result) {
    if (result instanceof Error) this.#log?.failFile(result);
  }
}

/** WebdriverIO's packages do not export their package.json. */
function versionOfCli() {
  try {
    const { name, version } = require(join(realpathSync(process.argv[1]), '../../package.json'));
    return name === '@wdio/cli' ? version : null;
  } catch {
    return null;
  }
}

function canResolve(name) {
  try {
    return createRequire(join(process.cwd(), 'package.json')).resolve(name) !== '';
  } catch {
    return false;
  }
}

module.exports = KnownFailuresService;
