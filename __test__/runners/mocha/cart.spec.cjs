/* global describe, it, before, after, beforeEach */

const { expect } = require('chai');
const { afterAll, beforeAll, beforeEach: each, bodies, flaky, TIMEOUT_MS } = require('../bodies.cjs');

const plain = ([title, , body]) => [title, () => body({ expect: (value) => expect(value).to.equal(42) })];

describe('Cart', () => {
  describe('checkout', function () {
    this.timeout(TIMEOUT_MS);
    for (const body of bodies) it(...plain(body));
    it(...plain(flaky)).retries(1);
    describe(beforeAll[0], () => {
      before(beforeAll[2]);
      it(`${beforeAll[0]} never runs`, () => {});
    });
    describe(afterAll[0], () => {
      after(afterAll[2]);
      it(`${afterAll[0]} passes`, () => {});
    });
    describe(each[0], () => {
      beforeEach(each[2]);
      it(`${each[0]} never runs`, () => {});
    });
  });
});
