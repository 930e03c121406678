import { cart, REFRESHING } from '../expected.mjs';

const expected = {
  ...cart,
  'Cart › shows the bill': 'Failed SHOP-1203, no-match',
  'Cart › stock › "before all" hook for "counts"': 'hook: Broken SHOP-1600',
};

/** @type {import('../index.mjs').Example} */
export default {
  name: 'mocha',
  package: 'mocha',
  inCi: true,
  config: '.mocharc.cjs',
  shows: 'console, run.json',
  exitCode: 9,
  runs: [
    { label: 'serial', expected },
    { label: '--exit', args: ['--exit'], expected },
    {
      label: 'no config',
      // the options as texts, and the list from a file
      args: ['--no-config', '--reporter', 'known-failures/mocha', '-O', 'rules=../known-failures.json,report=run.json,base=dot'],
      fetches: 0,
      expected,
    },
    {
      label: '--parallel',
      args: ['--parallel', '--jobs', '2', 'test/cart.js', 'broken.js'],
      exitCode: 10,
      expected: {
        ...expected,
        // Mocha's workers send no causes
        'Cart › keeps the session': 'Failed no-match',
        'broken.js': 'file: Broken SHOP-1650',
      },
    },
  ],
  refreshing: {
    label: 'refreshing',
    files: {
      '.mocharc.cjs': `module.exports = {
        reporter: 'known-failures/mocha',
        'reporter-option': { rules: process.env.KNOWN_FAILURES, report: 'run.json', rulesOptions: ${JSON.stringify(REFRESHING)} },
      };`,
    },
    expected,
  },
};
