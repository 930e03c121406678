// `classifySync`: the verdict of `classify`, on the calling thread and within its time.

import assert from 'node:assert/strict';
import test from 'node:test';
import { generateErrors, generateRules } from '../bench/data/index.mjs';
import { classify, classifySync, loadRules, queueSize } from '../index.js';
import { hostile, load, revokedProxy } from './support.mjs';
import { inWorker, SLOW_RULES, SLOW_TEXT } from './threads.mjs';

/** On a machine with other work, a thread may be away for this long. */
const SLACK_MS = 1000;

/** `classifySync` with time for every text, in every build. */
const patient = (name, error) => classifySync(name, error, { timeLimitMs: 60_000 });

function timed(call) {
  const start = performance.now();
  const value = call();
  return { value, elapsed: performance.now() - start };
}

test('before any rules are loaded there are verdicts, too', async () => {
  for (const error of ['boom', null, undefined, [], new Error('boom')]) {
    assert.deepEqual(classifySync('a test', error), await classify('a test', error));
  }
});

test('the verdict is that of classify', async () => {
  const rules = generateRules({ seed: 16, profile: 'typical', rules: 400 });
  const report = await loadRules(rules);
  const errors = generateErrors(rules, { count: 300 });
  let broken = 0;
  for (const { test: name, error } of errors) {
    const verdict = patient(name, error);
    assert.deepEqual(verdict, await classify(name, error));
    assert.deepEqual(Object.keys(verdict), Object.keys(await classify(name, error)));
    assert.equal(verdict.rulesVersion, report.version);
    if (verdict.status === 'Broken') broken += 1;
  }
  assert.ok(broken > 50 && broken < 300, `${broken} of 300`);
});

test('texts and names of every shape are read as for classify', async () => {
  await load([
    { issue: 'lone \udc00', error: 'bo+m\ud800?', id: '\ud83d' },
    { issue: 'B', error: '[^]', test: 'Cart › ж' },
  ]);
  const names = ['', 'Cart › ж', ['Cart', 'ж'], { fullTitle: () => 'Cart › ж' }, hostile('title'), revokedProxy(), null];
  const errors = [
    '',
    'boom\ud800',
    '\u001b[31mboom',
    new Error('ж'),
    { message: 'boom' },
    ['x', 'y'],
    revokedProxy(),
    'x'.repeat(100_000),
  ];
  for (const name of names) {
    for (const error of errors) assert.deepEqual(patient(name, error), await classify(name, error));
  }
});

test('a rule that gives up is undecided, as with classify', async () => {
  await load([{ issue: 'A', error: '^(?:(a+|b)+\\1)+$' }]);
  const error = `${'a'.repeat(40)}b`;
  const verdict = patient('', error);
  assert.deepEqual(verdict.undecided, [0]);
  assert.deepEqual(verdict, await classify('', error));
});

test('past its time the verdict is Failed, whatever the rules', async () => {
  const { version } = await load(SLOW_RULES);
  // engines are built at the first call
  classifySync('', SLOW_TEXT);
  for (const timeLimitMs of [1, 20, 100, undefined]) {
    const { value, elapsed } = timed(() => classifySync('', SLOW_TEXT, { timeLimitMs }));
    assert.deepEqual(value, {
      status: 'Failed',
      issue: null,
      reason: 'time-limit',
      rule: null,
      id: null,
      url: null,
      match: null,
      undecided: [],
      rulesVersion: version,
    });
    assert.ok(elapsed >= (timeLimitMs ?? 20) && elapsed < (timeLimitMs ?? 20) + SLACK_MS, `${elapsed} ms`);
  }
  // and what the last call has left behind does no harm
  assert.equal(patient('', 'x').reason, 'no-match');
  assert.equal(patient('', 'xxx').issue, 'S-0');
  assert.equal((await classify('', 'xxx')).issue, 'S-0');
});

test('a long text is put aside in its time, too', async () => {
  await load([{ issue: 'A', error: 'never there$' }]);
  const texts = ['x'.repeat(50_000_000), 'ж'.repeat(20_000_000), '\u001b[31m'.repeat(5_000_000)];
  for (const text of texts) {
    const { value, elapsed } = timed(() => classifySync('', text, { timeLimitMs: 1 }));
    assert.equal(value.reason, 'time-limit');
    // most of it copies the text
    assert.ok(elapsed < 2 * SLACK_MS, `${elapsed} ms`);
  }
});

