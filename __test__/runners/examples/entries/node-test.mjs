import process from 'node:process';
import { cart, REFRESHING } from '../expected.mjs';

const { 'Cart › applies a voucher': retried, ...others } = cart;

const expected = {
  // node:test has no retries
  ...others,
  'Cart › wraps a gift': 'skipped',
  'Cart › counts twice › by hand': 'Broken SHOP-1203',
  'Cart › counts twice › by machine': 'passed',
  // node:test drops what the hook after a failed test throws
  'Cart › returns › ships back': 'Failed no-match',
  'Cart › returns › refunds': 'Broken SHOP-1600',
  'Cart › stock › before hook': 'hook: Broken SHOP-1600',
  'Cart › stock › counts': 'unfinished no-match',
  'test/broken.test.js': 'file: Broken SHOP-1650',
};

/** Node 20 exits without waiting for its reporters. */
const forceExit =
  Number.parseInt(process.versions.node, 10) < 22
    ? []
    : [
        {
          label: 'force exit',
          // a destination of its own: Node exits when one of the reporters of a destination has ended
          script:
            'node --test --test-force-exit --test-reporter dot --test-reporter-destination stdout --test-reporter ./known-failures.mjs --test-reporter-destination stderr',
          expected,
        },
      ];

/** @type {import('../index.mjs').Example} */
export default {
  name: 'node-test',
  package: 'node',
  inCi: true,
  config: 'known-failures.mjs',
  shows: 'console, run.json',
  exitCode: 1,
  runs: [
    { label: 'spec', expected },
    ...forceExit,
    {
      label: 'one process',
      args: ['test/cart.test.js'],
      // a reporter by its name alone, with its options from the environment
      script: 'node --test-reporter known-failures/node-test',
      env: { KNOWN_FAILURES_RULES: '../known-failures.json', KNOWN_FAILURES_REPORT: 'run.json' },
      fetches: 0,
      expected: Object.fromEntries(Object.entries(expected).filter(([name]) => !name.includes('broken'))),
    },
  ],
  refreshing: {
    label: 'refreshing',
    files: {
      'known-failures.mjs': `import { createReporter } from 'known-failures/node-test';
        const rulesOptions = ${JSON.stringify(REFRESHING)};
        export default createReporter({ rules: process.env.KNOWN_FAILURES, report: 'run.json', rulesOptions });`,
    },
    expected,
  },
};
