// The shape of the package: what it exports, and which keys its answers have.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import test from 'node:test';
import { classify, classifyAll, explain, loadRules } from '../index.js';

const VERDICT = ['status', 'issue', 'reason', 'rule', 'id', 'url', 'match', 'undecided', 'rulesVersion'];
const REPORT = [
  'version',
  'total',
  'active',
  'disabled',
  'expired',
  'rejected',
  'warnings',
  'scoped',
  'engines',
  'literals',
  'superseded',
  'unicode',
  'durationMs',
];
const WARNING = ['index', 'id', 'issue', 'field', 'code', 'message', 'offset'];
const REJECTED = ['index', 'id', 'issue', 'field', 'code', 'message', 'offset'];

test('require and import give the same functions', () => {
  const required = createRequire(import.meta.url)('../index.js');
  assert.equal(required.classify, classify);
  assert.equal(required.classifyAll, classifyAll);
  assert.equal(required.loadRules, loadRules);
});

test('before any rules are loaded there are verdicts, too', async () => {
  const nothing = {
    status: 'Failed',
    issue: null,
    rule: null,
    id: null,
    url: null,
    match: null,
    undecided: [],
    rulesVersion: '0',
  };
  assert.deepEqual(await classify('a test', 'an error'), { ...nothing, reason: 'no-rules' });
  assert.deepEqual(await classify('a test', null), { ...nothing, reason: 'no-error' });
  assert.deepEqual(await classify('a test', undefined), { ...nothing, reason: 'no-error' });
  assert.deepEqual(await classifyAll([]), []);
});

test('a verdict is a plain object that has every key, whatever the verdict', async () => {
  const report = await loadRules([
    { issue: 'A-1', error: 'boom', id: 'r1', url: 'https://issues.example/A-1' },
    { issue: 'A-2', error: 'bang' },
  ]);
  const version = report.version;
  const failed = {
    status: 'Failed',
    issue: null,
    rule: null,
    id: null,
    url: null,
    match: null,
    undecided: [],
    rulesVersion: version,
  };
  for (const [error, expected] of [
    [
      'a boom',
      {
        ...failed,
        status: 'Broken',
        reason: 'matched',
        issue: 'A-1',
        rule: 0,
        id: 'r1',
        url: 'https://issues.example/A-1',
        match: { start: 2, end: 6, text: 'boom' },
      },
    ],
    [
      'bang',
      { ...failed, status: 'Broken', reason: 'matched', issue: 'A-2', rule: 1, match: { start: 0, end: 4, text: 'bang' } },
    ],
    ['all is well', { ...failed, reason: 'no-match' }],
    ['', { ...failed, reason: 'no-match' }],
    [null, { ...failed, reason: 'no-error' }],
  ]) {
    const verdict = await classify('', error);
    assert.deepEqual(verdict, expected);
    assert.deepEqual(Object.keys(verdict).sort(), [...VERDICT].sort());
    assert.equal(Object.getPrototypeOf(verdict), Object.prototype);
  }
});

test('an empty list leaves no rules, but a version', async () => {
  for (const rules of [[], '[]', { rules: [] }]) {
    const { version, active } = await loadRules(rules);
    const { reason, rulesVersion } = await classify('', 'boom');
    assert.deepEqual([active, reason, rulesVersion], [0, 'no-rules', version]);
  }
});

test('a report is a plain object that has every key', async () => {
  const report = await loadRules([
    { issue: 'A-1', error: 'boom' },
    { issue: 'A-2', error: 'bang', test: 'Cart' },
    { issue: 'A-3' },
    { issue: 'A-4', error: '\\Abang' },
  ]);
  assert.deepEqual(Object.keys(report).sort(), [...REPORT].sort());
  assert.deepEqual(Object.keys(report.rejected[0]).sort(), [...REJECTED].sort());
  assert.deepEqual(Object.keys(report.warnings[0]).sort(), [...WARNING].sort());
  assert.match(report.version, /^[1-9]\d*-[0-9a-f]{8}$/);
  assert.match(report.unicode, /^\d+\.\d+\.\d+$/);
  assert.ok(report.durationMs >= 0);
  assert.deepEqual([report.total, report.active, report.scoped, report.superseded], [4, 3, 1, false]);
});

test('a version has a number that grows and a hash that stays', async () => {
  const load = async (error) => (await loadRules([{ issue: 'A-1', error }])).version.split('-');
  const [[first, boom], [second, boomAgain], [, bang]] = [await load('boom'), await load('boom'), await load('bang')];
  assert.ok(Number(second) > Number(first));
  assert.equal(boomAgain, boom);
  assert.notEqual(bang, boom);
});

test('nothing ever throws at the call', async () => {
  for (const fn of [loadRules, classify, classifyAll, explain]) {
    for (const args of [[], [Symbol('s')], [1n, 1n, 1n], [null, null, null], [() => {}, () => {}, () => {}]]) {
      const promise = fn(...args);
      assert.ok(promise instanceof Promise);
      await promise.catch(() => {});
    }
  }
});
