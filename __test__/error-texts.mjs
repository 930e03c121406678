// What runners hand over as an error, and the text that it has: `[what, make, text]`. `text` is what `errorText` gives; a function
// gets the value and gives the text.

import { inspect } from 'node:util';
import vm from 'node:vm';
import { hostile, revokedProxy } from './support.mjs';

const with_ = (error, properties) => Object.assign(error, properties);
const stackOf = (error) => error.stack;

class Money {
  toString() {
    return '7 €';
  }
}

class OldAssertion {
  constructor() {
    this.message = '';
    this.stack = '';
  }

  toString() {
    return 'expected page to contain "Paid"';
  }
}

/** A string, and what is not an error at all. */
export const PRIMITIVES = [
  ['an empty string', () => '', ''],
  ['a string', () => 'boom\0\ud83d\n', 'boom\0\ud83d\n'],
  ['a boxed string', () => new String('boxed'), 'boxed'],
  ['a boxed string with other keys (Jest, testExecError)', () => with_(new String('syntax'), { type: 'x' }), 'syntax'],
  ['a boxed string of another realm', () => vm.runInNewContext('new String("far")'), 'far'],
  ['null', () => null, null],
  ['undefined', () => undefined, null],
  ['an empty array', () => [], null],
  ['an array without an error', () => [null, [], undefined], null],
  ['a number', () => -0, '0'],
  ['a large number', () => 1e21, '1e+21'],
  ['a bigint', () => 10n, '10'],
  ['a boolean', () => false, 'false'],
  ['a symbol', () => Symbol('s'), 'Symbol(s)'],
  ['a function', () => () => 7, '() => 7'],
];

/** Errors of any realm. */
export const ERRORS = [
  ['an Error', () => new TypeError('boom'), stackOf],
  ['an Error of another realm', () => vm.runInNewContext('new RangeError("boom")'), stackOf],
  ['an Error with its message as its stack', () => with_(new Error('boom'), { stack: 'boom' }), 'boom'],
  ['a stack without the message', () => with_(new Error('boom'), { stack: 'x' }), 'Error: boom\nx'],
  ['an empty stack', () => with_(new Error('boom'), { stack: '' }), 'Error: boom'],
  ['no stack', () => with_(new Error('boom'), { stack: undefined }), 'Error: boom'],
  ['a name of its own', () => with_(new Error('boom'), { stack: null, name: 'Custom' }), 'Custom: boom'],
  ['an empty name', () => with_(new Error('boom'), { stack: 'x', name: '' }), 'boom\nx'],
  ['a number as name', () => with_(new Error('boom'), { stack: 'x', name: 7 }), 'Error: boom\nx'],
  ['no message', () => with_(new Error(''), { stack: 'x' }), 'x'],
  ['a number as message', () => with_(new Error('boom'), { stack: 'x', message: 7 }), 'Error: 7\nx'],
  [
    'a stack of frames only',
    () => with_(new Error('boom'), { stack: '    at f (a.js:1:2)' }),
    'Error: boom\n    at f (a.js:1:2)',
  ],
  [
    'name and message changed since',
    () => with_(new Error('timeout'), { name: 'TimeoutError', stack: 'Error\n    at waitFor (/x/timeout.js:1:1)' }),
    'TimeoutError: timeout\nError\n    at waitFor (/x/timeout.js:1:1)',
  ],
  [
    'a message that is within another word',
    () => with_(new Error('a'), { stack: 'Error: banana\n    at x' }),
    'Error: a\nError: banana\n    at x',
  ],
  ['a message of several lines', () => with_(new Error('a\nb'), { stack: 'Error: a\nb\n    at x' }), 'Error: a\nb\n    at x'],
  [
    'a message with a code frame after it',
    () => with_(new Error('a'), { stack: 'Error: a\n\n> 1 | x\n' }),
    'Error: a\n\n> 1 | x\n',
  ],
  [
    'a message that has its name already',
    () => ({ message: 'Error: a: b', stack: 'Error: a: b\n    at x' }),
    'Error: a: b\n    at x',
  ],
  [
    'a code behind the name',
    () => with_(new Error('no'), { stack: 'AssertionError [ERR_ASSERTION]: no\n    at x' }),
    'AssertionError [ERR_ASSERTION]: no\n    at x',
  ],
  [
    'CRLF in the message, LF in the stack',
    () => with_(new Error('a\r\nb'), { stack: 'Error: a\nb\n    at x' }),
    'Error: a\r\nb\nError: a\nb\n    at x',
  ],
  ['CRLF in both', () => with_(new Error('a\r\nb'), { stack: 'Error: a\r\nb\r\n    at x' }), 'Error: a\r\nb\r\n    at x'],
  ['a class of the old kind', () => Object.assign(Object.create(Error.prototype), { message: 'old style' }), 'Error: old style'],
  ['a class of the old kind without a message', () => Object.create(Error.prototype), 'Error'],
  ['an assertion whose text only its toString has', () => new OldAssertion(), 'expected page to contain "Paid"'],
  [
    'an assertion whose text only its inspect has (CodeceptJS)',
    () => Object.assign(Object.create(Error.prototype), { inspect: () => 'expected web page to include "Paid"' }),
    'expected web page to include "Paid"',
  ],
  [
    'an inspect beside a message',
    () => Object.assign(Object.create(Error.prototype), { message: 'boom', inspect: () => 'other' }),
    'Error: boom',
  ],
  [
    'an inspect that throws, without a message',
    () =>
      Object.assign(Object.create(Error.prototype), {
        inspect: () => {
          throw new Error('no');
        },
      }),
    'Error',
  ],
  [
    'a DOMException',
    () => new DOMException('gone', 'AbortError'),
    (error) => (error.stack.includes('gone') ? error.stack : 'AbortError: gone'),
  ],
  [
    'a proxy of an Error',
    () => new Proxy(with_(new Error('boom'), { stack: 'Error: boom\n    at x' }), {}),
    (error) => error.stack ?? 'Error: boom',
  ],
];

