// Does the process survive 50 worker threads that load, classify and are terminated with calls in flight? asan.mjs runs it, too.

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { classify, loadRules } from '../../index.js';

const addon = new URL('../../index.js', import.meta.url).href;

const source = `
  import { parentPort } from 'node:worker_threads';
  import { classify, classifyAll, loadRules } from ${JSON.stringify(addon)};
  await loadRules([{ issue: 'W', error: 'boom (\\\\d)[^]*\\\\1!' }]);
  await Promise.all(Array.from({ length: 100 }, (_, n) => classify('', 'boom ' + n)));
  const { signal } = new AbortController();
  const fire = (n) => {
    classify('test ' + n, 'x'.repeat(2000) + ' boom ' + n, n % 2 ? { signal } : undefined).catch(() => {});
  };
  for (let n = 0; n < 1000; n++) fire(n);
  classifyAll(Array.from({ length: 200 }, () => ({ error: 'xy'.repeat(1000) }))).catch(() => {});
  loadRules([{ issue: 'V', error: 'bang' }]).catch(() => {});
  parentPort.postMessage('in flight');`;

const AT_ONCE = 5;

/** @type {import('./main.mjs').Scenario} */
export async function measure({ quick, times = quick ? 10 : 50, tell }) {
  const url = new URL(`data:text/javascript,${encodeURIComponent(source)}`);
  let started = 0;
  const one = async () => {
    while (started < times) {
      started++;
      const worker = new Worker(url);
      const exit = once(worker, 'exit');
      await once(worker, 'message');
      // at another moment each time
      await new Promise((resolve) => setTimeout(resolve, started % 7));
      await worker.terminate();
      await exit;
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  tell(`${times} workers terminated in flight, ${AT_ONCE} at a time, in ${Math.round(performance.now() - startedAt)} ms`);
  await loadRules([{ issue: 'A', error: 'boom' }]);
  const { issue } = await classify('', 'boom');
  return [{ figure: `wrong verdicts after ${times} terminated workers`, value: issue === 'A' ? 0 : 1, limit: 0 }];
}
