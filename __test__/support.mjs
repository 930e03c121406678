// What the specs share. Every spec file has a process of its own, for the rules in force are the process's.

import assert from 'node:assert/strict';
import { classify, loadRules } from '../index.js';

/** Matches a whole text, so that `match` tells what the text was. */
export const ANYTHING = '^[^]*$';

const MATCH_TEXT_UNITS = 200;

/** Asserts that the text which `error` is read as is `expected`. Needs a rule `ANYTHING` to be in force. */
export async function assertText(error, expected) {
  const { match } = await classify('', error);
  assert.equal(match?.text, expected.slice(0, MATCH_TEXT_UNITS));
  assert.equal(match.end, expected.length);
}

/** Asserts that `promise` is rejected with an error of this class, `code` and `message`. Gives the error. */
export async function assertRejects(promise, type, code, message) {
  assert.ok(promise instanceof Promise, 'a promise, whatever is wrong');
  const error = await promise.then(
    (value) => assert.fail(`not rejected but resolved with ${JSON.stringify(value)}`),
    (reason) => reason,
  );
  assert.equal(error?.constructor, type, `${error}`);
  assert.equal(error.code, code);
  if (message instanceof RegExp) assert.match(error.message, message);
  else assert.equal(error.message, message);
  return error;
}

/** Loads a list of which every rule has to be good. */
export function load(rules, options) {
  return loadRules(rules, { strict: true, ...options });
}

/** A proxy that throws whatever is done with it. */
export function revokedProxy() {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

/** An object whose property `key` throws when it is read. */
export function hostile(key, object = {}, thrown = new Error(`${key} is private`)) {
  return Object.defineProperty(object, key, {
    get() {
      throw thrown;
    },
  });
}
