// `classify` and `classifyAll`: what is read of a test and of an error, and texts of every kind.

import assert from 'node:assert/strict';
import test from 'node:test';
import { classify, classifyAll, classifySync } from '../index.js';
import { ANYTHING, assertRejects, assertText, hostile, load, revokedProxy } from './support.mjs';

const UNREADABLE = '[unreadable error]';

test('a message that was changed after the fact heads the stack', async () => {
  await load([{ issue: 'any', error: ANYTHING }]);
  const error = new Error('before');
  // V8 writes the stack when it is first read
  const { stack } = error;
  error.message = 'after';
  await assertText(error, `Error: after\n${stack}`);
});

test('the name of a test is the first that is a string and not empty', async () => {
  await load([{ issue: 'Cart', error: '', test: '^Cart\0?\ud83d?$' }]);
  const method = {
    title: 'no',
    own: 'Cart',
    fullTitle() {
      return this.own;
    },
  };
  const named = [
    'Cart',
    'Cart\0',
    'Cart\ud83d',
    { fullName: 'Cart', fullTitle: 'no', title: 'no', name: 'no' },
    { fullTitle: 'Cart', title: 'no' },
    { title: 'Cart', name: 'no' },
    { name: 'Cart' },
    method,
    { fullName: 7, fullTitle: () => 7, title: null, name: 'Cart' },
    { fullName: '', title: 'Cart' },
    hostile('fullName', { title: 'Cart' }),
    {
      fullTitle: () => {
        throw new Error('no');
      },
      title: 'Cart',
    },
    { fullTitle: revokedProxy(), title: 'Cart' },
    new Proxy({ title: 'Cart' }, {}),
    function Cart() {},
    Object.assign(Object.create({ title: 'Cart' }), { fullName: undefined }),
  ];
  for (const [index, value] of named.entries()) assert.equal((await classify(value, '')).issue, 'Cart', `case ${index}`);

  await load([{ issue: 'none', error: '', test: '^$' }]);
  const nameless = [
    undefined,
    null,
    '',
    0,
    7,
    true,
    7n,
    Symbol('Cart'),
    {},
    [],
    { title: 7 },
    Object.create(null),
    revokedProxy(),
    () => {},
  ];
  for (const [index, value] of nameless.entries()) assert.equal((await classify(value, '')).issue, 'none', `case ${index}`);
});

test('test and error are read when the call is made', async () => {
  await load([{ issue: 'early', error: '^early$', test: '^early$' }]);
  const failed = { title: 'early' };
  const error = Object.assign(new Error('early'), { stack: 'early' });
  const verdict = classify(failed, error);
  failed.title = 'late';
  error.stack = 'late';
  assert.equal((await verdict).issue, 'early');
});

test('texts may be empty, long, or no Unicode at all', async () => {
  const long = 'x'.repeat(16 << 20);
  await load([
    { issue: 'empty', error: '^$' },
    { issue: 'end', error: 'needle$' },
    { issue: 'nul', error: 'a\\0b' },
    { issue: 'lone', error: '^[\\ud800-\\udbff]$' },
    { issue: 'emoji', error: '^.$', flags: 'u' },
    { issue: 'wide', error: 'ж+' },
  ]);
  for (const [error, issue, match] of [
    ['', 'empty', { start: 0, end: 0, text: '' }],
    [`${long}needle`, 'end', { start: long.length, end: long.length + 6, text: 'needle' }],
    [long, null, null],
    ['\0\0a\0b\0', 'nul', { start: 2, end: 5, text: 'a\0b' }],
    ['\ud83d', 'lone', { start: 0, end: 1, text: '\ud83d' }],
    ['\ud83d\udca9', 'emoji', { start: 0, end: 2, text: '\ud83d\udca9' }],
    ['ж'.repeat(1000), 'wide', { start: 0, end: 1000, text: 'ж'.repeat(200) }],
  ]) {
    const verdict = await classify('', error);
    assert.deepEqual([verdict.issue, verdict.match], [issue, match]);
  }
});

test('a text is read whole, whatever was read before it', async () => {
  await load([{ issue: 'end', error: '(?:^|x)(?:end|жend)$' }]);
  // memory that one text leaves behind is the next one's
  const lengths = [100, 99, 100, 101, 102, 0, 1, 3000, 2999, 3000, 3001, 5, 40_000, 39_999, 40_001, 100];
  for (const length of lengths) {
    for (const word of ['end', 'жend']) {
      const verdict = await classify('x'.repeat(length), 'x'.repeat(length) + word);
      assert.equal(verdict.match?.end, length + word.length);
      assert.equal((await classify('x'.repeat(length), null)).reason, 'no-error');
    }
  }
  const items = [...lengths, ...lengths].map((length) => ({ test: '', error: `${'x'.repeat(length)}end` }));
  for (const [index, { match }] of (await classifyAll(items)).entries()) assert.equal(match?.end, items[index].error.length);
});

