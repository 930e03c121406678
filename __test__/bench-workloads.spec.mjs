// The workloads of bench/data/workloads: seeded, plain where they say so, and half of their texts match.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { WORKLOADS } from '../bench/data/workloads/index.mjs';
import { isPlain } from '../bench/data/workloads/literal.mjs';

const matches = ({ rules, texts }) => {
  const compiled = rules.map(({ error, flags, test }) => ({ error: new RegExp(error, flags), test: new RegExp(test ?? '') }));
  return texts.filter((text) => compiled.some((rule) => rule.test.test(text.test) && rule.error.test(text.error))).length;
};

for (const { name, generate, grows, lengthens } of WORKLOADS.values()) {
  describe(name, () => {
    for (const profile of ['plain', 'typical']) {
      test(`${profile}: the same seed gives the same rules and texts; about half of the texts match`, () => {
        const options = { seed: 3, profile, texts: 40 };
        const generated = generate(options);
        assert.deepEqual(generate(options), generated);
        assert.notDeepEqual(generate({ ...options, seed: 4 }).rules, generated.rules);
        const share = matches(generated) / generated.texts.length;
        assert.ok(share > 0.3 && share < 0.8, String(share));
      });

      test(`${profile}: rules are of the kind that it says`, () => {
        const { rules } = generate({ seed: 5, profile, texts: 1 });
        assert.ok(rules.length >= 900, String(rules.length));
        assert.equal(new Set(rules.map(({ error, flags, test }) => `${flags}/${error}/${test}`)).size, rules.length);
        const share = rules.filter(isPlain).length / rules.length;
        if (profile === 'plain') assert.equal(share, 1);
        else assert.ok(share > 0.7 && share < 0.99, String(share));
      });
    }

    if (grows) {
      test('a longer list starts with a fair part of it, longer texts with the texts', () => {
        const options = { seed: 3, profile: 'typical', texts: 20, times: 3 };
        const generated = generate(options);
        assert.ok(generated.rules.length >= 2.5 * generate({ ...options, times: 1 }).rules.length);
        const own = { ...generated, rules: generated.rules.slice(0, generated.rules.length / 3) };
        assert.ok(matches(own) >= 6);
        const long = generate({ ...options, length: 10 });
        const grown = long.texts.map(({ error }, i) => {
          assert.ok(error.startsWith(generated.texts[i].error));
          return error.length / generated.texts[i].error.length;
        });
        const mean = grown.reduce((a, b) => a + b) / grown.length;
        if (lengthens) assert.ok(mean > 8 && mean < 13, String(mean));
        else assert.ok(mean < 1.3, String(mean));
      });
    }
  });
}

describe('a plain rule', () => {
  for (const [error, plain, rest] of [
    ['abcdefg', true],
    ['abcdef', false],
    ['abc.*defg', false],
    ['abc(?:d)e{1}fg', true],
    ['(?:abcdefg|x)', false],
    ['(?:abcdefg|hijklmnop)+', true],
    ['(?:abcdefg)?', false],
    ['abcd+efg', false],
    ['abcd+defghij', true],
    ['x(?:\\d|abcdefg)abcdefg', true],
    ['\\bабвг\\b', true],
    ['abcdefg(?=x)', false],
    ['(a)abcdefg\\1', false],
    ['abcdefg', false, { flags: 's' }],
    ['abcdefg', true, { flags: 'mi' }],
    ['abcdefg', false, { test: 'x' }],
  ]) {
    test(`/${error}/ ${JSON.stringify(rest ?? {})}: ${plain}`, () => assert.equal(isPlain({ error, ...rest }), plain));
  }
});
