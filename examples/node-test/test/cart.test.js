import assert from 'node:assert';
import { afterEach, before, describe, it } from 'node:test';

describe('Cart', () => {
  it('adds an item', () => {});

  it('pays by card', () => {
    throw new Error('backend 503 says no');
  });

  it('asks the backend', () => {
    throw new Error('backend 503 says no');
  });

  it('shows the total', () => {
    assert.strictEqual(41, 42);
  });

  it('keeps the session', () => {
    throw new Error('step failed', { cause: new Error('no such session: 1f0e9d8c') });
  });

  it('sends the receipt', { timeout: 100 }, () => new Promise((resolve) => setTimeout(resolve, 1000)));

  it('pays by invoice', { skip: true }, () => {});

  it('wraps a gift', { todo: true }, () => {
    throw new Error('not yet');
  });

  it('counts twice', async (t) => {
    await t.test('by hand', () => {
      throw new Error('the stock is being counted');
    });
    await t.test('by machine', () => {});
  });

  describe('returns', () => {
    afterEach(() => {
      throw new Error('the warehouse is closed');
    });
    it('ships back', () => {
      throw new Error('nobody knows this parcel');
    });
    it('refunds', () => {});
  });

  describe('stock', () => {
    before(() => {
      throw new Error('the warehouse is closed');
    });
    it('counts', () => {});
  });
});
