// What the bodies of the suite throw, for the shapes of runners that are not installed. What takes a network or a timer is made here.

import { strictEqual } from 'node:assert';
import suite from '../bodies.cjs';

const refused = () =>
  Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), {
    errno: -111,
    code: 'ECONNREFUSED',
    syscall: 'connect',
    port: 1,
  });

const MADE = {
  a15: refused,
  a16: () => new TypeError('fetch failed', { cause: refused() }),
  a17: () => new RangeError('backend 504 in a promise'),
};

/** A value of each of these failures, as it is thrown: `[title, value]`. */
export function thrown(...titles) {
  return titles.map((title) => [title, MADE[title]?.() ?? thrownBy(title)]);
}

function thrownBy(wanted) {
  const [, , body] = suite.all.find(([title]) => title === wanted);
  try {
    body({ expect: (value) => strictEqual(value, 42) });
  } catch (error) {
    return error;
  }
  throw new Error(`the body of ${wanted} throws nothing`);
}

/** Those that are errors and have no causes. */
export const ERRORS = ['a01', 'a02', 'a03', 'a04', 'a05', 'a06', 'a15', 'a17', 'a18', 'a20', 'b01', 'b03', 'b04', 'b05'];
/** Errors that others have caused. */
export const CAUSED = ['a07', 'a08', 'a09', 'a16'];
export const WEB_DRIVER = ['c01', 'c02', 'c03'];

/** Failures that a hook has no text of: `{ title: reason }`. */
export const lost = (reason, ...titles) => Object.fromEntries(titles.map((title) => [title, reason]));
export const ONLY_ITS_TITLE = 'the hook has the title of the test only, without its suites';
