import assert from 'node:assert';
import { after, before, beforeEach, describe, test } from 'node:test';
import suite from '../bodies.cjs';

const plain = ([title, , body]) => [
  title,
  { timeout: suite.TIMEOUT_MS },
  () => body({ expect: (value) => assert.strictEqual(value, 42) }),
];

// what the tests wait for keeps no process alive
const alive = setInterval(() => {}, 1000);
after(() => clearInterval(alive));

describe('Cart', () => {
  describe('checkout', () => {
    for (const body of suite.bodies) test(...plain(body));
    test(...plain(suite.flaky));
    describe(suite.beforeAll[0], () => {
      before(suite.beforeAll[2]);
      test(`${suite.beforeAll[0]} never runs`, () => {});
    });
    describe(suite.afterAll[0], () => {
      after(suite.afterAll[2]);
      test(`${suite.afterAll[0]} passes`, () => {});
    });
    describe(suite.beforeEach[0], () => {
      beforeEach(suite.beforeEach[2]);
      test(`${suite.beforeEach[0]} never runs`, () => {});
    });
  });
});
