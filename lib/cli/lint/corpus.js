// Errors of all kinds, as test runners and browsers write them: what a rule for one issue should hardly ever match. Written for this
// purpose; each is a head and the stack frames of its runner.
'use strict';

const ESC = '\u001b';

const FRAMES = {
  mocha: ['Context.<anonymous> (test/cart.spec.cjs:12:24)', 'process.processImmediate (node:internal/timers:483:21)'],
  jest: [
    'Object.<anonymous> (/home/ci/shop/src/cart.test.js:12:24)',
    'Promise.then.completed (/home/ci/shop/node_modules/jest-circus/build/jestAdapterInit.js:1834:28)',
    'new Promise (<anonymous>)',
    'callAsyncCircusFn (/home/ci/shop/node_modules/jest-circus/build/jestAdapterInit.js:1774:10)',
  ],
  vitest: [
    '/home/ci/shop/src/cart.test.mjs:12:24',
    'file:///home/ci/shop/node_modules/@vitest/runner/dist/chunk-hooks.js:302:11',
    'new Promise (<anonymous>)',
    'runWithTimeout (file:///home/ci/shop/node_modules/@vitest/runner/dist/chunk-hooks.js:1863:10)',
  ],
  node: [
    'TestContext.<anonymous> (file:///home/ci/shop/test/cart.test.mjs:12:24)',
    'Test.runInAsyncScope (node:async_hooks:206:9)',
    'Test.run (node:internal/test_runner/test:796:25)',
    'Suite.processPendingSubtests (node:internal/test_runner/test:526:18)',
  ],
  playwright: ['/home/ci/shop/tests/cart.spec.ts:12:24'],
  selenium: [
    'Object.throwDecodedError (/home/ci/shop/node_modules/selenium-webdriver/lib/error.js:523:15)',
    'parseHttpResponse (/home/ci/shop/node_modules/selenium-webdriver/lib/http.js:527:13)',
    'Executor.execute (/home/ci/shop/node_modules/selenium-webdriver/lib/http.js:459:28)',
    'process.processTicksAndRejections (node:internal/process/task_queues:95:5)',
  ],
  wdio: ['async Context.<anonymous> (file:///home/ci/shop/specs/cart.e2e.mjs:14:33)'],
  cucumber: ['World.<anonymous> (/home/ci/shop/features/step_definitions/steps.cjs:18:41)'],
  none: [],
};

const SESSION = '\n  (Session info: chrome=138.0.7204.92)';

