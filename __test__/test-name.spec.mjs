// `testName`: the name of a test from whatever a runner hands over, and that `classify` holds scopes against that very name.

import assert from 'node:assert/strict';
import test from 'node:test';
import { classify, testName } from '../index.js';
import { hostile, load, revokedProxy } from './support.mjs';

const thrower = () => {
  throw new Error('no');
};

/** `[what, test, name]` */
const NAMES = [
  ['a string', 'Cart › pays', 'Cart › pays'],
  ['an empty string', '', ''],
  ['titles', ['Cart', 'pays'], 'Cart › pays'],
  ['titles, some empty', ['', 'Cart', '', 'pays', ''], 'Cart › pays'],
  ['no titles', [], ''],
  ['titles that are none', ['Cart', 7, null, ['x'], 'pays'], 'Cart › pays'],
  [
    'Playwright, a TestCase',
    { title: 'pays', titlePath: () => ['', 'api', 'a.spec.ts', 'Cart', 'pays'] },
    'api › a.spec.ts › Cart › pays',
  ],
  ['Playwright, a TestInfo', { title: 'pays', titlePath: ['a.spec.ts', 'Cart', 'pays'] }, 'a.spec.ts › Cart › pays'],
  ['Mocha', { title: 'pays', fullTitle: () => 'Cart pays', titlePath: () => ['Cart', 'pays'] }, 'Cart › pays'],
  ['Mocha, an old one', { title: 'pays', fullTitle: () => 'Cart pays' }, 'Cart pays'],
  ['WebdriverIO, a reporter', { title: 'pays', fullTitle: 'Cart.pays' }, 'Cart.pays'],
  ['Jest and Vitest', { title: 'pays', fullName: 'Cart pays', ancestorTitles: ['Cart'] }, 'Cart pays'],
  ['Cypress', { title: ['Cart', 'pays'], state: 'failed' }, 'Cart › pays'],
  ['tap', { name: 'pays', fullname: 'Cart > pays' }, 'Cart > pays'],
  ['Cucumber, a pickle', { id: '1', name: 'pays' }, 'pays'],
  [
    'a method that needs its object',
    {
      titles: ['Cart'],
      titlePath() {
        return this.titles;
      },
    },
    'Cart',
  ],
  ['a function', Object.assign(() => 7, { title: 'pays' }), 'pays'],
  ['inherited', Object.create({ title: 'pays' }), 'pays'],
  ['the first that gives something', { titlePath: [], fullName: '', fullTitle: () => '', title: 'pays', name: 'other' }, 'pays'],
  ['methods that throw', { titlePath: thrower, fullTitle: thrower, name: 'pays' }, 'pays'],
  ['getters that throw', hostile('titlePath', hostile('fullName', { title: 'pays' })), 'pays'],
  ['methods that are not called', { fullName: () => 'other', name: 'pays' }, 'pays'],
  ['a revoked proxy', revokedProxy(), ''],
  ['a revoked proxy as titles', { titlePath: revokedProxy(), title: 'pays' }, 'pays'],
  ['null', null, ''],
  ['a number', 7, ''],
  ['lone surrogates', { title: '\ud83d' }, '\ud83d'],
];

for (const [what, value, name] of NAMES) {
  test(what, async () => {
    await load([
      { issue: 'EMPTY', error: 'x', test: '^$' },
      { issue: 'SCOPED', error: 'x', test: '^Cart .*pays$' },
      { issue: 'OTHER', error: 'x', test: '[^]' },
    ]);
    assert.equal(testName(value), name);
    const expected = name === '' ? 'EMPTY' : /^Cart .*pays$/.test(name) ? 'SCOPED' : 'OTHER';
    assert.equal((await classify(value, 'x')).issue, expected);
  });
}

test('titles of any number are read up to 1,000', () => {
  assert.equal(testName(new Array(100_000).fill('x')).length, 1000 + 999 * 3);
});
