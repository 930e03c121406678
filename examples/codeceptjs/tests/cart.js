const assert = require('node:assert');

Feature('Cart');

const page = (body) => `data:text/html,<h1>Cart</h1>${body}`;

Scenario('adds an item', ({ I }) => {
  I.amOnPage(page('one item'));
  I.see('one item');
});

Scenario('pays by card', () => {
  throw new Error('backend 503 says no');
});

Scenario('asks the backend', () => {
  throw new Error('backend 503 says no');
});

Scenario('shows the total', () => {
  assert.strictEqual(41, 42);
});

Scenario('keeps the session', async () => {
  throw new Error('step failed', { cause: new Error('no such session: 1f0e9d8c') });
});

Scenario('sends the receipt', { timeout: 0.2 }, ({ I }) => {
  I.amOnPage(page('no receipt'));
  I.wait(1);
});

let attempts = 0;
Scenario('applies a voucher', () => {
  if (++attempts === 1) throw new Error('the stock is being counted');
}).retry(1);

Scenario('retries in vain', () => {
  throw new Error('the stock is being counted');
}).retry(1);

Scenario.skip('pays by invoice', () => {});

Scenario('sees the stock', ({ I }) => {
  I.amOnPage(page('the stock is being counted'));
  I.dontSee('the stock is being counted');
});

Scenario('sees the bill', ({ I }) => {
  I.amOnPage(page('no bill'));
  I.click('Pay');
});