test('it does not wait for the queue', async () => {
  await load(SLOW_RULES);
  const controller = new AbortController();
  const slow = Array.from({ length: 60 }, () => classify('', SLOW_TEXT, controller).catch(() => null));
  const { value, elapsed } = timed(() => patient('', 'xxx'));
  assert.equal(value.issue, 'S-0');
  assert.ok(elapsed < SLACK_MS, `${elapsed} ms`);
  assert.equal(queueSize(), 60);
  controller.abort();
  await Promise.all(slow);
});

test('an invalid argument is thrown, and nothing else', async () => {
  await load([{ issue: 'A', error: 'boom' }]);
  const limit = 'options.timeLimitMs must be a number above 0 and up to 60000, but is ';
  const throws = (call, message) => {
    assert.throws(call, (error) => {
      assert.equal(error.constructor, TypeError);
      assert.deepEqual([error.code, error.message], ['ERR_INVALID_ARG', message]);
      return true;
    });
  };
  const few = 'classifySync takes a test and its error: classifySync(test, error)';
  throws(() => classifySync(), few);
  throws(() => classifySync('a test'), few);
  for (const [timeLimitMs, found] of [
    [0, '0'],
    [-1, '-1'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    [60_000.5, '60000.5'],
    ['20', 'a string'],
    [20n, 'a bigint'],
    [true, 'a boolean'],
    [[20], 'an array'],
    [Symbol('20'), 'a symbol'],
  ]) {
    throws(() => classifySync('', 'boom', { timeLimitMs }), limit + found);
  }
  throws(() => classifySync('', 'boom', 20), 'options must be an object, but is a number');
  throws(() => classifySync('', 'boom', { timelimit: 20 }), 'options has no `timelimit`: did you mean `timeLimitMs`?');
  throws(
    () => classifySync('', 'boom', hostile('timeLimitMs')),
    'options.timeLimitMs could not be read: Error: timeLimitMs is private',
  );
  for (const options of [undefined, null, {}, { timeLimitMs: undefined }, { timeLimitMs: null }, { timeLimitMs: 60_000 }, []]) {
    assert.equal(classifySync('', 'boom', options).issue, 'A');
  }
  for (const values of [
    [Symbol('s'), 1n],
    [() => {}, () => {}],
    [revokedProxy(), revokedProxy()],
  ])
    classifySync(...values);
});

test('it may be called while an error is read, and while verdicts are handed over', async () => {
  await load([
    { issue: 'A', error: 'boom' },
    { issue: 'B', error: 'bang' },
  ]);
  const inner = [];
  const error = {
    get message() {
      inner.push(patient('', 'bang').issue);
      loadRules([{ issue: 'C', error: 'boom' }]).catch(() => {});
      return 'boom';
    },
  };
  // the getter's own load may be in force by then
  assert.match(patient('', error).issue, /^[AC]$/);
  assert.equal(inner[0], 'B');
  // a signal of the caller's own make is asked when a call is over, between the verdicts of others
  const signal = new EventTarget();
  Object.defineProperty(signal, 'aborted', {
    get() {
      inner.push(patient('', 'a bang').match?.start);
      return false;
    },
  });
  await load([{ issue: 'B', error: 'bang' }]);
  const calls = Array.from({ length: 40 }, (_, n) => classify('', `${'-'.repeat(n)}bang`, n % 2 ? { signal } : undefined));
  for (const [n, verdict] of (await Promise.all(calls)).entries()) {
    assert.deepEqual([verdict.issue, verdict.match.start], ['B', n]);
  }
  assert.ok(inner.slice(-20).every((start) => start === 2));
});

test('every worker thread has it', async () => {
  const { version } = await load([{ issue: 'A', error: 'boom' }]);
  const answers = await Promise.all(
    Array.from({ length: 4 }, () =>
      inWorker(`
        const verdicts = Array.from({ length: 500 }, (_, n) => kf.classifySync('', 'a boom ' + n));
        return [...new Set(verdicts.map(({ issue, rulesVersion }) => issue + ' ' + rulesVersion))];`),
    ),
  );
  assert.deepEqual(answers, Array(4).fill([`A ${version}`]));
});
