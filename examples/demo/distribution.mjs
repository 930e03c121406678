// Collects milliseconds and gives their percentiles.

import { createHistogram } from 'node:perf_hooks';

export class Distribution {
  // Three significant digits in constant memory: a run has hundreds of thousands of values.
  #histogram = createHistogram();

  /** @param {number} ms */
  record(ms) {
    this.#histogram.record(Math.max(1, Math.round(ms * 1e6)));
  }

  get count() {
    return this.#histogram.count;
  }

  /** @param {number} percent in (0, 100] */
  percentile(percent) {
    return this.#histogram.percentile(percent) / 1e6;
  }

  get max() {
    return this.#histogram.max / 1e6;
  }
}
