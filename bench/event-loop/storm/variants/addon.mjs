// This addon.

import { readFileSync } from 'node:fs';
import { addon } from '../../../harness/package.mjs';

const { classify, loadRules } = addon;

export async function start(path) {
  await loadRules(readFileSync(path));
  return { classify: async (test, error) => (await classify(test, error)).issue };
}
