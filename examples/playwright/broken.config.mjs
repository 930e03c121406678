// A file that does not load: `npm test -- --config broken.config.mjs`.

import config from './playwright.config.mjs';

export default { ...config, testDir: 'broken' };
