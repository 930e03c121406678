// The lists that the other benchmarks use, too: failures of browser tests.

import { generateErrors } from '../errors.mjs';
import { generateRules } from '../rules.mjs';

/** @type {import('./list.mjs').Workload} */
export const uiTests = {
  name: 'ui-tests',
  about: 'failures of browser tests of a shop, 2 KB; the lists of the other benchmarks',
  generate({ seed, profile, texts }) {
    const list = generateRules({ seed, profile, bytes: 300_000 });
    return { rules: list.rules, texts: generateErrors(list, { count: texts }) };
  },
};
