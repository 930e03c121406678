// 50 worker threads, each loading, classifying and being terminated in flight. asan.mjs runs it under AddressSanitizer.

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { classify, loadRules } from '../../../index.js';

const addon = new URL('../../../index.js', import.meta.url).href;

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

/** @returns {Promise<boolean>} that it was survived; what is not survived is the process */
export async function workers(tell, { count = 50, atOnce = 5 } = {}) {
  const url = new URL(`data:text/javascript,${encodeURIComponent(source)}`);
  let started = 0;
  const one = async () => {
    while (started < count) {
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
  const begun = performance.now();
  await Promise.all(Array.from({ length: atOnce }, one));
  await loadRules([{ issue: 'A', error: 'boom' }]);
  const { issue } = await classify('', 'boom');
  tell(
    `${count} workers terminated in flight, ${atOnce} at a time, in ${Math.round(performance.now() - begun)} ms; the next verdict is right: ${issue === 'A'}`,
  );
  return issue === 'A';
}
