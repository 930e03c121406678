// A list that a function of the caller gives: from a database, say, or a client of one's own.
'use strict';

const { withTimeLimit } = require('./clock.js');
const { ListProblem, wordsOf } = require('./problem.js');

/**
 * @param {(context: { signal: AbortSignal }) => unknown} give
 * @param {{ timeoutMs: number }} options
 * @param {import('./clock.js').Clock} clock
 * @returns {import('./source.js').Source}
 */
function functionSource(give, { timeoutMs }, clock) {
  return {
    read(_, outer) {
      const reason = () => new ListProblem(`was not there within ${timeoutMs} ms`, { retryable: true });
      return withTimeLimit(clock, { limitMs: timeoutMs, outer, reason }, async (signal) => {
        try {
          return { rules: await give({ signal }), etag: null, lastModified: null };
        } catch (error) {
          throw new ListProblem(`could not be had: ${wordsOf(error)}`, { retryable: true, cause: error });
        }
      });
    },
  };
}

module.exports = { functionSource };
