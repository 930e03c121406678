// The CPU time of the main thread: what the event loop pays, whatever other threads do meanwhile.

import { readFileSync } from 'node:fs';

/** @returns {number | null} nanoseconds; null where the system does not tell (Linux does) */
export function mainThreadNs() {
  try {
    return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'latin1').split(' ')[0]);
  } catch {
    return null;
  }
}
