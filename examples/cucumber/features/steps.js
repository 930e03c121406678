const assert = require('node:assert');
const { After, Before, Given, Then, When } = require('@cucumber/cucumber');

After({ tags: '@returns' }, () => {
  throw new Error('the warehouse is closed');
});

Before({ tags: '@stock' }, () => {
  throw new Error('the warehouse is closed');
});

let counted = 0;

Given('a cart', () => {});

When('an item is added', function () {
  this.log('one item');
});

When('the backend answers {int}', (status) => {
  if (status === 503) throw new Error('backend 503 says no');
});

Then('the order is paid', () => {});

Then('the total is {int}', (total) => assert.strictEqual(41, total));

When('the session is lost', () => {
  throw new Error('step failed', { cause: new Error('no such session: 1f0e9d8c') });
});

When('nobody answers', { timeout: 100 }, () => new Promise(() => {}));

When('the stock is counted at first', () => {
  if (++counted === 1) throw new Error('the stock is being counted');
});

When('the stock is counted for ever', () => {
  throw new Error('the stock is being counted');
});

When('invoices are off', () => 'skipped');

When('shells are thrown in', () => {});
When(/^shells are/, () => {});

When('a gift is wrapped', () => 'pending');

When('the parcel is unknown', () => {
  throw new Error('nobody knows this parcel');
});
