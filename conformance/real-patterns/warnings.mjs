// How many of the regular expressions that people wrote for JavaScript get a warning: each would be a false alarm, or a real mistake.
//
//   npm run warnings                   the JavaScript in node_modules
//   npm run warnings -- DIRECTORY…     and, after `npm run parity:real`, .cache/real-packages
//
// Prints every one of them, by code and message, and the rate. Exit code 1: more than one pattern in 1,000 with a warning about a dialect.

import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadRules } from '../../index.js';
import { collectPatterns } from './collect.mjs';

/** In .cache/real-packages it is 3 in 10,000, and most of those are mistakes of their authors. */
const MOST = 1 / 1000;

const root = fileURLToPath(new URL('../../', import.meta.url));
const given = process.argv.slice(2);
const usual = ['node_modules', join('.cache', 'real-packages')].map((path) => join(root, path)).filter(existsSync);
const patterns = collectPatterns(given.length > 0 ? given : usual);
const { active, rejected, warnings } = await loadRules(
  patterns.map(({ pattern, flags, file }) => ({ issue: relative(root, file), error: { source: pattern, flags } })),
);

const byMessage = new Map();
for (const warning of warnings) {
  const key = `${warning.code}  ${warning.message}`;
  if (!byMessage.has(key)) byMessage.set(key, []);
  byMessage.get(key).push(warning);
}
for (const [message, found] of [...byMessage].sort(([, one], [, other]) => other.length - one.length)) {
  console.log(`\n${found.length} × ${message}`);
  for (const { index, issue, offset } of found) {
    const { pattern, flags } = patterns[index];
    const from = Math.max(0, (offset ?? 0) - 40);
    console.log(`    ${pattern.slice(from, from + 100)}  ${flags}  at ${offset}  ${issue}`);
  }
}

const rate = (code) => {
  const rules = new Set(warnings.filter((warning) => warning.code === code).map(({ index }) => index));
  return { rules: rules.size, share: rules.size / active };
};
console.log(`\n${patterns.length} distinct patterns, ${active} in force, ${rejected.length} refused`);
for (const code of ['WARN_DIALECT', 'WARN_MATCHES_EMPTY', 'WARN_DUPLICATE']) {
  const { rules, share } = rate(code);
  console.log(`${code}: ${rules} patterns, ${(share * 100).toFixed(3)} %`);
}
if (active === 0 || rate('WARN_DIALECT').share > MOST) process.exitCode = 1;
