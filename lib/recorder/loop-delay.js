// Samples how late the event loop is. The memory is bounded: when there are too many samples, two become one.
'use strict';

const { monitorEventLoopDelay } = require('node:perf_hooks');
const timers = require('node:timers');
const { MAX_LOOP_SAMPLES } = require('./limits.js');

/** Milliseconds between two ticks of the timer that is measured. */
const RESOLUTION_MS = 10;
/** Milliseconds of a sample at first. */
const INTERVAL_MS = 500;

class LoopDelay {
  #histogram = null;
  #timer;
  #now;
  #intervalMs = INTERVAL_MS;
  /** @type {import('./run-report.d.ts').LoopSample[]} */
  #samples = [];

  /** @param {() => number} now milliseconds since the run's start */
  constructor(now) {
    this.#now = now;
  }

  start() {
    try {
      this.#histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
      this.#histogram.enable();
      this.#schedule();
    } catch {
      this.#histogram = null; // a runtime that cannot measure it
    }
  }

  #schedule() {
    timers.clearInterval(this.#timer);
    this.#timer = timers.setInterval(() => this.#sample(), this.#intervalMs);
    this.#timer.unref?.();
  }

  #sample() {
    const { max } = this.#histogram;
    this.#histogram.reset();
    const delayMs = Math.max(0, max / 1e6 - RESOLUTION_MS);
    this.#samples.push({ atMs: rounded(this.#now()), delayMs: rounded(delayMs) });
    if (this.#samples.length < MAX_LOOP_SAMPLES) return;
    this.#samples = halved(this.#samples);
    this.#intervalMs *= 2;
    this.#schedule();
  }

  /** @returns {import('./run-report.d.ts').LoopSample[] | null} */
  record() {
    if (this.#histogram === null) return null;
    if (this.#timer !== undefined) this.#sample();
    return [...this.#samples];
  }

  stop() {
    timers.clearInterval(this.#timer);
    this.#timer = undefined;
    this.#histogram?.disable();
  }
}

function halved(samples) {
  const half = [];
  for (let index = 0; index < samples.length; index += 2) {
    const [first, second = first] = samples.slice(index, index + 2);
    half.push({ atMs: second.atMs, delayMs: Math.max(first.delayMs, second.delayMs) });
  }
  return half;
}

/** To a hundredth: a report has many of them. */
const rounded = (ms) => Math.round(ms * 100) / 100;

module.exports = { LoopDelay };
