// The loop that the addon replaces, as a peer.
//
//   node loop.mjs RULES [--re2] [--only INDEXES]
//
// With --re2 the patterns are node-re2's; those that it refuses stay V8's. A rule that V8 refuses matches nothing. --only: a JSON array
// of rules, or a file of one.

import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { serve } from './serve.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { re2: { type: 'boolean', default: false }, only: { type: 'string' } },
});
const only = values.only && new Set(JSON.parse(readFileSync(values.only, 'utf8')));
const list = JSON.parse(readFileSync(positionals[0], 'utf8')).rules;
const RE2 = values.re2 && (await import('re2')).default;

const refused = [];
const begun = performance.now();
const rules = list.flatMap((rule, index) => {
  if (only && !only.has(index)) return [];
  const error = compile(rule.error, rule.flags, index);
  return error ? { index, error, test: rule.test ? new RegExp(rule.test) : null } : [];
});
const compileMs = performance.now() - begun;

function compile(source, flags, index) {
  try {
    // without `u` node-re2 warns and takes it for granted
    return RE2 ? new RE2(source, `${flags ?? ''}u`) : new RegExp(source, flags);
  } catch {
    refused.push(index);
    return RE2 ? new RegExp(source, flags) : null;
  }
}

await serve(
  { compileMs, refused },
  {
    // node-re2 makes UTF-8 of a string for every rule, but takes a buffer as it is: made once per error, in the time that counts
    first: (texts) =>
      texts.map(({ test, error }) => {
        const bytes = RE2 && Buffer.from(error);
        const matches = (regExp) => regExp.test(RE2 && regExp instanceof RE2 ? bytes : error);
        return rules.find((rule) => (!rule.test || rule.test.test(test)) && matches(rule.error))?.index ?? null;
      }),
  },
);
