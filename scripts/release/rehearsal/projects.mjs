// What is run in a project where the package is installed: the quick start, in every module system.

import { cpSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { tool } from './tools.mjs';

const QUICK_START = fileURLToPath(new URL('quick-start/', import.meta.url));
export const PRINTED = 'Broken SHOP-1432';

/** @typedef {{ modules: string, prepare: string[][], file: string }} Variant `prepare`: commands before `file` runs */

/** @type {Variant[]} */
export const PLAIN = [
  { modules: 'CommonJS', prepare: [], file: 'main.cjs' },
  { modules: 'ESM', prepare: [], file: 'main.mjs' },
];

/** @type {Variant[]} */
export const TYPESCRIPT = ['node16', 'nodenext', 'preserve'].flatMap((module) =>
  module === 'preserve'
    ? [
        {
          modules: 'TypeScript preserve, esbuild',
          prepare: [
            tsc({ module, moduleResolution: 'bundler', noEmit: true }, 'typed.mts'),
            esbuild('typed.mts', 'bundled/typed.mjs', 'esm'),
          ],
          file: 'bundled/typed.mjs',
        },
      ]
    : ['mts', 'cts'].map((extension) => ({
        modules: `TypeScript ${module}, .${extension}`,
        prepare: [tsc({ module, outDir: module }, `typed.${extension}`)],
        file: `${module}/typed.${extension.replace('t', 'j')}`,
      })),
);

/** @type {Variant[]} */
export const BUNDLED = [
  { modules: 'esbuild, CommonJS', prepare: [esbuild('main.cjs', 'bundled/esbuild.cjs', 'cjs')], file: 'bundled/esbuild.cjs' },
  { modules: 'esbuild, ESM', prepare: [esbuild('main.mjs', 'bundled/esbuild.mjs', 'esm')], file: 'bundled/esbuild.mjs' },
  {
    modules: 'Rollup, ESM',
    prepare: [
      ['node', tool('rollup', 'dist/bin/rollup'), 'main.mjs', '--external', 'known-failures', '--file', 'bundled/rollup.mjs'],
    ],
    file: 'bundled/rollup.mjs',
  },
];

export function addQuickStart(project) {
  cpSync(QUICK_START, project, { recursive: true });
}

function tsc(options, file) {
  const flags = Object.entries({ strict: true, target: 'es2022', ...options }).map(([name, value]) => [`--${name}`, `${value}`]);
  return ['node', tool('typescript', 'bin/tsc'), ...flags.flat(), file];
}

function esbuild(file, outfile, format) {
  const flags = ['--bundle', '--platform=node', '--external:known-failures', `--format=${format}`, `--outfile=${outfile}`];
  return ['node', tool('esbuild', 'bin/esbuild'), file, ...flags, '--log-level=warning'];
}
