import { afterEach, beforeAll, describe, expect, it } from 'vitest';

describe('Cart', () => {
  it('adds an item', () => {});

  it('pays by card', () => {
    throw new Error('backend 503 says no');
  });

  it('asks the backend', () => {
    throw new Error('backend 503 says no');
  });

  it('shows the total', () => {
    expect(41).toBe(42);
  });

  it('keeps the session', () => {
    throw new Error('step failed', { cause: new Error('no such session: 1f0e9d8c') });
  });

  it('sends the receipt', { timeout: 100 }, () => new Promise(() => {}));

  let attempts = 0;
  it('applies a voucher', { retry: 1 }, () => {
    if (++attempts === 1) throw new Error('the stock is being counted');
  });

  it('retries in vain', { retry: 1 }, () => {
    throw new Error(`the stock is being counted for the ${++attempts}th time`);
  });

  it.skip('pays by invoice', () => {});

  it('shows the bill', () => {
    expect.soft('the stock is being counted').toBe('paid');
    expect.soft(41).toBe(42);
  });

  describe('returns', () => {
    afterEach(() => {
      throw new Error('the warehouse is closed');
    });
    it('ships back', () => {
      throw new Error('nobody knows this parcel');
    });
  });

  describe('stock', () => {
    beforeAll(() => {
      throw new Error('the warehouse is closed');
    });
    it('counts', () => {});
  });

  it('leaves nothing behind', () => {
    Promise.reject(new Error('no such session: 00000000'));
  });
});
