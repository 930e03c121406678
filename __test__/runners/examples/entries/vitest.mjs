import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cart, REFRESHING } from '../expected.mjs';

const expected = {
  ...cart,
  'Cart › retries in vain': 'Broken SHOP-1203 → Broken SHOP-1203',
  'Cart › shows the bill': 'Failed SHOP-1203, no-match',
  'Cart › leaves nothing behind': 'passed',
  'Cart › stock › suite hook': 'hook: Broken SHOP-1600',
  'Cart › stock › counts': 'skipped',
  'test/broken.test.js': 'file: Broken SHOP-1650',
  'Unhandled Rejection': 'run: Broken SHOP-1501',
};

/** Vitest's own JSON report has the issue of every known failure, and of no other test. */
function check({ folder, report }) {
  const { testResults } = JSON.parse(readFileSync(join(folder, 'vitest.json'), 'utf8'));
  const told = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .map(({ ancestorTitles, title, meta }) => [[...ancestorTitles, title].join(' › '), meta.knownFailure?.issue])
    .filter(([, issue]) => issue !== undefined);
  const known = report.tests
    .filter(({ kind, status }) => kind === 'test' && status === 'Broken')
    .map(({ name, issue }) => [name, issue]);
  assert.deepEqual(told.sort(), known.sort());
}

/** @type {import('../index.mjs').Example} */
export default {
  name: 'vitest',
  package: 'vitest',
  inCi: true,
  config: 'vitest.config.js',
  shows: 'console, run.json, meta in the JSON report',
  exitCode: 1,
  check,
  runs: [
    { label: 'forks', expected },
    { label: 'threads', args: ['--pool', 'threads'], expected },
    // as with shards: the tests fail, and their reports are merged
    { label: 'merged', script: 'vitest run --reporter blob || vitest run --merge-reports', expected },
  ],
  refreshing: {
    label: 'refreshing',
    files: {
      'vitest.config.js': `const options = { rules: process.env.KNOWN_FAILURES, report: 'run.json', rulesOptions: ${JSON.stringify(REFRESHING)} };
        export default { test: { reporters: ['default', ['known-failures/vitest', options]] } };`,
    },
    expected,
  },
};
