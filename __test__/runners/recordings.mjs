// What the hooks of real runners got, as JSON: `npm run test:runners -- --record` writes it, `runner-shapes.spec.mjs` reads it. Frames
// beyond the first two of a stack are left out, and the paths of the machine.

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = new URL('./shapes/recorded/', import.meta.url);
const root = fileURLToPath(new URL('../..', import.meta.url));
const SHOP = '/home/ci/shop/';
const MORE_FRAMES = /((?:^|\n)(?: +at [^\n]*\n){2})(?: +at [^\n]*(?:\n|$))+/g;

const shortened = (text) => text.replaceAll(root, SHOP).replace(MORE_FRAMES, '$1');

export const firstLineOf = (text) => text.split('\n', 1)[0];

/** Writes a file for each hook. */
export function writeRecordings(byHook) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [hook, records] of byHook) {
    const lines = records
      .map(({ title, name, text, issue, shape }) =>
        JSON.stringify({ title, name, issue, firstLine: firstLineOf(text), shape }, (_key, value) =>
          typeof value === 'string' ? shortened(value) : value,
        ),
      )
      .sort();
    writeFileSync(new URL(`${hook.replace(/\W+/g, '-').toLowerCase()}.json`, folder), `[\n${lines.join(',\n')}\n]\n`);
  }
}

/** `[file name, records]` of each file. */
export function readRecordings() {
  return readdirSync(folder).map((name) => [name.replace('.json', ''), JSON.parse(readFileSync(new URL(name, folder), 'utf8'))]);
}
