// This addon.

import { readFileSync } from 'node:fs';
import { classify, loadRules } from '../../../../index.js';

export async function start(path) {
  await loadRules(readFileSync(path));
  return { classify: async (test, error) => (await classify(test, error)).issue };
}
