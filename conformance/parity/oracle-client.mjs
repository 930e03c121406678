// A child process that speaks the protocol of `frames.mjs`: the engine under test, or V8.
//
// The child may die or stop answering; either is an answer, too. Then the client restarts it and sends the open requests one at a time, which
// shows for certain which one is to blame.

import { spawn } from 'node:child_process';
import { encodeRequests, FrameReader } from './frames.mjs';

const STDERR_KEPT = 2000;

export class OracleClient {
  #command;
  #args;
  #env;
  #stallMs;
  #timed;
  #child;
  #reader;
  #stderr = '';
  /** Sent and not answered yet, in order. */
  #sent = [];
  /** Not sent yet. */
  #queue = [];
  /** How many of the next requests go one at a time. */
  #suspects = 0;
  #progressAt = 0;
  #stalled = false;
  #closing = false;
  #watchdog;

  /**
   * @param {string} command
   * @param {string[]} args
   * @param {{ stallMs?: number, env?: Record<string, string>, timed?: boolean }} [options] `stallMs`: a child without an answer
   *   for this time is killed; `timed`: it sends the time of each search
   */
  constructor(command, args = [], { stallMs = 10_000, env = {}, timed = false } = {}) {
    this.#command = command;
    this.#args = args;
    this.#env = env;
    this.#stallMs = stallMs;
    this.#timed = timed;
    this.#start();
    this.#watchdog = setInterval(() => this.#watch(), Math.min(250, stallMs / 4));
    this.#watchdog.unref();
  }

  /**
   * @param {{ pattern: string, flags: string, texts: string[] }} request
   * @returns {Promise<object>} `{ engines, results }`, `{ refused }`, or `{ failed: { how: 'died' | 'stalled', stderr } }`
   */
  judge(request) {
    return this.judgeAll([request]).then(([response]) => response);
  }

  /** The answers to all the requests, in their order. */
  judgeAll(requests) {
    const answers = requests.map((request) => new Promise((resolve) => this.#queue.push({ request, resolve })));
    this.#pump();
    return Promise.all(answers);
  }

  async close() {
    clearInterval(this.#watchdog);
    this.#closing = true;
    const gone = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.stdin.end();
    await gone;
  }

  #start() {
    this.#reader = new FrameReader({ timed: this.#timed });
    this.#stderr = '';
    this.#stalled = false;
    const child = spawn(this.#command, this.#args, { env: { ...process.env, ...this.#env } });
    this.#child = child;
    child.stdout.on('data', (chunk) => this.#receive(chunk));
    child.stderr.on('data', (chunk) => {
      this.#stderr = (this.#stderr + chunk).slice(-STDERR_KEPT);
    });
    // a child that dies during a write also breaks the pipe; 'close' is enough
    child.stdin.on('error', () => {});
    child.on('error', (error) => {
      this.#stderr += String(error);
    });
    child.on('close', () => {
      if (!this.#closing && child === this.#child) this.#revive();
    });
  }

  #pump() {
    const now = Date.now();
    const room = this.#suspects > 0 ? 1 - this.#sent.length : this.#queue.length;
    if (room <= 0 || this.#queue.length === 0) return;
    if (this.#sent.length === 0) this.#progressAt = now;
    const next = this.#queue.splice(0, room);
    this.#sent.push(...next);
    this.#child.stdin.write(encodeRequests(next.map(({ request }) => request)));
  }

  #receive(chunk) {
    this.#progressAt = Date.now();
    this.#reader.push(chunk);
    let answered = 0;
    for (; answered < this.#sent.length; answered++) {
      const { request, resolve } = this.#sent[answered];
      const response = this.#reader.readResponse(request.texts.length);
      if (response === undefined) break;
      resolve(response);
    }
    this.#sent.splice(0, answered);
    this.#suspects = Math.max(0, this.#suspects - answered);
    if (answered > 0) this.#pump();
  }

  #watch() {
    if (this.#sent.length === 0 || Date.now() - this.#progressAt < this.#stallMs) return;
    this.#stalled = true;
    this.#child.kill('SIGKILL');
  }

  #revive() {
    if (this.#sent.length === 1) {
      const [{ resolve }] = this.#sent;
      resolve({ failed: { how: this.#stalled ? 'stalled' : 'died', stderr: this.#stderr } });
      this.#suspects = Math.max(0, this.#suspects - 1);
    } else {
      this.#queue.unshift(...this.#sent);
      this.#suspects = this.#sent.length;
    }
    this.#sent = [];
    this.#start();
    this.#pump();
  }
}
