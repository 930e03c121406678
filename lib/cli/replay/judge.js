// Failures in, verdicts of the rules in force out, in order.
'use strict';

const { classifyAll } = require('../../../index.js');

/** Batches that are being judged while the next one is read. A batch is what a chunk of a file holds, so this bounds the memory. */
const BATCHES_AHEAD = 8;

/** @typedef {import('../failures/index.js').Failure} Failure */
/** @typedef {import('../../../index.js').Verdict} Verdict */

/**
 * @param {AsyncIterable<Failure[]>} batches
 * @returns {AsyncGenerator<{ failures: Failure[], verdicts: Verdict[] }>}
 */
async function* judged(batches) {
  const ahead = [];
  for await (const failures of batches) {
    const verdicts = classifyAll(failures);
    // awaited later: a rejection before that must not end the process
    verdicts.catch(() => {});
    ahead.push({ failures, verdicts });
    if (ahead.length > BATCHES_AHEAD) yield settled(ahead.shift());
  }
  for (const one of ahead) yield settled(one);
}

async function settled({ failures, verdicts }) {
  return { failures, verdicts: await verdicts };
}

module.exports = { judged };
