// A limit on how long something waits.
'use strict';

const timers = require('node:timers');

/**
 * Waits for some work, but not longer than this. Rejects if the work does in that time. The process stays alive meanwhile.
 *
 * @param {number} milliseconds
 * @param {unknown} work a promise, of whatever library; anything else is done
 * @returns {Promise<boolean>} whether it was done
 */
async function within(milliseconds, work) {
  let timer;
  const limit = new Promise((resolve) => {
    timer = timers.setTimeout(() => resolve(false), milliseconds);
  });
  try {
    return await Promise.race([Promise.resolve(work).then(() => true), limit]);
  } finally {
    timers.clearTimeout(timer);
  }
}

module.exports = { within };
