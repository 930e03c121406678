import { cart, REFRESHING } from '../expected.mjs';

const expected = {
  ...cart,
  'Cart › retries in vain': 'Broken SHOP-1203 → Broken SHOP-1203',
  // Jest keeps no errors of earlier attempts there
  'Cart › picks a gift': 'Failed no-error → passed',
  'Cart › wraps a gift': 'skipped',
  'Cart › archive › keeps orders': 'passed',
  // the hook before a suite fails each of its tests
  'Cart › stock › counts': 'Broken SHOP-1600',
  // the hook after a suite fails the file
  'test/cart.test.js': 'file: Broken SHOP-1600',
  'test/broken.test.js': 'file: Broken SHOP-1650',
};

/** @type {import('../index.mjs').Example} */
export default {
  name: 'jest',
  package: 'jest',
  config: 'jest.config.js',
  shows: 'console, run.json',
  exitCode: 1,
  runs: [
    { label: 'workers', args: ['--maxWorkers', '2'], expected },
    { label: 'in band', args: ['--runInBand', '--forceExit'], expected },
    { label: 'colours', env: { FORCE_COLOR: '1' }, expected },
  ],
  refreshing: {
    label: 'refreshing',
    files: {
      'jest.config.js': `const options = { rules: process.env.KNOWN_FAILURES, report: 'run.json', rulesOptions: ${JSON.stringify(REFRESHING)} };
        module.exports = { reporters: ['default', ['known-failures/jest', options]] };`,
    },
    expected,
  },
};
