import KnownFailures from 'known-failures/webdriverio';

export const config = {
  specs: ['test/*.e2e.js'],
  capabilities: [{ browserName: 'chrome', 'goog:chromeOptions': { args: ['headless', 'no-sandbox'] } }],
  framework: 'mocha',
  reporters: ['spec'],
  logLevel: 'error',
  waitforTimeout: 500,
  services: [[KnownFailures, { rules: process.env.KNOWN_FAILURES ?? '../known-failures.json', report: 'run.json' }]],
};
