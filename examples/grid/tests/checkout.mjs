// Twelve tests of paying.

import assert from 'node:assert/strict';

const suites = ['Shop', 'Checkout'];

const paid = ['card', 'invoice', 'transfer', 'gift', 'cash', 'wallet', 'coupon'].map((method) => ({
  suites,
  title: `pays by ${method}`,
  async run({ browser }) {
    await browser.visit(`/checkout/${method}`);
    await browser.click('#pay');
    assert.equal(await browser.text('#state'), 'paid');
  },
}));

const vouchers = ['SPRING', 'AUTUMN', 'WINTER'].map((code) => ({
  suites,
  title: `takes the voucher ${code}`,
  async run({ browser, log }) {
    await browser.visit('/checkout/voucher');
    await browser.type('#code', code);
    const discount = await browser.script('return window.voucher(arguments[0])', code);
    log.message(`${discount} % off`);
    assert.equal(discount, 10);
  },
}));

const others = [
  {
    suites,
    title: 'asks before it cancels',
    async run({ browser }) {
      await browser.visit('/checkout/card');
      await browser.driver.switchTo().alert();
    },
  },
  {
    suites,
    title: 'opens the terms in a frame',
    async run({ browser }) {
      await browser.visit('/checkout/card');
      await browser.driver.switchTo().frame(0);
    },
  },
];

export const checkout = [...paid, ...vouchers, ...others];
