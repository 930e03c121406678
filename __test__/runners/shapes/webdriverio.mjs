// WebdriverIO 9.32.0 with Mocha. `afterTest` runs in the worker and gets real errors, but none for a timeout; a reporter gets copies
// without causes.

import { CAUSED, ERRORS, lost, ONLY_ITS_TITLE, thrown, WEB_DRIVER } from './values.mjs';

const wrapped = (text) => new Error(`the string "${text}" was thrown, throw an Error :)`);

const afterTest = [...thrown(...ERRORS, ...CAUSED, ...WEB_DRIVER), ['a10', wrapped('backend 500 as a string')]];

/** A reporter's `test.error`. */
function copyOf(error) {
  const { name, message, stack, expected, actual } = error;
  return { name, message, stack, type: error.constructor.name, expected, actual };
}

const timeout = Object.assign(new Error('Timeout of 1000ms exceeded. For async tests and hooks, ensure "done()" is called'), {
  code: 'ERR_MOCHA_TIMEOUT',
});

/** A WebDriver error's copy has the protocol's name for it, and the class within the message. */
const protocol = {
  name: 'javascript error',
  message: "WebDriverError: javascript error: Cannot read properties of null (reading 'cart')",
};

export default [
  {
    hook: 'WebdriverIO afterTest',
    version: '9.32.0',
    before: [17, 0],
    measured: [25, 9, 10],
    lost: lost(ONLY_ITS_TITLE, 'a20'),
    failures: afterTest.map(([title, error]) => [
      title,
      { title, parent: 'checkout', type: 'test', file: 'cart.e2e.mjs' },
      error,
    ]),
  },
  {
    hook: 'WebdriverIO reporter',
    version: '9.32.0',
    before: [0, 24],
    measured: [25, 1, 8],
    lost: lost('the copies have neither cause nor errors', ...CAUSED),
    failures: [
      ...[...afterTest, ['a14', timeout]].map(([title, error]) => [title, copyOf(error)]),
      [
        'c01',
        { ...protocol, stack: `${protocol.name}: ${protocol.message}\n    at async Context.<anonymous> (cart.e2e.mjs:9:5)` },
      ],
    ].map(([title, error]) => [title, { type: 'test', title, parent: 'checkout', fullTitle: `Cart.checkout.${title}` }, error]),
  },
];
