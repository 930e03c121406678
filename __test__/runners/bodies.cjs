// The failures of the suite `Cart › checkout`, the same for every runner: title, what the body does, and the issue that its text
// has to be recognised as; null if no rule knows it. Titles tell nothing of the texts, so that no rule matches a title in a stack.

const assert = require('node:assert');
const { connect } = require('node:net');

/** What a test may last, in milliseconds: enough for a machine that does other things. */
const TIMEOUT_MS = 1000;

/** Does not keep the process alive. */
const sleep = (milliseconds) =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref?.();
  });

/** Fails: nobody listens at port 1. */
const refused = () =>
  new Promise((resolve, reject) => {
    connect(1, '127.0.0.1').once('connect', resolve).once('error', reject);
  });

class SessionError extends Error {
  name = 'SessionError';
}

let attempts = 0;

/** `[title, issue, body]`. A body gets the runner's `expect`. */
const bodies = [
  [
    'a01',
    null,
    () => {
      throw new Error('nobody knows me');
    },
  ],
  [
    'a02',
    'BACKEND',
    () => {
      throw new Error('backend 502 says no');
    },
  ],
  [
    'a03',
    'BACKEND',
    () => {
      throw new SessionError('backend 503 has no session');
    },
  ],
  ['a04', 'TYPE', () => undefined.total],
  ['a05', 'ASSERTION', () => assert.strictEqual(41, 42)],
  ['a06', 'ASSERTION', ({ expect }) => expect(41)],
  [
    'a07',
    'CAUSE',
    () => {
      throw new Error('step failed', { cause: new Error('no such session: 1f0e9d8c') });
    },
  ],
  [
    'a08',
    'CAUSE-TEXT',
    () => {
      throw new Error('step failed', { cause: 'hub-7 is draining' });
    },
  ],
  [
    'a09',
    'AGGREGATE',
    () => {
      throw new AggregateError([new Error('cleanup 1 failed'), new Error('cleanup 2 failed')], 'teardown');
    },
  ],
  [
    'a10',
    'BACKEND',
    () => {
      throw 'backend 500 as a string';
    },
  ],
  [
    'a11',
    'BACKEND',
    () => {
      throw { status: 500, reason: 'backend 500 as an object' };
    },
  ],
  [
    'a12',
    'BACKEND',
    () => {
      throw { status: 500, message: 'backend 500 with a message' };
    },
  ],
  [
    'a13',
    null,
    () => {
      throw undefined;
    },
  ],
  ['a14', 'TIMEOUT', () => sleep(TIMEOUT_MS * 10)],
  ['a15', 'REFUSED', () => refused()],
  ['a16', 'REFUSED', () => fetch('http://127.0.0.1:2/cart')],
  ['a17', 'BACKEND', () => Promise.reject(new RangeError('backend 504 in a promise'))],
  [
    'a18',
    'BACKEND',
    () => {
      throw Object.assign(new Error('before'), { message: 'backend 505 set later' });
    },
  ],
  [
    'a19',
    'BACKEND',
    () => {
      throw Object.assign(new Error('backend 506 without frames'), { stack: undefined });
    },
  ],
  [
    'a20',
    'SCOPED',
    () => {
      throw new Error('card 4711 refused');
    },
  ],
];

/** A test that fails in its second attempt, too. */
const flaky = [
  'b01',
  'FLAKY',
  () => {
    throw new Error(`session not created, attempt ${++attempts}`);
  },
];

/** Soft assertions: the test goes on after the first, and has two errors. */
const soft = [
  'b02',
  'SOFT',
  ({ expect }) => {
    expect('open', 'paid');
    expect(2, 3);
  },
];

const beforeAll = [
  'b03',
  'HOOK',
  () => {
    throw new Error('the fixture is down, before all');
  },
];
const afterAll = [
  'b04',
  'HOOK',
  () => {
    throw new Error('the fixture is down, after all');
  },
];
const beforeEach = [
  'b05',
  'HOOK',
  () => {
    throw new Error('the fixture is down, for all');
  },
];
/** A file that cannot be parsed. */
const unparsable = ['b06', 'SYNTAX'];

/** What WebDriver clients throw; for the runners of which only the shapes are here. */
const webDriver = [
  [
    'c01',
    'BROWSER',
    () => {
      throw webDriverError('JavascriptError', "javascript error: Cannot read properties of null (reading 'cart')");
    },
  ],
  [
    'c02',
    'ELEMENT',
    () => {
      throw webDriverError('NoSuchElementError', 'no such element: Unable to locate element: {"selector":"#pay"}');
    },
  ],
  [
    'c03',
    'SESSION',
    () => {
      throw webDriverError('NoSuchSessionError', 'Unable to find session with ID: 1f0e9d8c');
    },
  ],
];

function webDriverError(name, message) {
  return Object.assign(new Error(`${message}\n  (Session info: chrome=156.0)`), { name, remoteStacktrace: '' });
}

const all = [...bodies, flaky, soft, beforeAll, afterAll, beforeEach, unparsable, ...webDriver];

module.exports = { TIMEOUT_MS, bodies, flaky, soft, beforeAll, afterAll, beforeEach, unparsable, webDriver, all };
