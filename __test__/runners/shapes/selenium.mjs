// selenium-webdriver 4.46.0 and Grid 4.48.0: real errors of classes of their own, with `remoteStacktrace`.

import { thrown, WEB_DRIVER } from './values.mjs';

export default [
  {
    hook: 'selenium-webdriver',
    version: '4.46.0',
    before: [3, 0],
    lost: {},
    failures: thrown(...WEB_DRIVER).map(([title, error]) => [title, ['Cart', 'checkout', title], error]),
  },
];