/** Copies of errors, as they come over IPC and JSON. The comment of each is the runner that hands it over. */
export const COPIES = [
  [
    'mocha --parallel',
    () => ({ stack: 'Error: hub drops session 42\n    at a.js:1:1', message: 'hub drops session 42', __type: 'Error' }),
    'Error: hub drops session 42\n    at a.js:1:1',
  ],
  [
    'Playwright, result.error',
    () => ({
      message: 'Error: hub',
      stack: 'Error: hub\n    at a.spec.ts:1:1',
      location: { file: 'a.spec.ts', line: 1, column: 1 },
      snippet: '…',
    }),
    'Error: hub\n    at a.spec.ts:1:1',
  ],
  ['Playwright, a thrown string', () => ({ value: "'hub'" }), "'hub'"],
  [
    'Playwright, result.errors',
    () => [{ message: 'Error: hub' }, { message: 'Error: tab', stack: 'Error: tab\n    at x' }],
    'Error: hub\nError: tab\n    at x',
  ],
  [
    'Jest, failureDetails',
    () => Object.defineProperties({}, { stack: { value: 'Error: hub\n    at a' }, message: { value: 'hub' } }),
    'Error: hub\n    at a',
  ],
  [
    'Jest, event.test.errors',
    () => [[with_(new Error('hub'), { stack: 'Error: hub\n    at a' }), with_(new Error(''), { stack: 'Error: \n    at b' })]],
    'Error: hub\n    at a\nError: \n    at b',
  ],
  [
    'Vitest, errors[0]',
    () =>
      Object.assign(Object.create(null), {
        stack: 'Error: hub\n    at a',
        message: 'hub',
        constructor: 'Function<Error>',
        name: 'Error',
        toString: 'Function<toString>',
      }),
    'Error: hub\n    at a',
  ],
  [
    'Vitest, a timeout',
    () => ({ name: 'Error', message: 'Test timed out in 120ms.', stack: 'Error: STACK_TRACE_ERROR\n    at x' }),
    'Error: Test timed out in 120ms.\nError: STACK_TRACE_ERROR\n    at x',
  ],
  [
    'Jasmine, failedExpectations',
    () => ({ matcherName: '', message: 'Error: hub', stack: '    at a.spec.js:1:1', passed: false }),
    'Error: hub\n    at a.spec.js:1:1',
  ],
  [
    'WebdriverIO, a reporter',
    () => ({ message: 'hub', stack: 'Error: hub\n    at a', type: 'Error', name: 'Error' }),
    'Error: hub\n    at a',
  ],
  [
    'Cucumber, result.exception',
    () => ({ type: 'AssertionError', message: 'hub', stackTrace: 'AssertionError: hub\n    at a' }),
    'AssertionError: hub\n    at a',
  ],
  ['Cucumber, without a stack', () => ({ type: 'AssertionError', message: 'hub' }), 'AssertionError: hub'],
  ['Allure, statusDetails', () => ({ message: 'hub', trace: 'Error: hub\n    at a' }), 'Error: hub\n    at a'],
  ['TestCafe, an adapter', () => ({ errMsg: 'hub', code: 'E1', callsite: null }), 'hub'],
  ['TestCafe, a page', () => ({ errStack: 'Error: hub\n    at pay.js:1:1', code: 'E1' }), 'Error: hub\n    at pay.js:1:1'],
  ['a message and nothing else', () => ({ message: 'Timeout of 5000ms exceeded' }), 'Timeout of 5000ms exceeded'],
  ['inherited, and not enumerable', () => Object.create(Object.defineProperty({}, 'message', { value: 'hub' })), 'hub'],
  ['of another realm', () => vm.runInNewContext('({ message: "hub" })'), 'hub'],
];

