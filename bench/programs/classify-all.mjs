// The addon as a peer: strings in, verdicts out.
//
//   node addon.mjs RULES
//
// A pass is one call of `classifyAll`.

import { readFileSync } from 'node:fs';
import { addon } from '../harness/package.mjs';
import { serve } from './serve.mjs';

const { classifyAll, loadRules } = addon;
const json = readFileSync(process.argv[2]);
const started = performance.now();
const report = await loadRules(json);
const compileMs = performance.now() - started;

await serve(
  { compileMs, refused: report.rejected.map(({ index }) => index) },
  {
    first: async (items) => {
      const verdicts = await classifyAll(items);
      return verdicts.map(({ rule }) => rule);
    },
  },
);
