// Takes the generated loader's own export out of index.d.ts, which `napi build` has written: index.js does not have it. Part of
// `npm run build`.

import { readFileSync, writeFileSync } from 'node:fs';

const file = new URL('../index.d.ts', import.meta.url);
/** The declaration with its comment and the line before. */
const LOADER_EXPORT = /\n\/\*\*\n(?: \*.*\n)+export declare const __napiBindingTarget: .*\n/;

const types = readFileSync(file, 'utf8');
if (!LOADER_EXPORT.test(types)) throw new Error('index.d.ts does not declare __napiBindingTarget');
writeFileSync(file, types.replace(LOADER_EXPORT, ''));
