// The rules are the process's: loaded once, used by the main thread and by every worker thread.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import test from 'node:test';
import { Worker } from 'node:worker_threads';
import { classify, loadRules } from '../index.js';
import { ADDON, inWorker } from './threads.mjs';

test('rules that ended workers have loaded stay in force', async () => {
  // first in the file: the main thread has loaded nothing yet
  const report = await inWorker(`return kf.loadRules([{ issue: 'of a worker', error: 'boom' }])`);
  const verdict = await classify('', 'boom');
  assert.deepEqual([verdict.issue, verdict.rulesVersion], ['of a worker', report.version]);
});

test('workers classify by the rules of the main thread, all at once', async () => {
  const { version } = await loadRules([{ issue: 'of the main thread', error: 'boom \\d+' }]);
  const answers = await Promise.all(
    Array.from({ length: 8 }, () =>
      inWorker(`
        const verdicts = await kf.classifyAll(Array.from({ length: 500 }, (_, n) => ({ error: 'boom ' + n })));
        const { signal } = new AbortController();
        const more = await Promise.all(Array.from({ length: 50 }, (_, n) => kf.classify('', new Error('boom ' + n), { signal })));
        return [...new Set([...verdicts, ...more].map((v) => v.issue + ' ' + v.rulesVersion))];
      `),
    ),
  );
  for (const answer of answers) assert.deepEqual(answer, [`of the main thread ${version}`]);
});

test('a worker that is terminated with calls in flight harms nobody', async () => {
  await loadRules([{ issue: 'A', error: 'boom' }]);
  for (let round = 0; round < 10; round++) {
    const source = `import { parentPort } from 'node:worker_threads';
      import { classify, loadRules } from ${JSON.stringify(ADDON)};
      const { signal } = new AbortController();
      for (let n = 0; n < 300; n++) classify('', 'x'.repeat(2000) + n, { signal }).catch(() => {});
      loadRules([{ issue: 'B', error: 'bang' }]);
      parentPort.postMessage('in flight');`;
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(source)}`));
    await once(worker, 'message');
    await worker.terminate();
  }
  await loadRules([{ issue: 'C', error: 'boom' }]);
  assert.equal((await classify('', 'boom')).issue, 'C');
});
