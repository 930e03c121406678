import { expect, test } from '@playwright/test';
import suite from '../bodies.cjs';

const plain = ([title, , body]) => [title, () => body({ expect: (value) => expect(value).toBe(42) })];

test.describe('Cart', () => {
  test.describe('checkout', () => {
    for (const body of suite.bodies) test(...plain(body));
    test(suite.soft[0], () => suite.soft[2]({ expect: (value, expected) => expect.soft(value).toBe(expected) }));
    test.describe('retried', () => {
      test.describe.configure({ retries: 1 });
      test(suite.flaky[0], suite.flaky[2]);
    });
    test.describe(suite.beforeAll[0], () => {
      test.beforeAll(suite.beforeAll[2]);
      test(`${suite.beforeAll[0]} never runs`, () => {});
    });
    test.describe(suite.afterAll[0], () => {
      test.afterAll(suite.afterAll[2]);
      test(`${suite.afterAll[0]} passes`, () => {});
    });
    test.describe(suite.beforeEach[0], () => {
      test.beforeEach(suite.beforeEach[2]);
      test(`${suite.beforeEach[0]} never runs`, () => {});
    });
  });
});
