// The addon as a peer: strings in, verdicts out.
//
//   node addon.mjs RULES
//
// A pass is one call of `classifyAll`.

import { readFileSync } from 'node:fs';
import { classifyAll, loadRules } from '../../index.js';
import { serve } from './serve.mjs';

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
