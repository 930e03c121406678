// What the caller has done to the built-ins: before the first call, or between calls. Each case runs in a process of its own.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import test from 'node:test';
import { promisify } from 'node:util';

const addon = new URL('../index.js', import.meta.url).href;

/** Runs `source` with the addon's functions in scope. Gives what it prints, as JSON. */
async function run(source) {
  const prelude = `import { classify, classifyAll, classifySync, loadRules } from ${JSON.stringify(addon)};
    const load = () => loadRules([{ issue: 'A', error: 'boom', id: 'a' }, { issue: 'B', error: 'bang' }]);
    const issues = (verdicts) => Array.from(verdicts, ({ issue }) => issue);`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', prelude + source], {
    timeout: 20_000,
  });
  return JSON.parse(stdout);
}

test('a replaced Uint32Array does not see the numbers of verdicts', async () => {
  const seen = await run(`
    const Original = Uint32Array;
    const made = [];
    globalThis.Uint32Array = function (...args) {
      const array = new Original(...args);
      made.push(array);
      return array;
    };
    await load();
    const first = (await classify('', 'boom')).issue;
    for (const { buffer } of made) structuredClone(buffer, { transfer: [buffer] });
    const second = await Promise.race([classify('', 'x boom'), new Promise((resolve) => setTimeout(resolve, 2000).unref())]);
    console.log(JSON.stringify([made.length, first, second?.match]));`);
  assert.deepEqual(seen, [0, 'A', { start: 2, end: 6, text: 'boom' }]);
});

// Node itself assigns to arrays, so the accessors are there only where the addon is at work
for (const prototype of ['Array.prototype', 'Object.prototype']) {
  test(`accessors at the indexes of ${prototype} neither lose verdicts nor see anything of the addon's`, async () => {
    const [seen, one, all, mixed, reasons, calls] = await run(`
      const seen = [];
      const accessor = { configurable: true, get() {}, set(value) { seen.push(typeof value); } };
      const indexes = Array.from({ length: 1000 }, (_, index) => index);
      const pollute = () => { for (const index of indexes) Object.defineProperty(${prototype}, index, accessor); };
      const clean = () => { for (const index of indexes) delete ${prototype}[index]; };
      const polluted = (call) => {
        pollute();
        return call().then((value) => (clean(), value), (reason) => (clean(), reason));
      };
      await load();
      const one = (await polluted(() => classify('', 'boom'))).issue;
      const all = issues(await polluted(() => classifyAll([{ error: 'boom' }])));
      const item = (n) => ({ error: n % 3 ? 'boom' : n % 2 ? new Error('boom') : null });
      const items = Array.from({ length: 900 }, (_, n) => item(n));
      const mixed = issues(await polluted(() => classifyAll(items)));
      const signal = AbortSignal.abort('early');
      const early = await polluted(() => classify('', 'boom', { signal }));
      const controller = new AbortController();
      const late = polluted(() => classify('', 'boom', controller));
      controller.abort('late');
      const reasons = [early, await late];
      const many = Array.from({ length: 200 });
      pollute();
      const promises = many.map(() => classify('', 'boom'));
      await promises[199];
      clean();
      console.log(JSON.stringify([seen, one, all, mixed, reasons, issues(await Promise.all(promises))]));`);
    assert.deepEqual(seen, []);
    assert.equal(one, 'A');
    assert.deepEqual(all, ['A']);
    assert.deepEqual(
      mixed,
      Array.from({ length: 900 }, (_, n) => (n % 3 || n % 2 ? 'A' : null)),
    );
    assert.deepEqual(reasons, ['early', 'late']);
    assert.deepEqual(calls, Array(200).fill('A'));
  });
}

test('classifySync makes its verdict whatever the prototypes have', async () => {
  for (const prototype of ['Array.prototype', 'Object.prototype']) {
    const [seen, verdict] = await run(`
      await load();
      let seen = 0;
      const keys = [0, 1, 'issue', 'status', 'match'];
      const accessor = { configurable: true, get() {}, set() { seen++; } };
      for (const key of keys) Object.defineProperty(${prototype}, key, accessor);
      const verdict = classifySync('', 'a boom', { timeLimitMs: 1000 });
      for (const key of keys) delete ${prototype}[key];
      console.log(JSON.stringify([seen, verdict]));`);
    assert.deepEqual([seen, verdict.issue, verdict.match.start], [0, 'A', 2], prototype);
  }
});

test('undecided rules are listed whatever Array.prototype has', async () => {
  const [seen, undecided] = await run(`
    await loadRules([{ issue: 'A', error: '^(?:(a+|b)+\\\\1)+$' }]);
    let seen = 0;
    Object.defineProperty(Array.prototype, 0, { configurable: true, get() {}, set() { seen++; } });
    const { undecided } = await classify('', 'a'.repeat(40) + 'b');
    delete Array.prototype[0];
    console.log(JSON.stringify([seen, undecided]));`);
  assert.equal(seen, 0);
  assert.deepEqual(undecided, [0]);
});
