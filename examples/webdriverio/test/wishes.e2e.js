import { $, browser } from '@wdio/globals';

const PAGE = 'data:text/html,<title>Wishes</title>';

describe('Wishes', () => {
  before(() => browser.url(PAGE));

  it('finds a book', async () => {
    await $('#book').getText();
  });

  it('says no', function () {
    this.skip();
  });
});
