// Tells whether a pattern, in the engine of JavaScript, is done with some texts in time.
'use strict';

const { join } = require('node:path');
const { Worker } = require('node:worker_threads');

class Stopwatch {
  /** @type {Worker | null} */
  #worker = null;

  /**
   * @param {{ source: string, flags: string }} pattern
   * @param {string[]} texts
   * @param {number} limitMs for all of them
   * @returns {Promise<string | null>} the text that it was not done with; null if it was done with all
   */
  run({ source, flags }, texts, limitMs) {
    this.#worker ??= new Worker(join(__dirname, 'stopwatch-worker.js'));
    const worker = this.#worker;
    return new Promise((resolve, reject) => {
      let current = 0;
      let timer;
      const finish = (result) => {
        clearTimeout(timer);
        worker.removeAllListeners();
        resolve(result);
      };
      worker.on('message', ({ isDone, at }) => {
        // the time to start the thread does not count
        timer ??= setTimeout(() => {
          this.close();
          finish(texts[current]);
        }, limitMs);
        if (isDone) finish(null);
        else current = at;
      });
      worker.on('error', (error) => {
        clearTimeout(timer);
        reject(error);
      });
      worker.postMessage({ source, flags, texts });
    });
  }

  /** Ends the thread, also within a search. */
  close() {
    void this.#worker?.terminate();
    this.#worker = null;
  }
}

module.exports = { Stopwatch };
