// Milliseconds, collected as they come and asked for percentiles at the end.

import { createHistogram } from 'node:perf_hooks';

export class Distribution {
  // Three significant digits in constant memory, which a list of a few hundred thousand values would not be.
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
