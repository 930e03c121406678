// The addon as a peer: strings in, verdicts out.
//
//   node addon.mjs RULES
//
// `classifyAll` takes as many texts at once as a pass has.

import { readFileSync } from 'node:fs';
import { classifyAll, loadRules } from '../../index.js';
import { serve } from './serve.mjs';

const json = readFileSync(process.argv[2]);
const begun = performance.now();
const report = await loadRules(json);
const compileMs = performance.now() - begun;

await serve(
  { compileMs, refused: report.rejected.map(({ index }) => index) },
  {
    first: async (items) => {
      const verdicts = await classifyAll(items);
      return verdicts.map(({ rule }) => rule);
    },
  },
);
