// The times of a run: those of the recorder's clock, and the one on the wall for the start.
'use strict';

const { performance } = require('node:perf_hooks');

// A test may replace them by fake ones.
const wallClock = Date.now;
const monotonic = performance.now.bind(performance);

class Clock {
  /** When the run started, by the recorder's clock, and in milliseconds since 1970. */
  origin;
  startedAt;
  #read;

  /** @param {() => number} read milliseconds */
  constructor(read) {
    this.#read = read;
    this.start();
  }

  start() {
    this.origin = this.now();
    this.startedAt = wallClock();
  }

  now() {
    try {
      const now = this.#read();
      if (typeof now === 'number' && Number.isFinite(now)) return now;
    } catch {
      // a clock that fails is no clock
    }
    return monotonic();
  }

  /** Milliseconds since the run's start. */
  elapsed() {
    return Math.max(0, this.now() - this.origin);
  }

  /** The time of the recorder's clock at so many milliseconds since 1970. */
  at(epochMs) {
    return this.origin + (epochMs - this.startedAt);
  }
}

module.exports = { Clock, monotonic };
