import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { cart } from '../expected.mjs';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

const { 'Cart › returns › ships back': shipsBack, ...scenarios } = cart;

const expected = {
  ...scenarios,
  // its message has seconds
  'Cart › sends the receipt': 'Failed no-match',
  'Cart › retries in vain': 'Broken SHOP-1203 → Broken SHOP-1203',
  'Cart › sees the stock': 'Broken SHOP-1203',
  'Cart › sees the bill': 'Failed no-match',
  'Returns › ships back': shipsBack,
  'Delivery › packs': 'Broken SHOP-1600',
  'Delivery › hands over': 'skipped',
  'Stock › BeforeSuite': 'hook: Broken SHOP-1600',
  'Archive › keeps orders': 'passed',
  'Archive › AfterSuite': 'hook: Broken SHOP-1600',
};

// a hook fails in each worker that has a test of its feature
const inWorkers = { ...expected, 'Delivery › hands over': 'Broken SHOP-1600' };

/** CodeceptJS prints the issue under Metadata of each test that failed with a known failure; for the failure of a hook it prints none. */
function check({ output, report }, { label }) {
  if (label !== 'run') return;
  const printed = [...output.matchAll(/^ *- knownFailure: (\S+)/gm)].map(([, issue]) => issue);
  const known = report.tests.filter(({ name, status }) => name.startsWith('Cart › ') && status === 'Broken');
  assert.deepEqual(printed.sort(), known.map(({ issue }) => issue).sort());
  const { steps } = report.tests.find(({ name }) => name === 'Cart › sees the bill');
  assert.deepEqual(
    steps.map(({ title, status }) => [title.slice(0, 12), status]),
    [
      ['I am on page', 'passed'],
      ['I click "Pay', 'failed'],
    ],
  );
}

/** @type {import('../index.mjs').Example} */
export default {
  name: 'codeceptjs',
  package: 'codeceptjs',
  modules: 'more',
  config: 'codecept.conf.js',
  shows: 'console, run.json, metadata of the test',
  exitCode: 1,
  check,
  missing: () => (existsSync(CHROMIUM) ? null : `There is no ${CHROMIUM}: install chromium, or name it with CHROMIUM`),
  runs: [
    { label: 'run', env: { CHROMIUM }, expected },
    { label: 'run-workers', script: 'codeceptjs run-workers 2', env: { CHROMIUM }, expected: inWorkers },
    { label: '--by pool', script: 'codeceptjs run-workers 2 --by pool', env: { CHROMIUM }, expected: inWorkers },
    {
      label: 'broken file',
      args: ['--override', '{"tests":"broken/*.js"}'],
      env: { CHROMIUM },
      expected: { 'broken/cart.js': 'file: Broken SHOP-1650' },
    },
  ],
};