/** @type {[runner: keyof typeof FRAMES, head: string][]} */
const HEADS = [
  // assertions
  ['mocha', 'AssertionError: expected 41 to equal 42\n\n+ expected - actual\n\n-41\n+42\n'],
  ['mocha', "AssertionError: expected 'Total: 41.00 €' to include '42.00'"],
  ['mocha', 'AssertionError [ERR_ASSERTION]: Expected values to be strictly equal:\n\n41 !== 42\n'],
  [
    'node',
    "AssertionError [ERR_ASSERTION]: Expected values to be strictly deep-equal:\n+ actual - expected\n\n  {\n+   currency: 'EUR'\n-   currency: 'USD'\n  }",
  ],
  ['node', 'AssertionError [ERR_ASSERTION]: The expression evaluated to a falsy value:\n\n  assert.ok(cart.isEmpty())\n'],
  ['node', 'AssertionError [ERR_ASSERTION]: Missing expected exception.'],
  ['node', 'Error [ERR_TEST_FAILURE]: o.pay is not a function\nCaused by: TypeError: o.pay is not a function'],
  ['node', 'Error [ERR_TEST_FAILURE]: test timed out after 3000ms'],
  ['node', 'Error [ERR_TEST_FAILURE]: 2 subtests failed'],
  [
    'jest',
    `Error: ${ESC}[2mexpect(${ESC}[22m${ESC}[31mreceived${ESC}[39m${ESC}[2m).${ESC}[22mtoBe${ESC}[2m(${ESC}[22m${ESC}[32mexpected${ESC}[39m${ESC}[2m)${ESC}[22m\n\nExpected: ${ESC}[32m42${ESC}[39m\nReceived: ${ESC}[31m41${ESC}[39m`,
  ],
  [
    'jest',
    'Error: expect(received).toEqual(expected) // deep equality\n\n- Expected  - 1\n+ Received  + 1\n\n  Object {\n-   "items": 3,\n+   "items": 2,\n  }',
  ],
  ['jest', 'Error: expect(jest.fn()).toHaveBeenCalledWith(...expected)\n\nExpected: "card"\n\nNumber of calls: 0'],
  [
    'jest',
    'Error: expect(received).toMatchSnapshot()\n\nSnapshot name: `Cart shows a voucher 1`\n\n- Snapshot  - 1\n+ Received  + 1',
  ],
  [
    'jest',
    'Error: thrown: "Exceeded timeout of 5000 ms for a test.\nAdd a timeout value to this test to increase the timeout, if this is a long-running test."',
  ],
  ['jest', "Error: Cannot find module './voucher' from 'src/cart.test.js'"],
  ['vitest', 'AssertionError: expected 41 to be 42 // Object.is equality'],
  ['vitest', "AssertionError: expected [ 'pear', 'plum' ] to deeply equal [ 'pear', 'fig' ]"],
  ['vitest', 'AssertionError: promise resolved "undefined" instead of rejecting'],
  [
    'vitest',
    'Error: Test timed out in 5000ms.\nIf this is a long-running test, pass a timeout value as the last argument or configure it globally with "testTimeout".',
  ],
  ['vitest', 'Error: Snapshot `Cart > shows a voucher 1` mismatched'],
  [
    'mocha',
    'Error: Timeout of 2000ms exceeded. For async tests and hooks, ensure "done()" is called; if returning a Promise, ensure it resolves. (/home/ci/shop/test/cart.spec.cjs)',
  ],
  ['mocha', 'Error: done() called multiple times in test <Cart pays by card> of file /home/ci/shop/test/cart.spec.cjs'],
  ['mocha', 'Error: "before each" hook for "pays by card": the fixture is down'],
  ['cucumber', 'Error: function timed out, ensure the promise resolves within 5000 milliseconds'],
  [
    'none',
    "Undefined. Implement with the following snippet:\n\n  When('I pay by {string}', function (string) {\n    return 'pending';\n  });\n",
  ],
  // the language
  ['jest', "TypeError: Cannot read properties of undefined (reading 'total')"],
  ['mocha', "TypeError: Cannot set properties of null (setting 'value')"],
  ['vitest', 'TypeError: cart.checkout is not a function'],
  ['mocha', 'TypeError: undefined is not iterable (cannot read property Symbol(Symbol.iterator))'],
  ['vitest', 'ReferenceError: voucher is not defined'],
  ['node', "ReferenceError: Cannot access 'cart' before initialization"],
  ['jest', 'RangeError: Maximum call stack size exceeded'],
  ['node', 'RangeError: Invalid array length'],
  ['jest', 'SyntaxError: Unexpected token \'<\', "<!DOCTYPE "... is not valid JSON'],
  ['node', 'SyntaxError: Unexpected end of JSON input'],
  ['vitest', 'AggregateError: All promises were rejected\nCaused by: Error: shop-1 is down\nCaused by: Error: shop-2 is down'],
  ['mocha', 'AbortError: This operation was aborted'],
  // the system and the network
  ['mocha', "Error: ENOENT: no such file or directory, open '/home/ci/shop/fixtures/cart.json'"],
  ['jest', "Error: EACCES: permission denied, mkdir '/var/lib/shop'"],
  ['node', 'Error: listen EADDRINUSE: address already in use 127.0.0.1:8080'],
  ['vitest', 'Error: connect ECONNREFUSED 127.0.0.1:5432'],
  ['mocha', 'Error: read ECONNRESET'],
  ['jest', 'Error: getaddrinfo ENOTFOUND payments.internal'],
  ['node', 'TypeError: fetch failed\nCaused by: HeadersTimeoutError: Headers Timeout Error'],
  ['vitest', 'Error: socket hang up'],
  ['jest', 'Error: unable to verify the first certificate'],
  ['mocha', 'AxiosError: Request failed with status code 503'],
  ['jest', 'Error: 500 Internal Server Error: {"code":"E_STOCK","message":"out of stock"}'],
  ['node', 'Error: Command failed: psql -c "select 1"\npsql: could not connect to server: Connection refused'],
  ['vitest', 'error: duplicate key value violates unique constraint "orders_pkey"'],
  ['mocha', 'MongoServerSelectionError: Server selection timed out after 30000 ms'],
  ['node', 'Error: spawn chromium ENOENT'],
  // browsers
  [
    'playwright',
    `TimeoutError: locator.click: Timeout 30000ms exceeded.\nCall log:\n${ESC}[2m  - waiting for getByRole('button', { name: 'Pay' })${ESC}[22m\n`,
  ],
  [
    'playwright',
    "Error: Timed out 5000ms waiting for expect(locator).toBeVisible()\n\nLocator: locator('#total')\nExpected: visible\nReceived: <element(s) not found>\nCall log:\n  - expect.toBeVisible with timeout 5000ms",
  ],
  [
    'playwright',
    'Error: expect(locator).toHaveText(expected) failed\n\nLocator: locator(\'#total\')\nExpected string: "42"\nReceived string: "41"',
  ],
  [
    'playwright',
    'Error: page.goto: net::ERR_CONNECTION_REFUSED at http://localhost:3000/cart\nCall log:\n  - navigating to "http://localhost:3000/cart", waiting until "load"\n',
  ],
  ['playwright', "Error: strict mode violation: getByText('Pay') resolved to 2 elements"],
  ['playwright', 'Error: page.click: Target page, context or browser has been closed'],
  [
    'playwright',
    "Error: browserType.launch: Executable doesn't exist at /root/.cache/ms-playwright/chromium-1181/chrome-linux/chrome",
  ],
  ['playwright', 'Error: page.evaluate: Execution context was destroyed, most likely because of a navigation'],
  ['none', 'Test timeout of 30000ms exceeded.'],
  [
    'selenium',
    `NoSuchElementError: no such element: Unable to locate element: {"method":"css selector","selector":"#pay"}${SESSION}`,
  ],
  ['selenium', `StaleElementReferenceError: stale element reference: stale element not found in the current frame${SESSION}`],
  [
    'selenium',
    `ElementClickInterceptedError: element click intercepted: Element <button id="pay">...</button> is not clickable at point (73, 18). Other element would receive the click: <div class="overlay"></div>${SESSION}`,
  ],
  ['selenium', `ElementNotInteractableError: element not interactable${SESSION}`],
  ['selenium', `UnexpectedAlertOpenError: unexpected alert open: {Alert text : Really?}${SESSION}`],
  ['selenium', `ScriptTimeoutError: script timeout${SESSION}`],
  ['selenium', `JavascriptError: javascript error: shop is not defined${SESSION}`],
  [
    'selenium',
    "SessionNotCreatedError: Could not start a new session. New session request timed out\nHost info: host: 'grid-4', ip: '10.0.3.4'",
  ],
  ['selenium', 'NoSuchSessionError: Unable to find session with ID: 97f23dbe2a58edf8b5f9adc8f6883707'],
  ['selenium', 'WebDriverError: unknown error: net::ERR_NAME_NOT_RESOLVED\n  (Session info: chrome=138.0.7204.92)'],
  ['selenium', 'TimeoutError: Waiting for element to be located By(css selector, #pay)\nWait timed out after 10021ms'],
  ['wdio', 'Error: element ("#pay") still not displayed after 3000ms'],
  ['wdio', 'Error: Can\'t call click on element with selector "#pay" because element wasn\'t found'],
  ['wdio', 'Error: Expect $(`#total`) to have text\n\nExpected: "Total 42"\nReceived: "Total 41"'],
  ['wdio', 'WebDriverError: invalid session id when running "element" with method "POST"'],
  [
    'none',
    "The specified selector does not match any element in the DOM tree.\n\n > | Selector('#pay')\n\nBrowser: Firefox 128.0 / Ubuntu 24.04",
  ],
  ['none', 'Field "Name" was not found by text|CSS|XPath'],
  ['none', 'backend 500 as a string'],
];

/** @type {string[]} */
const ERRORS = HEADS.map(([runner, head]) => [head, ...FRAMES[runner].map((frame) => `    at ${frame}`)].join('\n'));

module.exports = { ERRORS };
