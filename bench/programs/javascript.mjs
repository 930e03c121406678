// The loop that the addon replaces, as a peer.
//
//   node javascript.mjs RULES [--re2] [--only FILE]
//
// With --re2 the patterns are node-re2's; those that it refuses stay V8's. A rule that V8 refuses matches nothing. FILE: a JSON array of
// the indexes of the rules that take part.

import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { compile, matches, readRules } from './rules.mjs';
import { serve } from './serve.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { re2: { type: 'boolean', default: false }, only: { type: 'string' } },
});
const only = values.only && new Set(JSON.parse(readFileSync(values.only, 'utf8')));
const list = readRules(positionals[0]);
const RE2 = values.re2 && (await import('re2')).default;

const refused = [];
const started = performance.now();
const rules = list.flatMap((rule, index) => {
  if (only && !only.has(index)) return [];
  const error = compileFor(rule.error, index);
  const test = rule.test && compile(rule.test);
  return error && (test || !rule.test) ? { index, error, test } : [];
});
const compileMs = performance.now() - started;

function compileFor(pattern, index) {
  if (!RE2) {
    const regExp = compile(pattern);
    if (!regExp) refused.push(index);
    return regExp;
  }
  try {
    // without `u` node-re2 warns and takes it for granted
    return new RE2(pattern.source, pattern.flags.includes('u') ? pattern.flags : `${pattern.flags}u`);
  } catch {
    refused.push(index);
    return compile(pattern);
  }
}

await serve(
  { compileMs, refused },
  {
    // node-re2 makes UTF-8 of a string for every rule, but takes a buffer as it is: made once per error, in the time that counts
    first: (texts) =>
      texts.map(({ test, error }) => {
        const bytes = RE2 && Buffer.from(error);
        const rule = rules.find(
          (rule) =>
            (!rule.test || matches(rule.test, test)) && matches(rule.error, RE2 && rule.error instanceof RE2 ? bytes : error),
        );
        return rule?.index ?? null;
      }),
  },
);
