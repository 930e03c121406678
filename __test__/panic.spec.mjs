// A panic in the addon is a rejection, not the end of the process, wherever Node enters Rust. No caller can cause one, so the
// spec builds an addon in which a test chooses the next one: see src/fault.rs. A debug build: `cargo test` has compiled most of
// it already.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { getEventListeners, once } from 'node:events';
import { copyFileSync, mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

// the panics are wanted, their backtraces are not
process.env.RUST_BACKTRACE = '0';

const BUILD = ['rustc', '--lib', '--message-format', 'json-render-diagnostics', '--', '--cfg', 'fault_injection'];

function buildWithFaults() {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const stdout = execFileSync('cargo', BUILD, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1 << 28,
  });
  const library = stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
    .filter((message) => message.reason === 'compiler-artifact' && message.target.kind.includes('cdylib'))
    .flatMap((message) => message.filenames)
    .find((file) => /\.(?:so|dylib|dll)$/.test(file));
  const addon = join(mkdtempSync(join(tmpdir(), 'known-failures-')), 'faults.node');
  copyFileSync(library, addon);
  return addon;
}

// the loader takes this file, in every thread
process.env.NAPI_RS_NATIVE_LIBRARY_PATH = buildWithFaults();
const require = createRequire(import.meta.url);
const { classify, classifyAll, classifySync, explain, loadedRules, loadRules, queueSize, ruleStats } = require('../index.js');
const { injectFault } = require('../native.js');
const addon = require.resolve('../index.js');

const message = (entry) => `known-failures ran into a bug of its own: injected into ${entry}`;

/** Asserts that each of `calls` has been rejected because of the panic in `entry`. */
async function assertFailed(entry, calls) {
  const outcomes = await Promise.allSettled(calls);
  for (const { status, reason } of outcomes) {
    assert.equal(status, 'rejected');
    assert.equal(reason.constructor, Error);
    assert.deepEqual([reason.code, reason.message], ['ERR_INTERNAL', message(entry)]);
  }
}

/** Asserts that the addon works. */
async function assertAlive() {
  assert.equal(queueSize(), 0);
  assert.equal((await classify('', 'boom')).issue, 'A');
  const { signal } = new AbortController();
  const verdicts = await classifyAll(Array(1000).fill({ error: 'boom' }), { signal });
  assert.equal(verdicts.length, 1000);
  assert.ok(verdicts.every(({ issue }) => issue === 'A'));
  assert.equal(getEventListeners(signal, 'abort').length, 0);
  const slow = Array.from({ length: 50 }, (_, n) => classify('', `${'x'.repeat(10_000)} boom ${n}`));
  for (const { issue } of await Promise.all(slow)) assert.equal(issue, 'A');
  assert.equal((await loadRules([{ issue: 'A', error: 'boom' }])).active, 1);
}

const swallow = (promise) => promise.catch(() => {});

test('in a text: its call fails, the others are answered', async () => {
  await loadRules([{ issue: 'A', error: 'boom' }]);
  for (const after of [false, true]) {
    for (const call of [() => classify('', 'boom'), () => classifyAll([{ error: 'boom' }, { error: 'boom' }])]) {
      injectFault('Text', after);
      const first = call();
      await assertFailed('Text', [first]);
      await assertAlive();
    }
  }
});

test('in a load: it fails, and the rules in force stay', async () => {
  injectFault('Load', false);
  await assertFailed('Load', [loadRules([])]);
  await assertAlive();
});

test('in a public function: it fails with all calls in flight', async () => {
  for (const after of [false, true]) {
    const controller = new AbortController();
    const calls = [classify('', 'x'.repeat(1e6), controller), classifyAll(Array(2000).fill({ error: 'boom' }))];
    injectFault('Function', after);
    calls.push(classify('', 'boom'));
    await assertFailed('Function', calls);
    assert.equal(getEventListeners(controller.signal, 'abort').length, 0);
    await assertAlive();
  }
});

test('in an explanation: it fails, and the next one does not', async () => {
  for (const after of [false, true]) {
    injectFault('Explain', after);
    const [first, second] = [explain('', 'boom'), explain('', 'boom')];
    await assertFailed('Explain', [first]);
    assert.equal((await second).matches.length, 1);
    await assertAlive();
  }
});

