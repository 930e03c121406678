// Twenty tests of the catalogue: the products' pages, the search, the special offers.

import assert from 'node:assert/strict';

const SHOWN = ['lamp', 'chair', 'desk', 'shelf', 'mirror', 'rug', 'clock', 'vase'];
const SEARCHED = ['lamp', 'desk', 'sofa', 'stool', 'frame', 'bench'];
const REVIEWED = ['lamp', 'sofa', 'rug'];

const suites = (name) => ['Shop', 'Catalogue', name];

const shown = SHOWN.map((sku) => ({
  suites: suites('Product'),
  title: `shows the price of the ${sku}`,
  async run({ browser }) {
    await browser.visit(`/product/${sku}`);
    assert.match(await browser.text('.price'), /^\d+ €$/);
  },
}));

const reviewed = REVIEWED.map((sku) => ({
  suites: suites('Product'),
  title: `shows the reviews of the ${sku}`,
  async run({ browser }) {
    await browser.visit(`/product/${sku}`);
    await browser.waitFor('.review', 'the reviews never came', 4000);
  },
}));

const searched = SEARCHED.map((sku) => ({
  suites: suites('Search'),
  title: `finds the ${sku}`,
  async run({ browser }) {
    await browser.visit('/');
    await browser.type('#search', sku);
    await browser.waitFor('li:only-child .product', `the search for "${sku}" shows more than that`, 5000);
    assert.equal(await browser.text('.product'), sku);
  },
}));

/** The list is rendered again between the two: what the first has found is stale for the second. */
const offers = [
  ['follows a product', (product) => product.click()],
  ['reads a product', (product) => product.getText()],
  ['looks a product up again', (_, browser) => browser.text('.product')],
].map(([title, use]) => ({
  suites: suites('Offers'),
  title: `${title} while offers come in`,
  async run({ browser, log }) {
    await browser.visit('/');
    const product = await browser.find('.product');
    await browser.script('window.showOffers()');
    await log.step('use the product', () => use(product, browser));
  },
}));

export const catalogue = [...shown, ...reviewed, ...searched, ...offers];
