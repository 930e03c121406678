// Fourteen tests of the cart.

import assert from 'node:assert/strict';

const suites = ['Shop', 'Cart'];

const put = async ({ browser, log }, skus) => {
  for (const sku of skus) {
    await log.step(`put the ${sku} into the cart`, async () => {
      await browser.visit(`/product/${sku}`);
      await browser.click('#add');
    });
  }
};

const added = ['lamp', 'chair', 'desk', 'sofa', 'rug', 'vase'].map((sku) => ({
  suites,
  title: `counts the ${sku}`,
  async run(test) {
    await put(test, [sku]);
    assert.equal(await test.browser.text('#badge'), '1');
  },
}));

const TOTALS = [
  [['lamp'], '10 €'],
  [['lamp', 'chair'], '25 €'],
  [['desk', 'desk'], '40 €'],
  [['lamp', 'chair', 'desk'], '40.5 €'],
  [['rug', 'clock', 'vase'], '121.5 €'],
];

const totals = TOTALS.map(([skus, total]) => ({
  suites,
  title: `adds up ${skus.join(' and ')}`,
  async run(test) {
    await put(test, skus);
    await test.browser.visit('/cart');
    const shown = await test.browser.text('#total');
    assert.ok(shown === total, `the total is ${shown}, not ${total}`);
  },
}));

const removed = ['first', 'last', 'only'].map((which) => ({
  suites,
  title: `removes the ${which} line`,
  async run(test) {
    const { browser } = test;
    await put(test, which === 'only' ? ['lamp'] : ['lamp', 'chair']);
    await browser.visit('/cart');
    const line = await browser.find(which === 'last' ? 'li:last-child' : 'li');
    await browser.click(which === 'last' ? 'li:last-child .remove' : '.remove');
    // The test's own fault: the page has rendered its lines again.
    if (which === 'last') await line.getText();
    assert.equal(await browser.text('#badge'), which === 'only' ? '0' : '1');
  },
}));

export const cart = [...added, ...totals, ...removed];
