// A limit on how long a hook of a runner waits.
'use strict';

const timers = require('node:timers');

/**
 * Waits for some work, but not longer than this. Rejects if the work does in that time.
 *
 * @param {number} milliseconds
 * @param {PromiseLike<unknown>} work
 * @returns {Promise<boolean>} whether it was done
 */
async function within(milliseconds, work) {
  let timer;
  const limit = new Promise((resolve) => {
    timer = timers.setTimeout(() => resolve(false), milliseconds);
  });
  try {
    return await Promise.race([work.then(() => true), limit]);
  } finally {
    timers.clearTimeout(timer);
  }
}

module.exports = { within };
