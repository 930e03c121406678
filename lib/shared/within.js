// A limit on how long a hook of a runner waits.
'use strict';

const timers = require('node:timers');

/** Waits for some work, but not longer than this. Rejects if the work does. @param {number} milliseconds @param {PromiseLike<unknown>} work */
async function within(milliseconds, work) {
  let timer;
  const limit = new Promise((resolve) => {
    timer = timers.setTimeout(resolve, milliseconds);
  });
  try {
    await Promise.race([work, limit]);
  } finally {
    timers.clearTimeout(timer);
  }
}

module.exports = { within };
