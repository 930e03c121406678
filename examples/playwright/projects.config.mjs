// Two projects, which begin the names of tests: `npm test -- --config projects.config.mjs`.

import config from './playwright.config.mjs';

const [[adapter, options], ...others] = config.reporter;

export default {
  ...config,
  projects: [{ name: 'guest' }, { name: 'member' }],
  reporter: [[adapter, { ...options, projectInName: true }], ...others],
};
