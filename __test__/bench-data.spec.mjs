// The generators of bench/data: what they promise is what the figures of every benchmark rest on.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { generateErrors, generateRules, Random, toJson } from '../bench/data/index.mjs';
import { failureOf } from '../bench/data/rules.mjs';
import { errorText } from '../bench/data/stacks.mjs';

const compiled = (list) => list.rules.map((rule) => new RegExp(rule.error, rule.flags));

test('the random numbers are the same everywhere', () => {
  const random = new Random('a seed');
  assert.deepEqual([random.int(0, 999_999), random.hex(8), random.next()], [558900, '3d91828c', 0.827801673207432]);
});

for (const profile of ['plain', 'typical']) {
  test(`${profile}: the same seed gives the same list and errors, another one others`, () => {
    const [a, b, other] = [7, 7, 8].map((seed) => generateRules({ seed, profile, rules: 300 }));
    assert.deepEqual(a, b);
    assert.notDeepEqual(a.rules, other.rules);
    assert.deepEqual(generateErrors(a, { count: 50 }), generateErrors(b, { count: 50 }));
  });

  test(`${profile}: 3,500 rules have 300 KB of patterns, and each matches its own failure`, () => {
    const seed = Math.floor(Math.random() * 1e9);
    const list = generateRules({ seed, profile });
    assert.equal(list.rules.length, 3500, `seed ${seed}`);
    assert.ok(list.patternBytes >= 300_000, `seed ${seed}: ${list.patternBytes} bytes`);
    assert.equal(new Set(list.rules.map((rule) => rule.id)).size, 3500);
    const random = new Random(seed);
    for (const [i, regExp] of compiled(list).entries()) {
      const text = errorText(failureOf(list.origins[i], random), random, 0);
      assert.match(text, regExp, `seed ${seed}, rule ${i}, ${list.origins[i].template}`);
    }
  });

  test(`${profile}: errors match, miss and measure what they were made for`, () => {
    const seed = Math.floor(Math.random() * 1e9);
    const list = generateRules({ seed, profile, rules: 1000 });
    const regExps = compiled(list);
    const errors = generateErrors(list, { count: 400, logs: 0 });
    const lengths = errors.map(({ error }) => error.length);
    const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
    assert.ok(mean > 1900 && mean < 2400, `seed ${seed}: ${mean}`);
    assert.deepEqual(
      ['match', 'near-miss', 'other'].map((kind) => errors.filter((error) => error.kind === kind).length),
      [200, 40, 160],
    );
    for (const { kind, rule, test, error } of errors) {
      if (kind === 'other') continue;
      const { test: scope } = list.rules[rule];
      const matches = regExps[rule].test(error) && (!scope || new RegExp(scope).test(test));
      assert.equal(matches, kind === 'match', `seed ${seed}, rule ${rule}: ${error}`);
    }
  });
}

test('a list grows to the bytes that are asked for, and is served as JSON', () => {
  const list = generateRules({ seed: 1, bytes: 1_000_000 });
  assert.ok(list.patternBytes >= 1_000_000 && list.patternBytes < 1_001_000);
  assert.deepEqual(JSON.parse(toJson(list)).rules, list.rules);
});

test('a typical list has the shares it says, a plain one none of it', () => {
  const share = (list, has) => list.rules.filter(has).length / list.rules.length;
  const family = (list, name) => list.origins.filter((origin) => origin.template.startsWith(name)).length / list.rules.length;
  const typical = generateRules({ seed: 1, rules: 4000 });
  assert.equal(family(typical, 'withoutLiteral.'), 0.005);
  assert.equal(family(typical, 'lookaround.'), 0.02);
  assert.equal(family(typical, 'backReference.'), 0.002);
  assert.equal(
    share(typical, (rule) => rule.test !== undefined),
    0.1,
  );
  const ignoringCase = share(typical, (rule) => rule.flags?.includes('i'));
  assert.ok(ignoringCase > 0.145 && ignoringCase <= 0.15, String(ignoringCase));
  const plain = generateRules({ seed: 1, rules: 4000, profile: 'plain' });
  assert.equal(
    share(plain, (rule) => /[^m]/.test(rule.flags ?? '') || rule.test !== undefined || /\(\?<?[=!]|\\[1-9k]/.test(rule.error)),
    0,
  );
});

test('one in a hundred errors of a typical list carries a log', () => {
  const errors = generateErrors(generateRules({ seed: 1, rules: 100 }), { count: 1000 });
  assert.equal(errors.filter(({ error }) => error.length > 40_000).length, 10);
});

test('damaged rules are refused by JavaScript, and are as many as were asked for', () => {
  const list = generateRules({ seed: 1, rules: 500, broken: 12 });
  const refused = list.rules.flatMap((rule, i) => {
    try {
      new RegExp(rule.error, rule.flags);
      return [];
    } catch {
      return i;
    }
  });
  assert.equal(refused.length, 12);
  assert.deepEqual(
    refused,
    list.origins.flatMap((origin, i) => (origin ? [] : i)),
  );
});

test('with hot rules, a few of them account for half of the matches', () => {
  const list = generateRules({ seed: 1, rules: 1000 });
  const counts = new Map();
  for (const { kind, rule } of generateErrors(list, { count: 1000, matching: 1, nearMisses: 0, hot: 10 })) {
    assert.equal(kind, 'match');
    counts.set(rule, (counts.get(rule) ?? 0) + 1);
  }
  const top = [...counts.values()].sort((a, b) => b - a).slice(0, 10);
  const sum = top.reduce((total, count) => total + count, 0);
  assert.ok(sum > 430 && sum < 580, String(sum));
});
