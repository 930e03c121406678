// Tells whether a pattern, in the engine of JavaScript, is done with some texts in time.
'use strict';

const { join } = require('node:path');
const { Worker } = require('node:worker_threads');

class Stopwatch {
  /** @type {Worker | null} */
  #worker = null;
  /** What the thread says goes to the run that waits. @type {{ tell: (message: any) => void, fail: (error: Error) => void } | null} */
  #waiting = null;

  /**
   * One at a time.
   *
   * @param {{ source: string, flags: string }} pattern
   * @param {string[]} texts
   * @param {number} limitMs for all of them
   * @returns {Promise<string | null>} the text that it was not done with; null if it was done with all
   */
  async run({ source, flags }, texts, limitMs) {
    this.#worker ??= this.#start();
    const { promise, resolve, reject } = withResolvers();
    let current = 0;
    let timer;
    const tell = ({ isDone, at }) => {
      // the time to start the thread does not count
      timer ??= setTimeout(() => {
        this.close();
        resolve(texts[current]);
      }, limitMs);
      if (isDone) resolve(null);
      else current = at;
    };
    this.#waiting = { tell, fail: reject };
    this.#worker.postMessage({ source, flags, texts });
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      this.#waiting = null;
    }
  }

  #start() {
    const worker = new Worker(join(__dirname, 'stopwatch-worker.js'));
    // one that was ended for its time may still have something to say
    const isCurrent = () => this.#worker === worker;
    worker.on('message', (message) => isCurrent() && this.#waiting?.tell(message));
    worker.on('error', (error) => isCurrent() && this.#waiting?.fail(error));
    worker.on('exit', () => isCurrent() && this.#waiting?.fail(new Error('the thread that measures patterns has ended')));
    return worker;
  }

  /** Ends the thread, also within a search. */
  close() {
    void this.#worker?.terminate();
    this.#worker = null;
  }
}

/** Node.js 20 has no `Promise.withResolvers`. */
function withResolvers() {
  let resolve;
  let reject;
  const promise = new Promise((...functions) => {
    [resolve, reject] = functions;
  });
  return { promise, resolve, reject };
}

module.exports = { Stopwatch };
