// All the cases, each with the name of the file it stands in as its feature.

import { readdirSync } from 'node:fs';

const files = readdirSync(new URL('.', import.meta.url))
  .filter((name) => name.endsWith('.mjs') && name !== 'index.mjs' && name !== 'table.mjs')
  .sort();

/** @type {{ feature: string, note: string, pattern: string, flags: string, text?: string, expected?: unknown, reason?: string }[]} */
export const CASES = [];
for (const file of files) {
  const { default: list } = await import(`./${file}`);
  const feature = file.replace(/\.mjs$/, '');
  for (const one of list) CASES.push({ feature, ...one });
}
