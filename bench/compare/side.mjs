// A checkout as one of the two sides: where its programs are.

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildProgram } from '../../scripts/lib/cargo.mjs';
import { UsageError } from '../../scripts/lib/command.mjs';

/**
 * @typedef {object} Side
 * @property {string | null} engine the engine's program; null if it is not asked for
 * @property {Record<string, string>} env with this, programs measure the package of the side
 */

/** @param {string} folder of the checkout @param {{ engine: boolean }} needs @returns {Side} */
export function openSide(folder, { engine }) {
  const start = `known-failures.${process.platform}-${process.arch}`;
  const addon = existsSync(folder) && readdirSync(folder).find((name) => name.startsWith(start) && name.endsWith('.node'));
  if (!addon) throw new UsageError(`${folder}: has no addon; run npm run build there`);
  return { engine: engine ? buildEngineOf(folder) : null, env: { KNOWN_FAILURES: join(folder, 'index.js') } };
}

/** Up to 0.1.0 the program was an example of the only crate. */
const buildEngineOf = (folder) =>
  existsSync(join(folder, 'bench', 'engine'))
    ? buildProgram(folder, ['--package', 'known-failures-bench', '--bin', 'classify'])
    : buildProgram(folder, ['--example', 'classify_bench']);
