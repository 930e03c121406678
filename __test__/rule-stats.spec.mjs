// `ruleStats` and `loadedRules`: what is known of the rules in force.

import assert from 'node:assert/strict';
import test from 'node:test';
import { classify, classifyAll, classifySync, explain, loadedRules, loadRules, ruleStats } from '../index.js';
import { load } from './support.mjs';
import { inWorker } from './threads.mjs';

const counts = () => ruleStats().rules.map(({ matches }) => matches);

test('before any rules are loaded there is nothing to report', async () => {
  assert.equal(loadedRules(), null);
  await classify('', 'boom');
  assert.deepEqual(ruleStats(), { rulesVersion: '0', since: null, verdicts: 0, rules: [] });
});

test('a load that fails leaves nothing to report', async () => {
  await loadRules('[').catch(() => {});
  assert.equal(loadedRules(), null);
});

test('loadedRules is what loadRules has resolved with', async () => {
  const lists = [
    [{ issue: 'A', error: 'boom', id: '\ud800' }, { issue: 'B', error: '(' }, { issue: 'C', error: '\\d', test: 'x' }, 7],
    [],
    JSON.stringify([{ issue: 'D', error: 'a' }]),
  ];
  for (const list of lists) {
    const report = await loadRules(list);
    assert.deepEqual(loadedRules(), report);
    assert.deepEqual(Object.keys(loadedRules()), Object.keys(report));
    assert.notEqual(loadedRules(), loadedRules(), 'the caller may change it');
  }
  const before = loadedRules();
  await loadRules('nonsense').catch(() => {});
  assert.deepEqual(loadedRules(), before);
});

test('a superseded load is not the one in force', async () => {
  const many = Array.from({ length: 20_000 }, (_, n) => ({ issue: `I-${n}`, error: `literal ${n} here` }));
  const slow = loadRules(many);
  const quick = await loadRules([{ issue: 'A', error: 'boom' }]);
  await slow;
  assert.deepEqual(loadedRules(), quick);
  assert.equal(ruleStats().rulesVersion, quick.version);
});

test('each verdict counts for the first rule that matched, and for the list', async () => {
  const started = Date.now();
  const { version } = await loadRules([
    { issue: 'A', error: 'boom', id: 'a' },
    { issue: 'refused', error: '(' },
    { issue: 'B\ud800', error: 'bo+m|bang' },
    { issue: 'C', error: 'bang', test: 'Cart' },
  ]);
  const fresh = ruleStats();
  const since = Date.parse(fresh.since);
  assert.ok(since >= started && since <= Date.now());
  assert.equal(fresh.since, new Date(since).toISOString());
  const rule = (index, id, issue) => ({ index, id, issue, matches: 0, lastMatched: null });
  assert.deepEqual(fresh, {
    rulesVersion: version,
    since: fresh.since,
    verdicts: 0,
    rules: [rule(0, 'a', 'A'), rule(2, null, 'B\ud800'), rule(3, null, 'C')],
  });

  await classify('', 'boom');
  assert.deepEqual([ruleStats().verdicts, counts()], [1, [1, 0, 0]]);
  classifySync('Cart', 'bang');
  assert.deepEqual([ruleStats().verdicts, counts()], [2, [1, 1, 0]]);
  await classifyAll(Array.from({ length: 5000 }, (_, n) => ({ error: n % 5 ? 'boooom' : null })));
  assert.deepEqual([ruleStats().verdicts, counts()], [5002, [1, 4001, 0]]);
  await Promise.all(Array.from({ length: 300 }, (_, n) => classify('', n % 3 ? 'boom' : 'nothing')));
  assert.deepEqual([ruleStats().verdicts, counts()], [5302, [201, 4001, 0]]);
  await explain('Cart', 'boom');
  assert.equal(ruleStats().verdicts, 5302);
  for (const { matches, lastMatched } of ruleStats().rules) {
    if (matches === 0) assert.equal(lastMatched, null);
    else assert.ok(Date.parse(lastMatched) >= since && Date.parse(lastMatched) <= Date.now());
  }
});

test('another load starts from 0, and the verdicts of older rules do not count', async () => {
  await load([{ issue: 'A', error: 'boom' }]);
  const old = classifyAll(Array(20_000).fill({ error: 'boom' }));
  await load([{ issue: 'B', error: 'boom' }]);
  assert.ok((await old).every(({ issue }) => issue === 'A'));
  assert.deepEqual([ruleStats().verdicts, counts()], [0, [0]]);
});

test('the counts are those of all threads', async () => {
  const { version } = await load([{ issue: 'A', error: 'boom' }]);
  const seen = await Promise.all(
    Array.from({ length: 4 }, () =>
      inWorker(`
        await kf.classifyAll(Array(1000).fill({ error: 'boom' }));
        for (let n = 0; n < 100; n++) kf.classifySync('', n % 2 ? 'boom' : 'nothing');
        return [kf.loadedRules().version, kf.ruleStats().verdicts >= 1100];`),
    ),
  );
  assert.deepEqual(seen, Array(4).fill([version, true]));
  assert.deepEqual([ruleStats().verdicts, counts()], [4400, [4200]]);
});

test('fake timers do not matter', async () => {
  await load([{ issue: 'A', error: 'boom' }]);
  classifySync('', 'boom');
  const { Date: NativeDate } = globalThis;
  const { toISOString } = NativeDate.prototype;
  globalThis.Date = class {
    toISOString() {
      return 'fake';
    }
  };
  NativeDate.prototype.toISOString = () => 'fake';
  const { since, rules } = ruleStats();
  globalThis.Date = NativeDate;
  NativeDate.prototype.toISOString = toISOString;
  for (const date of [since, rules[0].lastMatched]) assert.equal(new Date(date).toISOString(), date);
});
