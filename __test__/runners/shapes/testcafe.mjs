// TestCafe 3.7.6, `reportTestDone(name, { errs })`: adapters with `errMsg` and `code`, without message and stack. What failed in a
// page has a stack of its own.

import { CAUSED, ERRORS, lost, ONLY_ITS_TITLE, thrown } from './values.mjs';

class TestRunErrorFormattableAdapter {
  constructor(error) {
    Object.assign(this, { userAgent: 'Chromium 156', screenshotPath: '', testRunId: 'r1', testRunPhase: 'inTest' });
    Object.assign(this, { ...error, isTestCafeError: true, callsite: null });
  }

  getErrorMarkup() {}

  formatMessage() {}
}

const adapters = (...errors) => errors.map((error) => new TestRunErrorFormattableAdapter(error));

const inTestCode = thrown(...ERRORS, ...CAUSED).map(([title, error]) => [
  title,
  adapters({ code: 'E2', errMsg: String(error), originError: error }),
]);

export default [
  {
    hook: 'TestCafe reportTestDone errs',
    version: '3.7.6',
    before: [0, 23],
    measured: [14, 0, 6],
    lost: {
      ...lost(ONLY_ITS_TITLE, 'a20'),
      ...lost('an adapter has the message only', ...CAUSED),
      ...lost('a timeout is a code and a number', 'a14'),
    },
    failures: [
      ...inTestCode,
      ['a10', adapters({ code: 'E4', objType: 'string', objStr: 'backend 500 as a string' })],
      ['a11', adapters({ code: 'E4', objType: 'object', objStr: '{"status":500,"reason":"backend 500 as an object"}' })],
      ['a14', adapters({ code: 'E75', timeout: 1000, scope: 'Test' })],
      [
        'c01',
        adapters({
          code: 'E1',
          errStack: "Error: javascript error: Cannot read properties of null (reading 'cart')\n    at pay (cart.js:1:1)",
          pageDestUrl: 'http://127.0.0.1/cart',
        }),
      ],
      ['b02', adapters({ code: 'E2', errMsg: 'Expected: "paid"' }, { code: 'E2', errMsg: 'Expected: 3' })],
    ].map(([title, errs]) => [title, title, errs]),
  },
];
