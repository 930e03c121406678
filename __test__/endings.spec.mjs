// A process or a worker ends as it should, and at once, whatever is in flight. `npm run bench -- loop endings` does it 50 times.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import test from 'node:test';
import { promisify } from 'node:util';
import { end, endings } from '../bench/event-loop/endings.mjs';

const addon = new URL('../index.js', import.meta.url).href;

// What a process with a heap of this size takes on a loaded machine: the benchmark measures it.
const MAX_MS = 1000;

for (const name of Object.keys(endings)) {
  test(name, async () => {
    for (let round = 0; round < 3; round++) {
      const { ms, wrong } = await end(name);
      assert.equal(wrong, null);
      assert.ok(ms < MAX_MS, `${ms} ms`);
    }
  });
}

async function run(source, args = []) {
  const import_ = `import { classify, classifyAll, loadRules, queueSize } from ${JSON.stringify(addon)};`;
  const { stdout } = await promisify(execFile)(process.execPath, [...args, '--input-type=module', '--eval', import_ + source], {
    timeout: 20_000,
  });
  return stdout;
}

test('a pending call keeps the process alive, an idle addon does not', async () => {
  const begun = performance.now();
  const stdout = await run(`
    await loadRules([{ issue: 'A', error: 'boom' }]);
    await classify('', 'boom');
    classify('', 'x'.repeat(1e6) + 'boom').then(({ issue }) => console.log(issue));
    classifyAll(Array(1000).fill({ error: 'boom' })).then((verdicts) => console.log(verdicts.length));
    process.on('exit', () => console.log(queueSize()));`);
  // which of the two is settled first is not promised
  const [first, second, ...rest] = stdout.split('\n');
  assert.deepEqual([first, second].sort(), ['1000', 'A']);
  assert.deepEqual(rest, ['0', '']);
  assert.ok(performance.now() - begun < 10_000);
});

test('a call that was aborted does not', async () => {
  const begun = performance.now();
  const stdout = await run(`
    await loadRules(Array.from({ length: 400 }, (_, n) => ({ issue: 'S-' + n, error: '([xy])[^]*\\\\1{' + (n + 2) + '}' })));
    const controller = new AbortController();
    for (let n = 0; n < 100; n++) classify('', 'xy'.repeat(200_000), controller).catch((reason) => n || console.log(reason));
    setTimeout(() => controller.abort('enough'), 20);`);
  assert.equal(stdout, 'enough\n');
  assert.ok(performance.now() - begun < 10_000);
});

test('beforeExit may make more calls', async () => {
  const stdout = await run(`
    await loadRules([{ issue: 'A', error: 'boom' }]);
    process.once('beforeExit', async () => console.log((await classify('', 'boom')).issue));`);
  assert.equal(stdout, 'A\n');
});

test('a worker that ends by itself has had its verdicts', async () => {
  const stdout = await run(`
    import { Worker } from 'node:worker_threads';
    await loadRules([{ issue: 'A', error: 'boom' }]);
    const source = 'import { classify } from ${addon}; let n = 0;' +
      'for (let i = 0; i < 2000; i++) classify("", "boom").then(() => ++n === 2000 && console.log(n))';
    new Worker(new URL('data:text/javascript,' + encodeURIComponent(source.replace(/from (\\S+);/, 'from "$1";'))));`);
  assert.equal(stdout, '2000\n');
});

test('there is no stalled pool of one thread', async () => {
  process.env.UV_THREADPOOL_SIZE = '1';
  try {
    const stdout = await run(`
      import { readFile } from 'node:fs/promises';
      await loadRules(Array.from({ length: 50 }, (_, n) => ({ issue: 'S-' + n, error: '([xy])[^]*\\\\1{' + (n + 2) + '}' })));
      const controller = new AbortController();
      for (let n = 0; n < 100; n++) classify('', 'xy'.repeat(100_000), controller).catch(() => {});
      const begun = performance.now();
      for (let n = 0; n < 10; n++) await readFile(process.execPath.replace(/node$/, 'none')).catch(() => {});
      controller.abort();
      console.log(performance.now() - begun < 2000);`);
    assert.equal(stdout, 'true\n');
  } finally {
    delete process.env.UV_THREADPOOL_SIZE;
  }
});

test('rules outlive the worker that loaded them, also if it was alone with the addon', async () => {
  const source = `
    import { once } from 'node:events';
    import { Worker } from 'node:worker_threads';
    const worker = new Worker(new URL('data:text/javascript,' + encodeURIComponent(
      'import { loadRules } from ${JSON.stringify(addon)}; await loadRules([{ issue: "A", error: "boom" }]);')));
    await once(worker, 'exit');
    const { classify } = await import(${JSON.stringify(addon)});
    console.log((await classify('', 'boom')).issue);`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', source]);
  assert.equal(stdout, 'A\n');
});
