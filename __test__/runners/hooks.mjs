// The hooks that the runners call with an error: how each is run, what its runner loses, and the figures of version 0.1.0.

import suite from './bodies.cjs';

const EMPTY_IN_JSON = 'child processes send failureDetails as JSON, which has neither message nor stack of an Error';
const ONLY_ITS_TITLE = 'the hook has the title of the test only, without its suites';

/** Failures whose text a runner throws away: `{ title: reason }`. */
const lost = (reason, ...titles) => Object.fromEntries(titles.map((title) => [title, reason]));

const inJson = suite.all.map(([title]) => title).filter((title) => !['a05', 'a12'].includes(title));

/** Since Node 22 a stack is an accessor that gives nothing for the object that Jest copies it to; the name is in the stack only. */
const NO_STACK_TO_COPY = Object.getOwnPropertyDescriptor(new Error(), 'stack').get !== undefined;
const failureDetails = NO_STACK_TO_COPY
  ? { lost: lost("Jest's copy of an error has a message only", 'a04', 'a07', 'a09', 'a20', 'b03', 'b05') }
  : { lost: {}, measured: [33, 0, 23] };

/** `[command, arguments, environment]` of a run; its hooks write the records. */
export const runs = [
  ['mocha', ['--exit', '--reporter', 'mocha/reporter.cjs', 'mocha/cart.spec.cjs'], { HOOK: 'Mocha serial' }],
  [
    'mocha',
    ['--parallel', '--jobs', '2', '--exit', '--reporter', 'mocha/reporter.cjs', 'mocha/cart.spec.cjs'],
    { HOOK: 'Mocha --parallel' },
  ],
  ['jest', ['--config', 'jest/jest.config.cjs', '--runInBand'], { HOOK: 'Jest' }],
  ['jest', ['--config', 'jest/jest.config.cjs', '--maxWorkers', '2'], { HOOK: 'Jest, workers' }],
  ['vitest', ['run', '--config', 'vitest/vitest.config.mjs'], {}],
  ['playwright', ['test', '--config', 'playwright/playwright.config.mjs', 'cart'], {}],
  ['playwright', ['test', '--config', 'playwright/playwright.config.mjs', 'unparsable'], {}],
  ['node', ['node-test/main.mjs'], {}],
];

/**
 * `lost`: the failures whose text the runner drops, and why. `before`: how many of these very failures version 0.1.0 (commit 4964d1d)
 * recognised, and of how many it read nothing: `KNOWN_FAILURES=<its index.js> npm run test:runners`. `measured`: an earlier and larger
 * suite of 2026-11-28: its failures, what 0.1.0 recognised of them, and what a prototype of today's rule did.
 */
export const hooks = [
  { hook: 'Mocha serial', package: 'mocha', before: [18, 1], measured: [28, 18], lost: {} },
  {
    hook: 'Mocha --parallel',
    package: 'mocha',
    before: [0, 24],
    measured: [28, 0, 17],
    lost: lost('Mocha copies neither cause nor errors', 'a07', 'a08', 'a09', 'a16'),
  },
  { hook: 'Jest failureMessages', package: 'jest', before: [21, 0], measured: [38, 23, 24], lost: {} },
  { hook: 'Jest failureDetails', package: 'jest', before: [0, 23], ...failureDetails },
  { hook: 'Jest testExecError', package: 'jest', before: [1, 1], lost: {} },
  { hook: 'Jest environment', package: 'jest', before: [11, 3], measured: [36, 23, 26], lost: lost(ONLY_ITS_TITLE, 'a20') },
  { hook: 'Jest, workers failureMessages', package: 'jest', before: [21, 0], lost: {} },
  { hook: 'Jest, workers failureDetails', package: 'jest', before: [0, 23], lost: lost(EMPTY_IN_JSON, ...inJson) },
  { hook: 'Jest, workers testExecError', package: 'jest', before: [1, 1], lost: {} },
  { hook: 'Jest, workers environment', package: 'jest', before: [11, 3], lost: lost(ONLY_ITS_TITLE, 'a20') },
  { hook: 'Vitest reporter errors', package: 'vitest', before: [0, 26], measured: [42, 0, 26], lost: {} },
  {
    hook: 'Playwright result.error',
    package: '@playwright/test',
    before: [0, 26],
    lost: {
      ...lost('Playwright keeps a cause only if it is an Error', 'a08'),
      ...lost('result.error is the first of result.errors', 'a09', 'b02'),
    },
  },
  {
    hook: 'Playwright result.errors',
    package: '@playwright/test',
    before: [0, 26],
    measured: [54, 0, 39],
    lost: lost('Playwright keeps a cause only if it is an Error', 'a08'),
  },
  { hook: 'Playwright onError', package: '@playwright/test', before: [0, 1], lost: {} },
  {
    hook: 'node:test details.error',
    package: 'node',
    before: [12, 2],
    measured: [29, 14, 16],
    lost: { ...lost(ONLY_ITS_TITLE, 'a20'), ...lost('the reason is on stderr only', 'b06') },
  },
];
