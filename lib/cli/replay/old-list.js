// Verdicts of the old list, from a process of its own.
'use strict';

const { fork } = require('node:child_process');

/** @typedef {import('../rules-file.js').RulesFile} RulesFile */

class OldList {
  #child;
  #chunks;
  #bytes = Buffer.alloc(0);
  /** What the process says went wrong. @type {{ message: string, exitCode?: number } | null} */
  #fault = null;

  /** @param {RulesFile} file @param {string[]} paths the failures */
  constructor({ name, text, loadOptions }, paths) {
    this.#child = fork(require.resolve('./old-list-process.js'), [], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
    this.#child.on('message', (fault) => {
      this.#fault = /** @type {any} */ (fault);
    });
    // what it could not be sent, its end tells
    this.#child.on('error', () => {});
    this.#child.send({ file: { name, text, loadOptions }, paths }, () => {});
    this.#chunks = this.#child.stdout[Symbol.asyncIterator]();
  }

  /**
   * The rules of the next failures, in the order in which they are read.
   *
   * @param {number} count
   * @returns {Promise<number[]>} indexes in the list, -1 for none
   */
  async take(count) {
    const parts = [this.#bytes];
    for (let length = this.#bytes.length; length < count * 4; ) {
      const { done, value } = await this.#chunks.next();
      if (done) throw await this.#early();
      parts.push(value);
      length += value.length;
    }
    const bytes = Buffer.concat(parts);
    this.#bytes = bytes.subarray(count * 4);
    return Array.from({ length: count }, (_, at) => bytes.readInt32LE(at * 4));
  }

  close() {
    this.#child.kill();
  }

  /** Its standard output has ended too early. */
  async #early() {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      await new Promise((resolve) => this.#child.once('exit', resolve));
    }
    if (this.#fault !== null) return Object.assign(new Error(this.#fault.message), { exitCode: this.#fault.exitCode });
    const how = this.#child.signalCode ?? `exit code ${this.#child.exitCode}`;
    return new Error(`the process that judges by the old list ended with ${how}, or the failures have changed meanwhile`);
  }
}

module.exports = { OldList };