/** Errors that others have caused. */
export const CAUSES = [
  [
    'a cause',
    () => with_(new Error('out'), { stack: 'Error: out', cause: with_(new Error('in'), { stack: 'Error: in' }) }),
    'Error: out\nCaused by:\nError: in',
  ],
  ['a plain cause', () => ({ message: 'out', cause: { name: 'E', message: 'in' } }), 'out\nCaused by:\nE: in'],
  ['a string as cause', () => ({ message: 'out', cause: 'in' }), 'out\nCaused by:\nin'],
  ['a number as cause', () => ({ message: 'out', cause: 0 }), 'out\nCaused by:\n0'],
  ['a record as cause', () => ({ message: 'out', cause: { code: 7 } }), 'out\nCaused by:\n{ code: 7 }'],
  ['null as cause', () => ({ message: 'out', cause: null }), 'out'],
  [
    'errors, then the cause',
    () => ({ message: 'out', errors: ['a', { message: 'b', cause: 'c' }], cause: 'd' }),
    'out\nCaused by:\na\nCaused by:\nb\nCaused by:\nc\nCaused by:\nd',
  ],
  [
    'an AggregateError',
    () =>
      with_(new AggregateError(['cleanup 1 failed', 'cleanup 2 failed'], 'teardown failed'), {
        stack: 'AggregateError: teardown failed',
      }),
    'AggregateError: teardown failed\nCaused by:\ncleanup 1 failed\nCaused by:\ncleanup 2 failed',
  ],
  [
    'an AggregateError without a message',
    () =>
      with_(new AggregateError([with_(new Error('connect ECONNREFUSED'), { stack: 'Error: connect ECONNREFUSED' })]), {
        stack: 'AggregateError [ECONNREFUSED]: \n    at x',
      }),
    'AggregateError [ECONNREFUSED]: \n    at x\nCaused by:\nError: connect ECONNREFUSED',
  ],
  ['errors that are no array', () => ({ message: 'out', errors: { 0: 'a', length: 1 } }), 'out'],
  [
    'itself',
    () => {
      const error = with_(new Error('c'), { stack: 'Error: c' });
      return with_(error, { errors: [error, 'x'], cause: error });
    },
    'Error: c\nCaused by:\nx',
  ],
  [
    'each object once',
    () => {
      const shared = { message: 's' };
      return [{ message: 'a', cause: shared }, { message: 'b', cause: shared }, shared];
    },
    'a\nCaused by:\ns\nb',
  ],
  [
    'sixteen of a hundred',
    () => ({ message: 'out', errors: Array.from({ length: 100 }, (_, index) => `e${index}`) }),
    `out${Array.from({ length: 16 }, (_, index) => `\nCaused by:\ne${index}`).join('')}`,
  ],
];

