import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import process from 'node:process';
import { cart } from '../expected.mjs';

const { CHROME_PATH = '/usr/bin/chromium', CHROMEDRIVER_PATH = '/usr/bin/chromedriver' } = process.env;
const env = { CHROME_PATH, CHROMEDRIVER_PATH };

/** How a run is started: with the browser of this machine, instead of one that WebdriverIO downloads. */
const withLocalBrowser = (name) => ({
  env,
  script: 'wdio run local.conf.js',
  files: {
    'local.conf.js': `
      import { config } from './${name}';
      config.capabilities[0]['goog:chromeOptions'].binary = process.env.CHROME_PATH;
      export { config };`,
  },
});

/** @type {import('../index.mjs').Example} */
export default {
  name: 'webdriverio',
  package: '@wdio/cli',
  modules: 'webdriverio',
  config: 'wdio.conf.js',
  shows: 'console, run.json',
  exitCode: 1,
  missing() {
    const absent = Object.values(env).filter((path) => !existsSync(path));
    if (absent.length === 0) return null;
    return `There is no ${absent.join(' and no ')}: apt-get install chromium chromium-driver, or set CHROME_PATH and CHROMEDRIVER_PATH`;
  },
  runs: [
    {
      label: 'two workers',
      ...withLocalBrowser('wdio.conf.js'),
      expected: {
        ...cart,
        'Cart › stock › "before all" hook for stock': 'hook: Broken SHOP-1600',
        'Wishes › finds a book': 'Failed no-match',
        'Wishes › says no': 'skipped',
      },
      steps: ['Cart › adds an item', 'Cart › pays by card', 'Wishes › finds a book'],
    },
    {
      // each spec file is tried twice
      label: 'crash, retries',
      ...withLocalBrowser('trouble.conf.js'),
      expected: {
        'chrome › Checkout › opens': 'passed → passed',
        'chrome › Checkout › runs out of memory': 'unfinished → unfinished',
        'test/trouble/crash.e2e.js': 'file: Failed no-match',
        'test/trouble/broken.e2e.js': 'file: Broken SHOP-1650',
        'chrome › Stock › counts': 'Broken SHOP-1203 → passed',
      },
    },
    {
      label: 'no session',
      ...withLocalBrowser('trouble.conf.js'),
      args: ['--hostname', '127.0.0.1', '--port', '1', '--spec', 'test/trouble/flaky.e2e.js'],
      expected: { 'test/trouble/flaky.e2e.js': 'file: Failed no-match' },
    },
  ],
  /** Commands are steps. */
  check({ report }, { steps }) {
    const isOfOneAttempt = ({ attempts }) => attempts.length === 1;
    const withSteps = report.tests.filter((test) => isOfOneAttempt(test) && test.steps.length > 0).map(({ name }) => name);
    assert.deepEqual(withSteps.sort(), steps ?? []);
  },
};
