// Eight tests of the account.

import assert from 'node:assert/strict';

const suites = ['Shop', 'Account'];

const saved = ['Ada', 'Grace', 'Alan'].map((name) => ({
  suites,
  title: `saves the name ${name}`,
  async run({ browser }) {
    await browser.visit('/account');
    await browser.type('#name', name);
    await browser.click('#save');
    assert.equal(await browser.text('#saved'), `Saved ${name}`);
  },
}));

const others = [
  [
    'changes the address',
    async ({ browser }) => {
      await browser.visit('/account');
      await (await browser.find('#email')).clear();
    },
  ],
  [
    'shows the yearly report',
    async ({ browser }) => {
      await browser.driver.manage().setTimeouts({ pageLoad: 1500 });
      await browser.visit('/report');
    },
  ],
  [
    'synchronises with the bank',
    async ({ browser, log }) => {
      await browser.visit('/account');
      await browser.driver.manage().setTimeouts({ script: 1000 });
      await log.step('wait for the bank', () => browser.driver.executeAsyncScript('window.bankAnswers = arguments[0]'));
    },
  ],
  [
    'keeps the session of the partner shop',
    async ({ browser }) => {
      await browser.visit('/account');
      await browser.driver.manage().addCookie({ name: 'partner', value: '1', domain: 'partner.example' });
    },
  ],
  [
    'reads the loyalty points',
    async ({ browser }) => {
      await browser.visit('/account');
      const account = await browser.script('return { name: "Ada" }');
      // The test's own fault, thrown by V8.
      assert.equal(account.loyalty.points, 100);
    },
  ],
].map(([title, run]) => ({ suites, title, run }));

export const account = [...saved, ...others];
