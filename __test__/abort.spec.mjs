// AbortSignal: before, during and after a call; many calls with one signal; nothing left behind.

import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { classify, classifyAll } from '../index.js';
import { load } from './support.mjs';
import { SLOW_RULES, SLOW_TEXT } from './threads.mjs';

const listeners = (signal) => getEventListeners(signal, 'abort').length;
const outcome = (promise) =>
  promise.then(
    (verdict) => ({ verdict }),
    (reason) => ({ reason }),
  );

test('a signal already aborted rejects with its reason', async () => {
  await load([{ issue: 'A', error: 'boom' }]);
  for (const reason of [new Error('enough'), 'enough', 7, null, Symbol('s'), { code: 1 }, Object.freeze({}), () => {}]) {
    const signal = AbortSignal.abort(reason);
    for (const call of [classify('', 'boom', { signal }), classifyAll([{ error: 'boom' }], { signal })]) {
      assert.equal((await outcome(call)).reason, reason);
    }
    assert.equal(listeners(signal), 0);
  }
  const { reason } = await outcome(classify('', 'boom', { signal: AbortSignal.abort() }));
  assert.deepEqual([reason.name, reason.constructor], ['AbortError', DOMException]);
});

test('an abort right after the call rejects with its reason', async () => {
  await load([{ issue: 'A', error: 'boom' }]);
  for (const reason of [new Error('enough'), 'enough', undefined]) {
    const controller = new AbortController();
    const call = outcome(classify('', 'boom', controller));
    controller.abort(reason);
    assert.equal((await call).reason, controller.signal.reason);
    assert.equal(listeners(controller.signal), 0);
  }
});

test('an abort while a call is at work stops it', async () => {
  await load(SLOW_RULES);
  for (const start of [
    (signal) => classify('', SLOW_TEXT, { signal }),
    (signal) => classifyAll(Array(50).fill({ error: SLOW_TEXT }), { signal }),
  ]) {
    const signal = AbortSignal.timeout(50);
    const begun = performance.now();
    const { reason } = await outcome(start(signal));
    assert.equal(reason, signal.reason);
    assert.equal(reason.name, 'TimeoutError');
    assert.ok(performance.now() - begun < 2_000, 'stopped, not run to its end');
    assert.equal(listeners(signal), 0);
  }
});

test('an abort after the verdict changes nothing', async () => {
  await load([{ issue: 'A', error: 'boom' }]);
  const controller = new AbortController();
  const verdict = await classify('', 'boom', controller);
  controller.abort();
  assert.equal(verdict.issue, 'A');
  assert.equal(listeners(controller.signal), 0);
});

test('one signal serves many calls with one listener, and aborts those that are not done', async () => {
  await load(SLOW_RULES);
  const warnings = [];
  const onWarning = (warning) => warnings.push(warning);
  process.on('warning', onWarning);
  const controller = new AbortController();
  const { signal } = controller;
  for (let round = 0; round < 20; round++) {
    const quick = await Promise.all(Array.from({ length: 50 }, () => classify('', 'x', { signal })));
    assert.ok(quick.every(({ reason }) => reason === 'no-match'));
    assert.equal(listeners(signal), 0, 'no listener between calls');
  }
  const calls = Array.from({ length: 200 }, () => outcome(classify('', SLOW_TEXT, { signal })));
  assert.equal(listeners(signal), 1);
  await sleep(20);
  const other = await Promise.race([classify('', null), sleep(0)]);
  assert.ok(other === undefined || other.reason === 'no-error');
  controller.abort(new Error('the run is over'));
  for (const call of calls) assert.equal((await call).reason, signal.reason);
  assert.equal(listeners(signal), 0);
  await sleep(10);
  process.off('warning', onWarning);
  assert.deepEqual(warnings, []);
});

test('the caller keeps onabort, and an event is not an abort', async () => {
  await load([{ issue: 'A', error: 'boom' }]);
  const controller = new AbortController();
  let heard = 0;
  controller.signal.onabort = () => heard++;
  const call = classify('', 'boom', controller);
  controller.signal.dispatchEvent(new Event('abort'));
  assert.equal((await call).issue, 'A');
  const aborted = outcome(classify('', 'boom', controller));
  controller.abort();
  assert.equal((await aborted).reason, controller.signal.reason);
  assert.equal(heard, 2);
});

test('a listener that stops the event does not hide the abort', async () => {
  await load([{ issue: 'A', error: 'boom' }]);
  const controller = new AbortController();
  controller.signal.addEventListener('abort', (event) => event.stopImmediatePropagation());
  const call = outcome(classify('', 'boom', controller));
  controller.abort();
  assert.equal((await call).reason, controller.signal.reason);
});

test('an abort by a getter of the error is an abort', async () => {
  await load([{ issue: 'A', error: 'boom' }]);
  const controller = new AbortController();
  const error = {
    toString() {
      controller.abort('while reading');
      return 'boom';
    },
  };
  assert.equal((await outcome(classify('', error, controller))).reason, 'while reading');
});

test('a refused call leaves no listener', async () => {
  const { signal } = new AbortController();
  await outcome(classifyAll(7, { signal }));
  await outcome(classifyAll([7], { signal }));
  assert.equal(listeners(signal), 0);
});

test('a signal of another make will do', async () => {
  await load([{ issue: 'A', error: 'boom' }]);
  const signal = new EventTarget();
  signal.aborted = false;
  assert.equal((await classify('', 'boom', { signal })).issue, 'A');
  const call = outcome(classify('', 'boom', { signal }));
  Object.assign(signal, { aborted: true, reason: 'home-made' });
  signal.dispatchEvent(new Event('abort'));
  assert.equal((await call).reason, 'home-made');
});