test('every code unit comes through as it is, between others and far behind', async () => {
  const units = Array.from({ length: 1 << 16 }, (_, unit) => String.fromCharCode(unit));
  await load(
    [
      { issue: 'whole', error: '^[^]{1,3}$' },
      { issue: 'end', error: 'x[^]$' },
    ],
    { ansi: 'keep' },
  );
  const between = await classifyAll(units.map((unit) => ({ error: `a${unit}c` })));
  for (const [index, { match }] of between.entries()) assert.equal(match?.text, `a${units[index]}c`);
  // only the beginning of a long text is looked at before it is copied
  const long = 'x'.repeat(5000);
  const behind = await classifyAll(
    units.filter((_, unit) => unit < 0x180 || unit % 61 === 0).map((unit) => ({ error: long + unit })),
  );
  assert.ok(behind.every(({ match }) => match?.start === 4999 && match.end === 5001));
  assert.equal(
    behind.map(({ match }) => match.text[1]).join(''),
    units.filter((_, unit) => unit < 0x180 || unit % 61 === 0).join(''),
  );
});

test('a text is the same to every function, however V8 keeps it', async () => {
  await load([{ issue: 'any', error: ANYTHING }]);
  const narrow = 'a line of some length\n'.repeat(20);
  const flat = (text) => JSON.parse(JSON.stringify(text));
  // characters whose low bytes are those of ASCII, and of Latin-1
  const wide = '\u4e2d\u0141\u20e9';
  const texts = {
    ASCII: narrow,
    'Latin-1': flat(`${narrow}\u00e9\u00ff\u0080`),
    wide: flat(narrow + wide),
    'wide at first': flat(wide + narrow),
    'a part of a wide one': flat(wide + narrow).slice(wide.length),
    joined: narrow + wide,
    'a lone surrogate': `${narrow}\ud83d`,
    NUL: '\0\u00e9\0',
  };
  // around the length from which on a text is long
  for (let length = 2 ** 15 - 2; length <= 2 ** 15 + 1; length++) {
    for (const last of ['a', '\u00e9', '\u4e2d']) texts[`${length} and ${last}`] = flat('x'.repeat(length - 1) + last);
  }
  const items = Object.values(texts).map((error) => ({ test: '', error }));
  const all = await classifyAll(items);
  for (const [index, [name, text]] of Object.entries(texts).entries()) {
    // a match is cut, so the end of the text is matched, too
    await load([{ issue: 'end', error: `${text.slice(-3).replaceAll('\0', '\\0')}$` }]);
    const match = { start: 0, end: text.length, text: text.slice(0, 200) };
    assert.deepEqual(all[index].match, match, name);
    const verdicts = [await classify('', text), (await classifyAll([{ error: text }]))[0], classifySync('', text)];
    for (const { match } of verdicts) assert.equal(match?.text, text.slice(-3), name);
  }
});

test('a match is cut at 200 code units, its offsets are not', async () => {
  await load([{ issue: 'A', error: 'a+' }]);
  assert.deepEqual((await classify('', `b${'a'.repeat(500)}`)).match, { start: 1, end: 501, text: 'a'.repeat(200) });
});

test('texts of every length and width are the same together and alone', async () => {
  const rules = ['boom', 'z\u00e4h', '\u203a!', '\ud83d$', '^$'].map((error, index) => ({ issue: `${index}`, error }));
  await load([{ issue: 'scoped', error: 'boom', test: '^x \u203a y$' }, { issue: 'long', error: 'a', test: 'y{600}' }, ...rules]);
  const names = ['x \u203a y', '', 'plain', ['x', 'y'], 'y'.repeat(600), 'caf\u00e9', `\u203a${'y'.repeat(700)}`, null];
  const errors = ['boom', null, '', 'z\u00e4h', 'a \u203a!', 'lone \ud83d', undefined, new Error('boom'), 'a'];
  const lengths = [0, 0, 0, 0, 0, 0, 0, 511, 512, 513, 40_000];
  // some windows have nothing but short texts in Latin-1, the others whatever there is
  const items = Array.from({ length: 3000 }, (_, n) => {
    const error = n < 1000 ? (n % 3 ? 'boom' : `no match ${n}`) : errors[n % errors.length];
    return {
      test: names[n % names.length],
      error: typeof error === 'string' ? error.padStart(lengths[n % lengths.length], '-') : error,
    };
  });
  const together = await classifyAll(items);
  for (const [index, { test, error }] of items.entries()) {
    const alone = await classify(test, error);
    assert.deepEqual(together[index], alone, `item ${index}`);
  }
  const issues = new Set(together.map(({ issue }) => issue));
  assert.deepEqual([...issues].sort(), ['0', '1', '2', '3', '4', 'long', 'scoped', null].sort());
});

