// An event loop with nothing to do, as the measure of what the machine does to any of them: Java and the browsers need the CPUs, too.

import { once } from 'node:events';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { watchLoopDelay } from '../demo/loop-delay.mjs';

if (!isMainThread && parentPort) {
  const port = parentPort;
  const loop = watchLoopDelay();
  port.once('message', () => port.postMessage(loop.stop()));
}

/** @returns {{ stop(): Promise<{ p50: number, p99: number, max: number }> }} its delay in milliseconds */
export function watchIdleThread() {
  const worker = new Worker(new URL(import.meta.url));
  return {
    async stop() {
      worker.postMessage('stop');
      const [delay] = await once(worker, 'message');
      return delay;
    },
  };
}
