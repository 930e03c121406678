import process from 'node:process';
import { browser } from '@wdio/globals';

describe('Checkout', () => {
  it('opens', () => {});

  it('runs out of memory', async () => {
    // ends the driver, which nobody would do later
    await browser.deleteSession();
    process.kill(process.pid, 'SIGKILL');
  });
});
