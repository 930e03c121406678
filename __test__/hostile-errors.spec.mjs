// Errors that are made to hurt: long, deep, cyclic, or with code in their getters. Each gets its verdict.

import assert from 'node:assert/strict';
import test from 'node:test';
import { classify, classifyAll, errorText, loadRules } from '../index.js';
import { load, revokedProxy } from './support.mjs';

const MEGABYTE = 1 << 20;
const row = '  - expected row with some text and a number 12345\n';

const RULES = [
  { issue: 'MARK', error: 'the mark' },
  { issue: 'ANY', error: '' },
];

/** Asserts the issue of an error, in a call and in a batch. */
async function assertIssue(error, issue) {
  assert.equal((await classify('', error)).issue, issue);
  const [first, second] = await classifyAll([{ error }, { error: 'the mark' }]);
  assert.deepEqual([first.issue, second.issue], [issue, 'MARK']);
}

test('messages of 10 MB, in the stack, changed since, with other line ends', async () => {
  await load(RULES);
  const long = row.repeat((10 * MEGABYTE) / row.length);
  const marked = `${long}the mark`;
  for (const [message, stack] of [
    [marked, `Error: ${marked}\n    at f (a.js:1:2)`],
    [marked, `Error: ${long}\n    at f (a.js:1:2)`],
    [long, `Error: ${marked}\n    at f (a.js:1:2)`],
    [marked.replaceAll('\n', '\r\n'), `Error: ${long}\n    at f (a.js:1:2)`],
    [`é${marked}`, `Error: ${long}`],
    [marked, `Error: 😀 ${long}`],
    [`${'a'.repeat(MEGABYTE)}b the mark`, `Error: ${'a'.repeat(MEGABYTE)}`],
    ['the mark', ': '.repeat(MEGABYTE)],
    ['the mark', '\n'.repeat(MEGABYTE)],
  ]) {
    await assertIssue(Object.assign(new Error(message), { stack }), 'MARK');
  }
});

test('a long text in parts is matched as one', async () => {
  const long = 'x'.repeat(100_000);
  for (const letter of ['y', 'é', '☃', '😀', '\ud83d']) {
    await load([{ issue: 'SEAM', error: `${letter}\\nstack` }]);
    const error = { name: 'E', message: `${long}${letter}`, stack: `stack ${long}`, cause: letter };
    const text = errorText(error);
    assert.equal(text, `E: ${long}${letter}\nstack ${long}\nCaused by:\n${letter}`);
    const { issue, match } = await classify('', error);
    assert.equal(issue, 'SEAM');
    assert.deepEqual(match, { start: text.indexOf(`${letter}\n`), end: text.indexOf('stack') + 5, text: `${letter}\nstack` });
    const items = Array.from({ length: 20 }, (_, index) => ({ error: index % 2 ? error : text }));
    for (const verdict of await classifyAll(items)) assert.deepEqual(verdict.match, match);
  }
});

test('ten thousand nested causes, arrays and errors', async () => {
  await load(RULES);
  let [cause, array, errors] = [{ message: 'the mark' }, ['the mark'], { message: 'the mark' }];
  for (let depth = 0; depth < 10_000; depth++) {
    cause = { message: 'x', cause };
    array = [array];
    errors = { message: 'x', errors: [errors] };
  }
  await assertIssue(cause, 'ANY');
  assert.equal(errorText(cause).split('Caused by:').length, 17);
  assert.equal((await classify('', array)).reason, 'no-error');
  await assertIssue(errors, 'ANY');
});

test('cycles and shared objects', async () => {
  await load(RULES);
  const error = new Error('out');
  error.errors = [error, [error, { message: 'the mark', cause: error }]];
  error.cause = error;
  await assertIssue(error, 'MARK');
  const array = [];
  array.push(array, 'the mark');
  await assertIssue(array, 'MARK');
});

test('wide ones: a million errors, elements and titles', async () => {
  await load(RULES);
  const many = new Array(1_000_000).fill('x');
  await assertIssue({ message: 'the mark', errors: many }, 'MARK');
  await assertIssue(['the mark', ...many.slice(0, 100_000)], 'MARK');
  assert.equal(errorText(many).length, 1999);
  assert.equal((await classify(many, 'the mark')).issue, 'MARK');
});

test('proxies and getters that throw', async () => {
  await load(RULES);
  const thrower = new Proxy(
    {},
    new Proxy(
      {},
      {
        get() {
          throw new Error('no trap');
        },
      },
    ),
  );
  for (const error of [revokedProxy(), thrower, [revokedProxy()], { message: 'x', cause: thrower }])
    await assertIssue(error, 'ANY');
});

test('getters that classify, load rules and abort', async () => {
  await load(RULES);
  const inner = [];
  const controller = new AbortController();
  const error = {
    get message() {
      inner.push(classify('', 'the mark'), classifyAll([{ error: 'the mark' }]));
      return 'the mark';
    },
    get stack() {
      inner.push(loadRules([{ issue: 'NEW', error: 'the mark' }]));
      controller.abort(new Error('enough'));
      return 'Error: the mark';
    },
  };
  const { issue } = await classify('', error);
  assert.ok(['MARK', 'NEW'].includes(issue));
  const settled = (await Promise.all(inner)).flat();
  const verdicts = settled.filter((one) => 'status' in one);
  assert.equal(verdicts.length, 2);
  for (const verdict of verdicts) assert.ok(['MARK', 'NEW'].includes(verdict.issue));
  await assert.rejects(classify('', error, { signal: controller.signal }), /enough/);
  await Promise.all(inner);
});
