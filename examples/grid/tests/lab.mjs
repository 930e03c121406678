// Six tests whose browser is taken from them, or never comes.

import assert from 'node:assert/strict';

const suites = ['Lab'];

/** Holds a session on the second node, which is about to die. */
const onSecondNode = (title, wait) => ({
  suites,
  title,
  wants: { 'demo:lab': 'second' },
  async run({ browser, secondNodeIsUsed }) {
    await browser.visit('/');
    await browser.driver.manage().setTimeouts({ script: 60_000 });
    secondNodeIsUsed();
    await wait(browser);
  },
});

const pollTitle = async (browser) => {
  while (true) {
    await browser.driver.getTitle();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};

export const lab = [
  {
    suites,
    title: 'opens the shop in Firefox',
    wants: { browserName: 'firefox' },
    run: async ({ browser }) => browser.visit('/'),
  },
  {
    suites,
    title: 'opens the shop on a phone',
    wants: { 'demo:lab': 'phones' },
    run: async ({ browser }) => browser.visit('/'),
  },
  {
    suites,
    title: 'shows the catalogue after a pause',
    async run({ browser, endSession }) {
      await browser.visit('/');
      // What a Grid does with a session that has been idle for too long.
      await endSession(await browser.driver.getSession());
      await browser.text('h1');
    },
  },
  {
    suites,
    title: 'closes its last window',
    async run({ browser }) {
      await browser.visit('/');
      await browser.driver.switchTo().window('another');
      assert.equal(await browser.text('h1'), 'Catalogue');
    },
  },
  onSecondNode('waits for an order', (browser) => browser.driver.executeAsyncScript('setTimeout(arguments[0], 60000)')),
  onSecondNode('watches the title', pollTitle),
];
