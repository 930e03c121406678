import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cart } from '../expected.mjs';

const expected = {
  ...cart,
  // Cucumber's messages have no causes
  'Cart › keeps the session': 'Failed no-match',
  'Cart › retries in vain': 'Broken SHOP-1203 → Broken SHOP-1203',
  'Cart › pays in coins': 'Failed no-match',
  'Cart › pays in shells': 'Failed no-match',
  'Cart › wraps a gift': 'Failed no-match',
  'Cart › pays by cheque': 'Failed no-match',
  'Cart › pays by cash': 'passed',
  'Cart › delivers - #1.1': 'passed',
  'Cart › delivers - #2.1': 'passed',
  'Cart › delivers - #2.2': 'Failed no-match',
  // a Before hook
  'Cart › stock › counts': 'Broken SHOP-1600',
};

/** Cucumber's own messages, from which its HTML report is made, have the issue of each attempt that failed with a known failure. */
function check({ folder, report }, { label }) {
  // Cucumber writes no more messages when it exits at once
  if (['parse error', 'BeforeAll', 'AfterAll'].includes(label)) return;
  const messages = readFileSync(join(folder, 'messages.ndjson'), 'utf8').trimEnd().split('\n').map(JSON.parse);
  const attached = messages
    .map(({ attachment }) => attachment?.body)
    .filter((body) => body?.startsWith('Known failure: '))
    .map((body) => body.slice('Known failure: '.length));
  const known = report.tests.flatMap(({ attempts }) => attempts.map(({ failures }) => failures.at(0)?.issue)).filter(Boolean);
  assert.deepEqual(attached.sort(), known.sort());
  const { steps } = report.tests.find(({ name }) => name === 'Cart › adds an item');
  assert.deepEqual(
    steps.map(({ title, status, messages }) => [title, status, messages]),
    [
      ['Given a cart', 'passed', []],
      ['When an item is added', 'passed', ['one item']],
      ['After', 'passed', []],
    ],
  );
}

/** @type {import('../index.mjs').Example} */
export default {
  name: 'cucumber',
  package: '@cucumber/cucumber',
  modules: 'more',
  config: 'cucumber.js',
  shows: 'console, run.json, attachments',
  exitCode: 1,
  check,
  runs: [
    { label: 'serial', expected },
    { label: '--parallel', args: ['--parallel', '2'], expected },
    { label: '--exit', args: ['--exit'], expected },
    { label: 'formatter', args: ['--config', 'formatter.js'], expected },
    {
      label: 'parse error',
      args: ['broken/cart.feature'],
      expected: { 'broken/cart.feature': 'file: Failed no-match' },
    },
    // Cucumber exits without waiting
    {
      label: 'BeforeAll',
      // a fetch may still be under way then
      env: { KNOWN_FAILURES: '../known-failures.json' },
      fetches: 0,
      args: ['--require', 'features/*.js', '--require', 'hooks/before-all.js'],
      expected: { BeforeAll: 'hook: Broken SHOP-1600' },
    },
    {
      label: 'AfterAll',
      args: ['--require', 'features/*.js', '--require', 'hooks/after-all.js'],
      expected: { ...expected, AfterAll: 'hook: Broken SHOP-1600' },
    },
  ],
};
