const assert = require('node:assert');

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

  it('sends the receipt', async function () {
    this.timeout(100);
    await new Promise(() => {});
  });

  let attempts = 0;
  it('applies a voucher', () => {
    if (++attempts === 1) throw new Error('the stock is being counted');
  }).retries(1);

  it.skip('pays by invoice', () => {});

  it('shows the bill', () => {
    // as libraries of soft assertions do
    const multiple = [new Error('the total is 41 instead of 42')];
    throw Object.assign(new Error('the stock is being counted'), { multiple });
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
    before(() => {
      throw new Error('the warehouse is closed');
    });
    it('counts', () => {});
  });
});
