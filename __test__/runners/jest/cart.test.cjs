/* global describe, test, expect, beforeAll, beforeEach, afterAll */

const { afterAll: last, beforeAll: first, beforeEach: each, bodies } = require('../bodies.cjs');

const plain = ([title, , body]) => [title, () => body({ expect: (value) => expect(value).toBe(42) })];

describe('Cart', () => {
  describe('checkout', () => {
    for (const body of bodies) test(...plain(body));
    describe(first[0], () => {
      beforeAll(first[2]);
      test(`${first[0]} never runs`, () => {});
    });
    describe(each[0], () => {
      beforeEach(each[2]);
      test(`${each[0]} never runs`, () => {});
    });
    describe(last[0], () => {
      afterAll(last[2]);
      test(`${last[0]} passes`, () => {});
    });
  });
});
