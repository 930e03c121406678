// The same for Vitest.
import assert from 'node:assert/strict';
import { describe, it } from 'vitest';

describe('Cart', () => {
  describe('checkout', () => {
    it('passes', () => {});
    it('pays by card', () => {
      throw new Error('Timeout of 100ms exceeded');
    });
    it('pays by <b>invoice</b>', () => {
      throw new TypeError("Cannot read properties of undefined (reading 'total')");
    });
    it('adds up', () => assert.equal(1, 2));
    it.skip('is skipped', () => {});
  });
  it('shows a timeout elsewhere', () => {
    throw new Error('Timeout of 100ms exceeded');
  });
});
