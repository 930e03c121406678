// Time and chance, in one place, so that tests can give their own. They are the built-ins as they were when the package was
// loaded: tests with fake timers must not stop a refresh.
'use strict';

// those of `node:timers`: the global ones of Deno give numbers, which have no `unref`
const { setTimeout, clearTimeout } = require('node:timers');
const { now } = Date;

/** The longest delay of a timer. */
const MAX_DELAY_MS = 2 ** 31 - 1;

/** @typedef {typeof clock} Clock */
const clock = {
  /** Milliseconds since 1970. */
  now,
  /** From 0 to 1, without 1. */
  random: Math.random,

  /** Calls `callback` once, later. The timer keeps no process alive. Gives a function that cancels it. */
  later(callback, delayMs) {
    const timer = setTimeout(callback, Math.min(delayMs, MAX_DELAY_MS));
    timer.unref();
    return () => clearTimeout(timer);
  },

  /** Keeps the process alive until the function that it gives is called. */
  hold() {
    const timer = setTimeout(() => {}, MAX_DELAY_MS);
    return () => clearTimeout(timer);
  },
};

/**
 * Resolves after `delayMs`; rejects with the signal's reason if that aborts earlier.
 *
 * @param {Clock} clock
 * @param {number} delayMs
 * @param {AbortSignal} [signal]
 */
function sleep(clock, delayMs, signal) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const aborted = () => {
      cancel();
      reject(signal.reason);
    };
    const cancel = clock.later(() => {
      signal?.removeEventListener('abort', aborted);
      resolve();
    }, delayMs);
    signal?.addEventListener('abort', aborted, { once: true });
  });
}

/**
 * Runs `work` with a signal that aborts with `reason()` after `limitMs`, or when `outer` does. It settles no later than that,
 * whatever `work` makes of its signal.
 *
 * @template T
 * @param {Clock} clock
 * @param {{ limitMs: number, outer: AbortSignal, reason: () => Error }} limits
 * @param {(signal: AbortSignal) => Promise<T>} work
 * @returns {Promise<T>}
 */
async function withTimeLimit(clock, { limitMs, outer, reason }, work) {
  outer.throwIfAborted();
  const controller = new AbortController();
  const { signal } = controller;
  const abort = () => controller.abort(outer.reason);
  outer.addEventListener('abort', abort, { once: true });
  const cancel = clock.later(() => controller.abort(reason()), limitMs);
  const aborted = new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  try {
    return await Promise.race([work(signal), aborted]);
  } finally {
    cancel();
    outer.removeEventListener('abort', abort);
  }
}

module.exports = { clock, sleep, withTimeLimit };
