// A peer is a child process that has loaded a list and obeys lines: `texts FILE`, `pass FROM COUNT PASSES`, `first FROM COUNT FILE`.
// It answers each with a line of JSON. So every peer has a heap, a collector and CPU time of its own, and peers can take turns.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export class Child {
  #process;
  #lines;
  #name;

  /** What the peer said when it had loaded: at least `compileMs` and `refused`. */
  loaded;

  /** @param {string} name for errors @param {import('node:child_process').SpawnOptions} [options] */
  static async start(name, command, args, options = {}) {
    const child = new Child();
    child.#name = name;
    child.#process = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'], ...options });
    // writing to a dead child fails here, and shows as a missing answer
    child.#process.stdin.on('error', () => {});
    child.#process.on('error', () => {});
    child.#lines = createInterface({ input: child.#process.stdout })[Symbol.asyncIterator]();
    child.loaded = await child.#answer();
    return child;
  }

  /** @returns {Promise<any>} */
  async #answer() {
    const { value, done } = await this.#lines.next();
    if (done) {
      if (this.#running()) await once(this.#process, 'exit');
      const { exitCode, signalCode } = this.#process;
      throw new Error(`${this.#name} ended without an answer (${signalCode ?? `exit code ${exitCode}`})`);
    }
    return JSON.parse(value);
  }

  #running() {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  /** @param {string} line */
  ask(line) {
    this.#process.stdin.write(`${line}\n`);
    return this.#answer();
  }

  /**
   * The same within a time limit.
   *
   * @param {string} line
   * @param {number} ms
   * @returns {Promise<any | null>} null: the peer took longer and was killed
   */
  async askWithin(line, ms) {
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), ms);
    try {
      return await this.ask(line);
    } catch (error) {
      if (this.#process.signalCode !== 'SIGKILL') throw error;
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  async end() {
    if (!this.#running()) return;
    this.#process.stdin.end();
    await once(this.#process, 'exit');
  }
}
