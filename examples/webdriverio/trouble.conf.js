// Spec files that do not load, that crash their worker, and that pass when they are tried again.

import { config as base } from './wdio.conf.js';

const [[KnownFailures, options]] = base.services;

export const config = {
  ...base,
  specs: ['test/trouble/*.e2e.js'],
  specFileRetries: 1,
  // WebdriverIO's exit code is that of the first worker that failed
  maxInstances: 1,
  connectionRetryCount: 0,
  services: [[KnownFailures, { ...options, browserInName: true }]],
};
