// Worker threads: rules that one loaded are everyone's, and a worker may be terminated with calls in flight.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { classify, classifyAll, loadRules } from '../../index.js';

if (isMainThread) await main();
else await worker(workerData);

async function main() {
  const version = await answerOf('load');
  const { issue, rulesVersion } = await classify('', 'boom');
  assert.deepEqual([issue, rulesVersion], ['of a worker', version]);
  const answers = await Promise.all(Array.from({ length: 4 }, () => answerOf('classify')));
  for (const answer of answers) assert.deepEqual(answer, [`of a worker ${version}`]);
  for (let round = 0; round < 5; round++) {
    const busy = new Worker(new URL(import.meta.url), { workerData: 'busy' });
    await once(busy, 'message');
    await busy.terminate();
  }
  await loadRules([{ issue: 'of the main thread', error: 'boom' }]);
  assert.equal((await classify('', 'boom')).issue, 'of the main thread');
  console.log('ok');
}

async function answerOf(work) {
  const thread = new Worker(new URL(import.meta.url), { workerData: work });
  // both at once: the exit may come in the turn of the message
  const exited = once(thread, 'exit');
  const [answer] = await once(thread, 'message');
  const [code] = await exited;
  assert.equal(code, 0);
  return answer;
}

async function worker(work) {
  if (work === 'load') {
    const { version } = await loadRules([{ issue: 'of a worker', error: 'boom \\d*|boom' }]);
    parentPort.postMessage(version);
  } else if (work === 'classify') {
    const verdicts = await classifyAll(Array.from({ length: 500 }, (_, n) => ({ error: `boom ${n}` })));
    const { signal } = new AbortController();
    const more = await Promise.all(Array.from({ length: 50 }, (_, n) => classify('', new Error(`boom ${n}`), { signal })));
    parentPort.postMessage([...new Set([...verdicts, ...more].map((verdict) => `${verdict.issue} ${verdict.rulesVersion}`))]);
  } else {
    const { signal } = new AbortController();
    for (let n = 0; n < 300; n++) classify('', 'x'.repeat(2000) + n, { signal }).catch(() => {});
    parentPort.postMessage('in flight');
  }
}
