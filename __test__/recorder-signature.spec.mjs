// Signatures of unknown failures: texts of one fault have the same, texts of different faults have not.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { signatureOf } from 'known-failures/recorder';
import { Random } from '../bench/data/index.mjs';
import { errorText } from '../index.js';
import { readRecordings } from './runners/recordings.mjs';
import shape from './runners/shape.cjs';

const seed = process.env.SEED ?? `${Date.now()}`;

describe('what varies is folded', () => {
  for (const [text, expected] of [
    [null, '(no error)'],
    ['', '(empty error)'],
    ['\n \n', '(empty error)'],
    ['Error: nobody knows me', 'Error: nobody knows me'],
    [
      "TypeError: Cannot read properties of undefined (reading 'total')",
      "TypeError: Cannot read properties of undefined (reading '…')",
    ],
    ["it doesn't know the user's name", "it doesn't know the user's name"],
    ["no 'rock'n'roll' in stock", "no '…' in stock"],
    ['Expected: "a \\"quoted\\" text" and “another”', 'Expected: "…" and “…”'],
    ['no element `#id-12` here', 'no element `…` here'],
    ['Timeout of 2000ms exceeded', 'Timeout of <duration> exceeded'],
    ['waited 1.5 seconds, then 30s', 'waited <duration>, then <duration>'],
    ['session 3f2504e0-4f89-41d3-9a0c-0305e82c3301 is gone', 'session <id> is gone'],
    ['commit 8c4fa27 and 0x7ffe12', 'commit <id> and <id>'],
    ['a decade of facades', 'a decade of facades'],
    ['token V1StGXR8_Z5jdHi6B-myT expired', 'token <id> expired'],
    ['at 2026-11-28T12:34:56.789Z it was 12:34:56', 'at <time> it was <time>'],
    ['connect ECONNREFUSED 127.0.0.1:5432', 'connect ECONNREFUSED <ip>'],
    ['connect ECONNREFUSED ::1:8080', 'connect ECONNREFUSED <ip>'],
    ['connect [2001:db8::1]:443 failed', 'connect <ip> failed'],
    [
      'GET https://me:pw@shop.example.com:8443/api/orders/4711/items?token=x failed',
      'GET https://shop.example.com/api/orders/<id>/items failed',
    ],
    ['cannot open file:///home/ci/build/42/cart.spec.mjs now', 'cannot open cart.spec.mjs now'],
    ["ENOENT: no such file or directory, open '/home/ci/shop/rules.json'", "ENOENT: no such file or directory, open '…'"],
    ['in /home/ci/shop/lib/cart.js:12:34 and C:\\work\\shop\\cart.js', 'in cart.js:<n>:<n> and cart.js'],
    ['either/or is no path', 'either/or is no path'],
    ['items [1, 2, 3] of 1,234.5 are -7', 'items [<n>, …] of <n> are <n>'],
    ['\u001b[31mexpect\u001b[39m(received)', 'expect(received)'],
    ['Error: a\n\n    at x (/a.js:1:2)\n    at y', 'Error: a'],
    ['x@http://localhost/a.js:1:2\nError: b', 'Error: b'],
    ['Error: one\ntwo\nthree\nfour', 'Error: one two three'],
    ['Error: outer\n    at x (/a.js:1:2)\nCaused by:\nTypeError: inner 7\n    at y', 'Error: outer ← TypeError: inner <n>'],
    ['a\nCaused by:\nb\nCaused by:\nc\nCaused by:\nd', 'a ← b ← c'],
  ]) {
    test(JSON.stringify(text), () => assert.equal(signatureOf(text), expected));
  }
});

test(`the same fault has the same signature, whatever varies (SEED=${seed})`, () => {
  const random = new Random(seed);
  const vary = [
    () => `Error: order ${random.int(0, 1e9)} of user ${random.int(1, 9)} is gone`,
    () => `TimeoutError: waited ${random.int(1, 99_999)} ms for '#${random.hex(random.int(1, 40))}'`,
    () => `connect ECONNREFUSED ${[1, 2, 3, 4].map(() => random.int(0, 255)).join('.')}:${random.int(1, 65_535)}`,
    () => `no session ${random.hex(8)}-${random.hex(4)}-${random.hex(4)}-${random.hex(4)}-${random.hex(12)}`,
    () =>
      `failed at 20${random.int(10, 99)}-0${random.int(1, 9)}-1${random.int(0, 9)}T1${random.int(0, 9)}:00:00.${random.int(100, 999)}Z`,
    () => `cannot read /tmp/run-${random.hex(6)}/${random.hex(3)}/report.json`,
  ];
  for (const make of vary) {
    const signatures = new Set(Array.from({ length: 200 }, () => signatureOf(make())));
    assert.equal(signatures.size, 1, [...signatures].slice(0, 5).join('\n'));
  }
});

describe('failures of real runners', () => {
  for (const [hook, records] of readRecordings()) {
    test(hook, () => {
      for (const { title, shape: recorded } of records) {
        const text = errorText(shape.buildShape(recorded));
        const signature = signatureOf(text);
        assert.ok(signature.length > 0 && signature.length <= 300, title);
        assert.equal(signatureOf(text.replaceAll('\n', '\r\n')), signature, title);
        assert.doesNotMatch(signature, /\d|\p{Cc}/u, title);
      }
    });
  }

  test('Mocha gives the same ones with and without --parallel', () => {
    const recordings = new Map(readRecordings());
    const signatures = (hook) =>
      new Map(
        recordings.get(hook).map(({ title, shape: recorded }) => [title, signatureOf(errorText(shape.buildShape(recorded)))]),
      );
    const serial = signatures('mocha-serial');
    const parallel = signatures('mocha-parallel');
    const same = [...serial].filter(([title, signature]) => parallel.get(title) === signature);
    // Mocha drops causes and properties of thrown objects on their way from its workers
    assert.ok(same.length >= 0.7 * serial.size, `${same.length} of ${serial.size}`);
    assert.ok(new Set(serial.values()).size > 0.6 * serial.size, 'different faults differ');
  });
});

test('whatever the text, it takes linear time and gives the same', () => {
  const parts = [
    "'",
    '"',
    '`',
    '“',
    '/',
    '\\',
    'a/',
    '1:',
    ':',
    '0',
    'a',
    'f',
    '-',
    '.',
    ',',
    ' ',
    '<n>',
    'https://',
    '[',
    '2026-',
    '\ud83d',
    'é',
  ];
  const time = (text) => {
    const startedAt = performance.now();
    const signature = signatureOf(text);
    assert.equal(signatureOf(text), signature);
    assert.ok(signature.length <= 300);
    return performance.now() - startedAt;
  };
  let slowest = 0;
  for (const first of parts) {
    for (const second of parts) slowest = Math.max(slowest, time((first + second).repeat(1_000_000)));
  }
  // all of a text but its beginning is skipped; a catastrophic pattern would take minutes
  assert.ok(slowest < 2000, `${slowest} ms`);
});
