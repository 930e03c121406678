// What a worker tells the main process: the calls of recorder hooks, one a line, in a file of its own. A line is written at once, so
// that a worker that crashes loses nothing but the commands of its last test.
'use strict';

const { appendFileSync, readdirSync, readFileSync, rmSync } = require('node:fs');
const { join } = require('node:path');
const { performance } = require('node:perf_hooks');
const process = require('node:process');
const { readError, wholeText } = require('../../api/error-text.js');

/** The lines of a worker. What follows the last line break is of one that was killed while it wrote. */
const linesOf = (text) => text.split('\n').slice(0, -1);

const textOf = (error) => wholeText(readError(error));

/** The hooks of a recorder, as far as the events of a worker need them. */
class WorkerLog {
  #path;
  #specs;
  #isTrouble = false;
  /** Lines of commands, which are written with the next of a test. */
  #waiting = '';

  /** @param {string} folder @param {string} cid @param {string[]} specs */
  constructor(folder, cid, specs) {
    // a retry of the spec files has the same `cid`
    this.#path = join(folder, `${cid}.${process.pid}`);
    this.#specs = specs;
  }

  startTest(test) {
    this.#write('startTest', { startedAt: Date.now(), ...test });
  }

  endTest({ errors = [], ...result }) {
    this.#write('endTest', { ...result, errors: errors.map(textOf) });
  }

  fail({ errors, ...failure }) {
    this.#write('fail', { ...failure, errors: errors.map(textOf) });
  }

  failFile(error) {
    this.#write('failFile', { kind: 'file', file: this.#specs[0], errors: [textOf(error)] });
  }

  /** The time is that on the wall: each process has a clock of its own. */
  onLog(event) {
    this.#waiting += `${JSON.stringify(['onLog', { ...event, at: Date.now() }])}\n`;
  }

  end() {
    this.#write('end', null);
  }

  #write(hook, argument) {
    const lines = `${this.#waiting}${JSON.stringify([hook, argument])}\n`;
    this.#waiting = '';
    try {
      appendFileSync(this.#path, lines);
    } catch (error) {
      if (this.#isTrouble) return;
      this.#isTrouble = true;
      process.emitWarning(`known-failures: what this worker did cannot be written: ${error.message}`, 'KnownFailuresWarning');
    }
  }
}

/**
 * Calls the recorder with what a worker has written, and deletes it. A test that did not end is unfinished.
 *
 * @param {string} folder
 * @param {string} cid
 * @param {import('../../recorder/index.d.ts').Recorder} recorder
 * @returns {{ hasEnded: boolean, fileFailures: { kind: 'file', file: string, errors: string[] }[] }}
 */
function replayLogs(folder, cid, recorder) {
  const fileFailures = [];
  const open = new Set();
  let hasEnded = false;
  const hooks = {
    startTest: (test) => {
      open.add(test.id);
      recorder.startTest(test);
    },
    endTest: (result) => {
      open.delete(result.id);
      recorder.endTest(result);
    },
    onLog: (event) => recorder.onLog({ ...event, at: event.at - performance.timeOrigin }),
    fail: (failure) => recorder.fail(failure),
    failFile: (failure) => fileFailures.push(failure),
    end: () => {
      hasEnded = true;
    },
  };
  for (const name of readdirSync(folder).filter((name) => name.startsWith(`${cid}.`))) {
    const path = join(folder, name);
    for (const line of linesOf(readFileSync(path, 'utf8'))) {
      const [hook, argument] = JSON.parse(line);
      hooks[hook](argument);
    }
    rmSync(path);
  }
  for (const id of open) recorder.endTest({ id, status: 'unfinished' });
  return { hasEnded, fileFailures };
}

module.exports = { WorkerLog, replayLogs };
