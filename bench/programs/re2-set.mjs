// node-re2's own way with many patterns, as a peer: `RE2.Set`, one automaton for many patterns with the same flags.
//
//   node re2-set.mjs RULES
//
// Patterns that RE2 refuses stay V8's and run one by one, until a set or one of them has found an earlier rule.

import RE2 from 're2';
import { compile, matches, readRules } from './rules.mjs';
import { serve } from './serve.mjs';

const list = readRules(process.argv[2]);
const scopes = list.map(({ test }) => test && compile(test));

const started = performance.now();
const refused = [];
const exceptions = [];
const byFlags = new Map();
for (const [index, { error, test }] of list.entries()) {
  if (test && !scopes[index]) continue;
  const flags = error.flags.includes('u') ? error.flags : `${error.flags}u`;
  try {
    new RE2(error.source, flags);
    byFlags.set(flags, [...(byFlags.get(flags) ?? []), index]);
  } catch {
    refused.push(index);
    const regExp = compile(error);
    if (regExp) exceptions.push({ index, regExp });
  }
}
const sets = [...byFlags].flatMap(([flags, indexes]) => compileSets(indexes, flags));
const compileMs = performance.now() - started;

/** A set has a limit of 8 MB that cannot be raised: what is too much for one becomes two. */
function compileSets(indexes, flags) {
  const patterns = indexes.map((index) => list[index].error.source);
  try {
    return [{ indexes, set: new RE2.Set(patterns, flags) }];
  } catch (error) {
    if (indexes.length === 1) throw error;
    const half = indexes.length >> 1;
    return [...compileSets(indexes.slice(0, half), flags), ...compileSets(indexes.slice(half), flags)];
  }
}

const inScope = (index, test) => scopes[index] === null || matches(scopes[index], test);

function first({ test, error }) {
  const bytes = Buffer.from(error);
  let best = Number.POSITIVE_INFINITY;
  for (const { set, indexes } of sets) {
    const place = set.match(bytes).find((found) => inScope(indexes[found], test));
    if (place !== undefined) best = Math.min(best, indexes[place]);
  }
  const exception = exceptions.find(({ index, regExp }) => index < best && inScope(index, test) && matches(regExp, error));
  best = Math.min(best, exception?.index ?? best);
  return best === Number.POSITIVE_INFINITY ? null : best;
}

await serve({ compileMs, refused }, { first: (texts) => texts.map(first) });
