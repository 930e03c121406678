// node-re2's own way with many patterns, as a peer: `RE2.Set`, one automaton for many patterns with the same flags.
//
//   node re2-set.mjs RULES
//
// Patterns that RE2 refuses stay V8's and are run one by one, while no set has found an earlier rule.

import { readFileSync } from 'node:fs';
import RE2 from 're2';
import { serve } from './serve.mjs';

const list = JSON.parse(readFileSync(process.argv[2], 'utf8')).rules;
const scopes = list.map((rule) => (rule.test ? new RegExp(rule.test) : null));

const begun = performance.now();
const refused = [];
const byFlags = new Map();
for (const [index, rule] of list.entries()) {
  const flags = `${rule.flags ?? ''}u`;
  try {
    new RE2(rule.error, flags);
    byFlags.set(flags, [...(byFlags.get(flags) ?? []), index]);
  } catch {
    refused.push({ index, error: new RegExp(rule.error, rule.flags) });
  }
}
const sets = [...byFlags].flatMap(([flags, indexes]) => compile(indexes, flags));
const compileMs = performance.now() - begun;

/** A set has a limit of 8 MB that cannot be raised: what is too much for one becomes two. */
function compile(indexes, flags) {
  const patterns = indexes.map((index) => list[index].error);
  try {
    return [{ indexes, set: new RE2.Set(patterns, flags) }];
  } catch (error) {
    if (indexes.length === 1) throw error;
    const half = indexes.length >> 1;
    return [...compile(indexes.slice(0, half), flags), ...compile(indexes.slice(half), flags)];
  }
}

const inScope = (index, test) => scopes[index] === null || scopes[index].test(test);

function first({ test, error }) {
  const bytes = Buffer.from(error);
  let best = Number.POSITIVE_INFINITY;
  for (const { set, indexes } of sets) {
    const place = set.match(bytes).find((found) => inScope(indexes[found], test));
    if (place !== undefined) best = Math.min(best, indexes[place]);
  }
  const exception = refused.find((rule) => rule.index < best && inScope(rule.index, test) && rule.error.test(error));
  best = Math.min(best, exception?.index ?? best);
  return best === Number.POSITIVE_INFINITY ? null : best;
}

await serve({ compileMs, refused: refused.map(({ index }) => index) }, { first: (texts) => texts.map(first) });
