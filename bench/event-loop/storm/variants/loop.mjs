// The JavaScript loop, on the main thread.

import { readFileSync } from 'node:fs';
import { classify, compileJson } from './loop-of-rules.mjs';

export async function start(path) {
  const rules = compileJson(readFileSync(path, 'utf8'));
  return { classify: async (test, error) => classify(rules, test, error) };
}
