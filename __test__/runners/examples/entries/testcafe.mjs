import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { cart } from '../expected.mjs';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const env = { BROWSER: `chrome:${CHROMIUM}:headless --no-sandbox` };

const {
  // TestCafe has no retries but its quarantine
  'Cart › applies a voucher': voucher,
  'Cart › returns › ships back': shipsBack,
  ...tests
} = cart;

const expected = {
  ...tests,
  'Cart › throws a text': 'Broken SHOP-1203',
  'Cart › finds the bill': 'Failed no-match',
  'Cart › says that the stock is being counted': 'passed',
  'Cart › expects the bill': 'Broken SHOP-1203',
  'Returns › ships back': shipsBack,
  // a hook of a fixture fails its tests
  'Stock › counts': 'Broken SHOP-1600',
  'Stock › counts again': 'Broken SHOP-1600',
  'Archive › keeps orders': 'Broken SHOP-1600',
};

const inQuarantine = {
  'Cart › applies a voucher': `${voucher} → passed → passed`,
  'Cart › retries in vain': 'Broken SHOP-1203 → Broken SHOP-1203 → Broken SHOP-1203',
};

function check({ report }, { label }) {
  if (label === 'quarantine') return;
  const { steps, attempts } = report.tests.find(({ name }) => name === 'Cart › finds the bill');
  assert.deepEqual(
    steps.map(({ title, status }) => [title, status]),
    [["click Selector('#bill')", 'failed']],
  );
  const [{ text }] = attempts[0].failures;
  assert.match(text, /^The specified selector (?:.|\n)*\n {4}at .*cart\.js:\d+$/);
}

/** @type {import('../index.mjs').Example} */
export default {
  name: 'testcafe',
  package: 'testcafe',
  modules: 'more',
  config: '.testcaferc.js',
  shows: 'console, run.json',
  exitCode: 12,
  check,
  missing: () => (existsSync(CHROMIUM) ? null : `There is no ${CHROMIUM}: install chromium, or name it with CHROMIUM`),
  runs: [
    { label: 'run', env, expected },
    { label: 'concurrency 2', args: ['-c', '2'], env, expected },
    { label: 'quarantine', script: 'testcafe "" quarantine/voucher.js -q', env, expected: inQuarantine, exitCode: 1 },
  ],
};
