// Rules that change while calls are in flight: every verdict is by one version, the one in force when its call was made.

import assert from 'node:assert/strict';
import test from 'node:test';
import { classify, classifyAll, loadRules } from '../index.js';

const listOf = (generation) => [
  { issue: `early ${generation}`, error: `^never`, id: `${generation}` },
  { issue: `generation ${generation}`, error: 'boom', id: `${generation}` },
];

test('a call is judged by the rules that were in force when it was made', async () => {
  const first = await loadRules(listOf(1));
  const before = Array.from({ length: 100 }, () => classify('', `${'x'.repeat(10_000)}boom`));
  const batch = classifyAll(Array(100).fill({ error: 'boom' }));
  const second = await loadRules(JSON.stringify(listOf(2)));
  for (const verdict of [...(await Promise.all(before)), ...(await batch)]) {
    assert.deepEqual([verdict.issue, verdict.rulesVersion], ['generation 1', first.version]);
  }
  const after = await classify('', 'boom');
  assert.deepEqual([after.issue, after.rulesVersion], ['generation 2', second.version]);
});

test('no verdict mixes two versions', async () => {
  const generations = new Map([[(await loadRules(listOf(0))).version, 0]]);
  let loading = true;
  const verdicts = [];
  const caller = (async () => {
    while (loading) {
      const calls = Array.from({ length: 60 }, (_, index) => classify({ title: `t${index}` }, new Error('boom')));
      verdicts.push(...(await Promise.all(calls)));
    }
  })();
  for (let generation = 1; generation <= 100; generation++) {
    const rules = listOf(generation);
    const report = await loadRules(generation % 2 ? rules : Buffer.from(JSON.stringify(rules)));
    assert.equal(report.superseded, false);
    generations.set(report.version, generation);
  }
  loading = false;
  await caller;
  assert.ok(verdicts.length >= 60);
  for (const { issue, id, rulesVersion } of verdicts) {
    const generation = generations.get(rulesVersion);
    assert.deepEqual([issue, id], [`generation ${generation}`, `${generation}`]);
  }
});
