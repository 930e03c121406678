// The queue in front of libuv's pool: every promise settles, slow calls let others go first, the loop has its turns.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { classify, classifyAll, queueSize } from '../index.js';
import { load } from './support.mjs';

const SLOW_RULES = Array.from({ length: 400 }, (_, index) => ({ issue: `S-${index}`, error: `([xy])[^]*\\1{${index + 2}}` }));
const SLOW_TEXT = 'xy'.repeat(200_000);
const QUICK = [{ issue: 'A', error: 'boom' }];

/** Starts calls that would take minutes. Gives what stops them. */
function occupy(count = 20) {
  const controller = new AbortController();
  const calls = Array.from({ length: count }, () => classify('', SLOW_TEXT, controller));
  const settled = Promise.allSettled(calls);
  return async () => {
    controller.abort();
    await settled;
  };
}

test('queueSize counts the texts that have no verdict yet', async () => {
  await load(QUICK);
  assert.equal(queueSize(), 0);
  const one = classify('', 'boom');
  const all = classifyAll(Array(10).fill({ error: 'boom' }));
  assert.equal(queueSize(), 11);
  await Promise.all([one, all]);
  assert.equal(queueSize(), 0);
  await load(SLOW_RULES);
  const stop = occupy(5);
  assert.equal(queueSize(), 5);
  const stopped = stop();
  assert.equal(queueSize(), 0, 'at once');
  await stopped;
  await assert.rejects(classify('', 'boom', 7));
  assert.equal(queueSize(), 0);
});

test('an abort rejects at once, whether a call waits or is worked on', async () => {
  await load(SLOW_RULES);
  const stop = occupy(100);
  await turn();
  const begun = performance.now();
  await stop();
  const ms = performance.now() - begun;
  assert.ok(ms < 100, `${ms} ms`);
});

test('quick calls do not wait for slow ones to end', async () => {
  await load(SLOW_RULES);
  const stop = occupy(40);
  const begun = performance.now();
  const verdicts = await Promise.all(Array.from({ length: 100 }, () => classify('', 'no letter of those')));
  assert.ok(verdicts.every(({ reason }) => reason === 'no-match'));
  const ms = performance.now() - begun;
  await stop();
  // each slow one is begun first, for a slice; then they take turns
  assert.ok(ms < 10_000, `${ms} ms`);
});

test('files are read while slow calls are worked on', async () => {
  await load(SLOW_RULES);
  const stop = occupy(1000);
  const begun = performance.now();
  for (let n = 0; n < 10; n++) await readFile(new URL(import.meta.url));
  const ms = performance.now() - begun;
  await stop();
  assert.ok(ms < 2_000, `${ms} ms`);
});

test('10,000 promises settle, in many turns of the loop', async () => {
  await load(QUICK);
  let settled = 0;
  let most = 0;
  const calls = Array.from({ length: 10_000 }, (_, n) =>
    classify('', `boom ${n}`).then((verdict) => {
      settled++;
      return verdict;
    }),
  );
  while (settled < calls.length) {
    const before = settled;
    await turn();
    most = Math.max(most, settled - before);
  }
  assert.ok(most <= 512, `${most} in one turn of the loop`);
  const verdicts = await Promise.all(calls);
  assert.ok(verdicts.every(({ issue, match }) => issue === 'A' && match.text === 'boom'));
});

test('a batch comes back in order, and in many turns of the loop', async () => {
  await load([{ issue: 'odd', error: '[13579]$', id: 'o' }]);
  const texts = Array.from({ length: 20_000 }, (_, n) => ({ test: 't', error: `${n}` }));
  let done = false;
  let turns = 0;
  const batch = classifyAll(texts).finally(() => (done = true));
  while (!done) {
    await turn();
    turns++;
  }
  const verdicts = await batch;
  assert.ok(turns > 20, `${turns} turns`);
  assert.equal(verdicts.length, texts.length);
  for (const [n, { issue }] of verdicts.entries()) assert.equal(issue, n % 2 ? 'odd' : null);
  assert.deepEqual(await classifyAll([]), []);
});

test('a batch that is aborted on its way is over at once', async () => {
  await load(QUICK);
  const items = Array.from({ length: 20_000 }, (_, n) => ({ test: 't', error: `${'x'.repeat(1000)} ${n}` }));
  const controller = new AbortController();
  const batch = classifyAll(items, { signal: controller.signal });
  while (queueSize() === items.length) await turn();
  const rejected = assert.rejects(batch, { name: 'AbortError' });
  controller.abort();
  assert.equal(queueSize(), 0);
  await rejected;
  assert.equal((await classifyAll([...items.slice(0, 500), { error: 'boom' }])).at(-1).issue, 'A');
  assert.equal(queueSize(), 0);
});

test('a batch that is put aside again and again is answered like its parts', async () => {
  await load([
    { issue: 'slow', error: '(?:a|b|(?=c)c)*?(?<=x)z' },
    { issue: 'late', error: 'end(.)\\1$' },
  ]);
  const texts = Array.from({ length: 20 }, (_, n) => ({ error: `${'ab'.repeat(20_000)}${n % 2 ? 'end!!' : 'end!?'}` }));
  const [all, ...each] = await Promise.all([classifyAll(texts), ...texts.map(({ error }) => classify('', error))]);
  assert.deepEqual(all, each);
  assert.deepEqual(
    all.map(({ issue }) => issue),
    texts.map((_, n) => (n % 2 ? 'late' : null)),
  );
});

test('what the caller has replaced does not matter', async () => {
  await load(QUICK);
  const { Promise: original, setImmediate: originalImmediate } = globalThis;
  globalThis.Promise = undefined;
  globalThis.setImmediate = undefined;
  const call = classify('', 'boom');
  Object.assign(globalThis, { Promise: original, setImmediate: originalImmediate });
  assert.equal((await call).issue, 'A');
});

test('nor does what has become of promises matter to a rejection', async (t) => {
  const controller = new AbortController();
  const rejected = assert.rejects(classify('', 'boom', controller), /enough/);
  const then = t.mock.method(Promise.prototype, 'then', () => {});
  controller.abort(new Error('enough'));
  await turn();
  assert.equal(then.mock.callCount(), 0);
  then.mock.restore();
  await rejected;
});

test('a classifyAll near the end of the stack has its verdicts, or throws', async () => {
  await load(QUICK);
  for (const count of [1, 1200]) {
    const items = Array(count).fill({ test: 't', error: 'boom' });
    const calls = [];
    let thrown = 0;
    const overflow = () => {
      try {
        overflow();
      } catch {
        // on the way back there is more and more room
      }
      if (calls.length + thrown < 100) {
        try {
          calls.push(classifyAll(items));
        } catch {
          thrown++;
        }
      }
    };
    overflow();
    for (const { status, value, reason } of await Promise.allSettled(calls)) {
      if (status === 'fulfilled') assert.ok(value.length === count && value.every(({ issue }) => issue === 'A'));
      else assert.ok(reason instanceof RangeError, reason);
    }
    assert.ok(calls.length > 0);
    // a call that has thrown may be at work yet
    for (let turns = 0; queueSize() > 0 && turns < 10_000; turns++) await turn();
    assert.equal(queueSize(), 0);
  }
});