/** Thrown values that are no errors. */
export const THROWN = [
  ['a record', () => ({ code: 500, body: { reason: 'x' } }), "{ code: 500, body: { reason: 'x' } }"],
  ['an empty object', () => ({}), '{}'],
  ['of another realm', () => vm.runInNewContext('({ code: 500 })'), '{ code: 500 }'],
  ['without a prototype', () => Object.assign(Object.create(null), { code: 500 }), '[Object: null prototype] { code: 500 }'],
  ['a toString of its class', () => new Money(), '7 €'],
  ['a toString of its own', () => ({ toString: () => 'own' }), 'own'],
  ['a toString without a prototype', () => Object.assign(Object.create(null), { toString: () => 'bare' }), 'bare'],
  ['a date', () => new Date(0), (date) => `${date}`],
  ['a regular expression', () => /boom/g, '/boom/g'],
  ['a map', () => new Map([[1, 2]]), 'Map(1) { 1 => 2 }'],
  ['a value that is no string', () => ({ value: 7 }), '{ value: 7 }'],
  ['a value beside a message', () => ({ value: 'v', message: 'm' }), 'm'],
];

/** What throws when it is read. */
export const HOSTILE = [
  ['a revoked proxy', revokedProxy, '<Revoked Proxy>'],
  ['a stack that throws', () => hostile('stack', new Error('boom')), 'Error: boom'],
  ['a message that throws', () => hostile('message', with_(new Error('boom'), { stack: 'x' })), 'x'],
  ['a name that throws', () => hostile('name', { message: 'boom', stack: 'x' }), 'boom\nx'],
  ['a cause that throws', () => hostile('cause', { message: 'boom' }), 'boom'],
  ['errors that throw', () => hostile('errors', { message: 'boom' }), 'boom'],
  ['errors of a revoked proxy', () => ({ message: 'boom', errors: revokedProxy() }), 'boom'],
  ['an element that throws', () => [hostile('0', ['a', 'b']), 'c'], 'b\nc'],
  ['a revoked proxy as cause', () => ({ message: 'boom', cause: revokedProxy() }), 'boom\nCaused by:\n<Revoked Proxy>'],
  [
    'a toString that throws',
    () => ({
      toString: () => {
        throw new Error('no');
      },
      code: 7,
    }),
    (value) => `{ toString: [Function: toString], code: ${value.code} }`,
  ],
  ['a toString that gives an object', () => ({ toString: () => ({}), code: 7 }), '{ toString: [Function: toString], code: 7 }'],
  [
    'a proxy that throws at everything',
    () =>
      new Proxy(
        {},
        {
          get() {
            throw new Error('no');
          },
          getPrototypeOf() {
            throw new Error('no');
          },
        },
      ),
    (value) => inspect(value),
  ],
  [
    'an inspect that throws',
    () => ({
      [Symbol.for('nodejs.util.inspect.custom')]() {
        throw new Error('no');
      },
    }),
    '[unreadable error]',
  ],
  [
    'a length that throws',
    () =>
      new Proxy([], {
        get() {
          throw new Error('no');
        },
      }),
    null,
  ],
];
