// Measures how late the event loop is.

import { monitorEventLoopDelay, PerformanceObserver } from 'node:perf_hooks';

const resolution = 1;

/**
 * Watches the event loop until `stop` is called. `monitorEventLoopDelay` records the time between two ticks of a 1 ms timer. What
 * exceeds 1 ms is the delay. An idle loop shows about 0.1 ms, because timers are no more exact than that.
 *
 * `maxGc`: garbage collection stops the loop, too, and with a tree of 3,000 tests it is the longest stop.
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
