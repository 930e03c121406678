// How late the event loop is.

import { monitorEventLoopDelay, PerformanceObserver } from 'node:perf_hooks';

const resolution = 1;

/**
 * Watches the event loop until `stop` is called. `monitorEventLoopDelay` records the time between two ticks of a timer of 1 ms; what
 * is above that 1 ms is the delay. A timer has no finer grain, so an idle loop shows some 0.1 ms.
 *
 * The garbage collector stops the loop too, and on a tree of 3,000 tests it is what stops it longest; hence `maxGc`.
 *
 * @returns {{ stop(): { p50: number, p99: number, max: number, maxGc: number } }} in milliseconds
 */
export function watchLoopDelay() {
  const histogram = monitorEventLoopDelay({ resolution });
  let maxGc = 0;
  const observe = (entries) => {
    for (const { duration } of entries) maxGc = Math.max(maxGc, duration);
  };
  const observer = new PerformanceObserver((list) => observe(list.getEntries()));
  observer.observe({ entryTypes: ['gc'] });
  histogram.enable();
  return {
    stop() {
      histogram.disable();
      observe(observer.takeRecords());
      observer.disconnect();
      const delay = (nanoseconds) => Math.max(0, nanoseconds / 1e6 - resolution);
      return { p50: delay(histogram.percentile(50)), p99: delay(histogram.percentile(99)), max: delay(histogram.max), maxGc };
    },
  };
}
