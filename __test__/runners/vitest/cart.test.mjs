import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import suite from '../bodies.cjs';

const plain = ([title, , body]) => [title, () => body({ expect: (value) => expect(value).toBe(42) })];

describe('Cart', () => {
  describe('checkout', () => {
    for (const body of suite.bodies) test(...plain(body));
    test(suite.flaky[0], { retry: 1 }, suite.flaky[2]);
    test(suite.soft[0], () => suite.soft[2]({ expect: (value, expected) => expect.soft(value).toBe(expected) }));
    describe(suite.beforeAll[0], () => {
      beforeAll(suite.beforeAll[2]);
      test(`${suite.beforeAll[0]} never runs`, () => {});
    });
    describe(suite.afterAll[0], () => {
      afterAll(suite.afterAll[2]);
      test(`${suite.afterAll[0]} passes`, () => {});
    });
    describe(suite.beforeEach[0], () => {
      beforeEach(suite.beforeEach[2]);
      test(`${suite.beforeEach[0]} never runs`, () => {});
    });
  });
});
