// Tries again what may succeed later: exponential back-off with jitter, so that processes which failed together do not come
// back together.
'use strict';

const { sleep } = require('./clock.js');

/** The longest pause between two attempts of one refresh. A source that asks for more is left alone until the next refresh. */
const MAX_PAUSE_MS = 30_000;

/**
 * Calls `attempt` until it resolves, fails for good, or has been called `attempts` times.
 *
 * @template T
 * @param {() => Promise<T>} attempt its error is tried again if that is `retryable`
 * @param {{ attempts: number, backoffMs: number, clock: import('./clock.js').Clock, signal: AbortSignal }} options
 * @returns {Promise<T>}
 */
async function withRetries(attempt, { attempts, backoffMs, clock, signal }) {
  for (let failed = 1; ; failed++) {
    try {
      return await attempt();
    } catch (error) {
      signal.throwIfAborted();
      if (error.retryable) error.attempts = failed;
      const pauseMs = Math.max(pauseAfter(failed, backoffMs, clock), error.retryAfterMs ?? 0);
      if (!error.retryable || failed >= attempts || pauseMs > MAX_PAUSE_MS) throw error;
      await sleep(clock, pauseMs, signal);
    }
  }
}

/** The pause after so many failed attempts: from half of `backoffMs * 2^(failed - 1)` to all of it. */
function pauseAfter(failed, backoffMs, clock) {
  const pauseMs = Math.min(backoffMs * 2 ** (failed - 1), MAX_PAUSE_MS);
  return pauseMs * (0.5 + clock.random() / 2);
}

module.exports = { withRetries, MAX_PAUSE_MS };