test('short texts that are read together have their verdicts, although one of them takes several turns', async () => {
  await load([
    { issue: 'hard', error: 'hard: (?:(a+|b)+\\1)+$' },
    { issue: 'easy', error: 'easy|hard' },
  ]);
  const hard = `hard: ${'a'.repeat(40)}b`;
  const errors = ['easy', 'neither', '', 'hard: aa', 'neither', 'not easy'];
  const items = Array.from({ length: 60 }, (_, n) => ({ error: n % 20 === 7 ? hard : errors[n % errors.length] }));
  const verdicts = await classifyAll(items);
  assert.deepEqual(verdicts, await Promise.all(items.map(({ error }) => classify('', error))));
  const { issue, undecided } = verdicts[items.findIndex(({ error }) => error === hard)];
  assert.deepEqual({ issue, undecided }, { issue: 'easy', undecided: [0] });
});

test('classifyAll answers in the order of the items, each as classify does', async () => {
  await load([
    { issue: 'A', error: 'alpha' },
    { issue: 'B', error: 'beta', test: 'Cart' },
  ]);
  const names = ['Cart', { title: 'Home' }, 'Cart › ж', { fullTitle: () => 'Cart' }, 7];
  const errors = [
    ...['alpha', new Error('beta'), 'gamma', null, Symbol('alpha'), undefined, '', 'beta ж', 'beta \u001b[31mred'],
    // long enough for memory of their own, and for few of them at a time
    ...[20_000, 300_000].flatMap((length) => [`${'x'.repeat(length)} beta`, `${'ж'.repeat(length / 2)} beta`]),
  ];
  const items = Array.from({ length: 2000 }, (_, n) => ({ test: names[n % 5], error: errors[n % errors.length] }));
  items.push(
    {},
    { error: 'alpha' },
    new Proxy({ error: 'alpha' }, {}),
    hostile('test', { error: 'alpha' }),
    hostile('error'),
    () => {},
  );
  const verdicts = await classifyAll(items);
  const errorOf = (item) => {
    try {
      return item.error;
    } catch {
      return UNREADABLE;
    }
  };
  const expected = await Promise.all(
    items.map((item) => {
      const { test: name } = Object.getOwnPropertyDescriptor(item, 'test')?.get ? {} : item;
      return classify(name, errorOf(item));
    }),
  );
  assert.deepEqual(verdicts, expected);
  assert.equal(new Set(verdicts.map((verdict) => verdict.reason)).size, 3);
  assert.deepEqual(await classifyAll(new Proxy(items, {})), expected);
});

test('arguments of no use are refused with a TypeError that names them', async () => {
  const noSignal = 'options.signal must be an AbortSignal';
  const all = (...args) => classifyAll(...args);
  const one = (...args) => classify('', '', ...args);
  const batch = (...args) => classifyAll([], ...args);
  for (const [promise, message] of [
    [all(), 'items must be an array, but is undefined'],
    [all({ test: '', error: '' }), 'items must be an array, but is an object'],
    [all('boom'), 'items must be an array, but is a string'],
    [all(revokedProxy()), 'items must be an array, but is an object'],
    [all([{}, 'boom']), 'items[1] must be an object { test, error }, but is a string'],
    [all([null]), 'items[0] must be an object { test, error }, but is null'],
    [all(new Array(4294967295)), 'items[0] must be an object { test, error }, but is undefined'],
    [all(hostile(1, [{}, {}])), 'items[1] could not be read: Error: 1 is private'],
    ...[one, batch].flatMap((call) => [
      [call(7), 'options must be an object, but is a number'],
      [call(hostile('signal')), 'options.signal could not be read: Error: signal is private'],
      [call({ signal: 7 }), noSignal],
      [call({ signal: {} }), noSignal],
      [call({ signal: new EventTarget() }), noSignal],
      [call({ signal: new AbortController() }), noSignal],
      [call({ signal: hostile('aborted', new EventTarget()) }), noSignal],
      [call({ signal: revokedProxy() }), noSignal],
    ]),
  ]) {
    await assertRejects(promise, TypeError, 'ERR_INVALID_ARG', message);
  }
  for (const options of [undefined, null, {}, { signal: undefined }, { signal: null }, []]) {
    assert.equal((await one(options)).status, 'Failed');
    assert.deepEqual(await batch(options), []);
  }
});