test('in a function that makes no promise: it throws', async () => {
  const thrown = (entry) => ({ name: 'Error', code: 'ERR_INTERNAL', message: message(entry) });
  for (const after of [false, true]) {
    injectFault('Text', after);
    // nothing else is in flight: a worker thread would take the fault first
    assert.throws(() => classifySync('', 'boom'), thrown('Text'));
    assert.equal((await classify('', null)).reason, 'no-error');
    await assertAlive();
    for (const call of [() => classifySync('', 'boom'), loadedRules, ruleStats]) {
      injectFault('Function', after);
      assert.throws(call, thrown('Function'));
      await assertAlive();
    }
  }
  assert.equal(classifySync('', 'boom').issue, 'A');
  assert.equal(ruleStats().rulesVersion, loadedRules().version);
});

test('in a handle scope: the scope is closed, which Node checks at the end of a call', async () => {
  for (const after of [false, true]) {
    for (const call of [() => classifyAll([{ error: new Error('boom') }]), () => loadRules([{ issue: 'A', error: 'boom' }])]) {
      injectFault('Scope', after);
      await assertFailed('Scope', [call()]);
      await assertAlive();
    }
  }
});

test('in the function that a script calls to copy texts: the call fails', async () => {
  for (const after of [false, true]) {
    injectFault('Callback', after);
    await assertFailed('Callback', [classifyAll([{ error: 'boom' }])]);
    await assertAlive();
  }
});

// each at a time when calls are in flight that a panic before or after the work of the entry leaves without their verdicts
for (const entry of ['Worker', 'Completion', 'Wake']) {
  for (const after of [false, true]) {
    test(`${entry}, ${after ? 'after' : 'before'} its work: the calls in flight are settled`, async () => {
      for (let round = 0; round < 5; round++) {
        const controller = new AbortController();
        injectFault(entry, after);
        const calls = [classifyAll(Array(20_000).fill({ error: 'boom' }), controller)];
        for (let n = 0; n < 200; n++) calls.push(classify('', `boom ${n}`, controller));
        const outcomes = await Promise.allSettled(calls);
        assert.equal(outcomes[0].status, 'rejected');
        for (const { status, reason, value } of outcomes) {
          if (status === 'fulfilled') assert.equal(value.issue, 'A');
          else assert.equal(reason.message, message(entry));
        }
        assert.equal(getEventListeners(controller.signal, 'abort').length, 0);
        await assertAlive();
      }
    });
  }
}

test('in the listener of a signal: the calls in flight fail', async () => {
  for (const after of [false, true]) {
    const controller = new AbortController();
    const aborted = classify('', 'x'.repeat(1e6), controller);
    const other = classify('', 'x'.repeat(1e6));
    swallow(aborted);
    injectFault('Abort', after);
    controller.abort(new Error('enough'));
    if (after) await assert.rejects(aborted, { message: 'enough' });
    else await assertFailed('Abort', [aborted]);
    await assertFailed('Abort', [other]);
    assert.equal(getEventListeners(controller.signal, 'abort').length, 0);
    await assertAlive();
  }
});

test('at the end of an environment: the process and the other environments live', async () => {
  for (const after of [false, true]) {
    const source = `const { classify } = require(${JSON.stringify(addon)});
      for (let n = 0; n < 300; n++) classify('', 'x'.repeat(20_000) + n).catch(() => {});
      require('node:worker_threads').parentPort.postMessage('in flight');`;
    const worker = new Worker(source, { eval: true });
    await once(worker, 'message');
    injectFault('Cleanup', after);
    await worker.terminate();
    await turn();
    await assertAlive();
  }
});

test('of one environment: the calls of another that its worker had claimed do not wait for ever', async () => {
  const source = `const { classify } = require(${JSON.stringify(addon)});
    const { parentPort } = require('node:worker_threads');
    parentPort.on('message', async () => {
      const calls = Array.from({ length: 500 }, (_, n) => classify('', 'boom ' + n));
      const outcomes = await Promise.allSettled(calls);
      parentPort.postMessage(outcomes.map(({ value, reason }) => value?.issue ?? reason.code));
      if (outcomes.every(({ value }) => value)) parentPort.close();
    });`;
  const worker = new Worker(source, { eval: true });
  for (let round = 0; round < 20; round++) {
    if (round % 2 === 0) injectFault('Worker', true);
    const settled = Promise.allSettled(Array.from({ length: 500 }, (_, n) => classify('', `boom ${n}`)));
    worker.postMessage('go');
    const [outcomes] = await once(worker, 'message');
    assert.equal(outcomes.length, 500);
    for (const outcome of outcomes) assert.match(outcome, /^(?:A|ERR_INTERNAL)$/);
    await settled;
    if (outcomes.every((outcome) => outcome === 'A')) break;
  }
  await worker.terminate();
  await assertAlive();
});
