import process from 'node:process';
import KnownFailures from 'known-failures/webdriverio';

export const config = {
  runner: 'local',
  specs: ['test/*.e2e.js'],
  capabilities: [
    {
      browserName: 'chrome',
      'goog:chromeOptions': { args: ['headless', 'no-sandbox', 'disable-gpu'], binary: process.env.CHROME_PATH },
      'wdio:chromedriverOptions': { binary: process.env.CHROMEDRIVER_PATH },
    },
  ],
  logLevel: 'error',
  framework: 'mocha',
  waitforTimeout: 500,
  mochaOpts: { timeout: 10_000 },
  reporters: ['spec'],
  services: [[KnownFailures, { rules: process.env.KNOWN_FAILURES ?? '../known-failures.json', report: 'run.json' }]],
};
