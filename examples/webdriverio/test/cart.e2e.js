import assert from 'node:assert';
import { $, browser } from '@wdio/globals';

const PAGE = 'data:text/html,<title>Cart</title><button id="pay">Pay</button>';

describe('Cart', () => {
  before(() => browser.url(PAGE));

  it('adds an item', async () => {
    assert.equal(await browser.getTitle(), 'Cart');
  });

  it('pays by card', async () => {
    await $('#pay').click();
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
    this.timeout(500);
    await new Promise(() => {});
  });

  let attempts = 0;
  it('applies a voucher', () => {
    if (++attempts === 1) throw new Error('the stock is being counted');
  }).retries(1);

  it.skip('pays by invoice', () => {});

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
