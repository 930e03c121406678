// Where each peer's program comes from, and how it is started on a list.

import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { buildProgram } from '../../scripts/lib/cargo.mjs';
import { Child } from './child.mjs';
import { cacheFile, root } from './lists.mjs';

const program = (name) => fileURLToPath(new URL(`../programs/${name}`, import.meta.url));

/** Builds a program of bench/engine. @returns {string} where it is */
export const buildEngine = (name) => buildProgram(root, ['--package', 'known-failures-bench', '--bin', name]);

const run = (command, args) => execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** @returns {string | null} where Vectorscan's program is; null if this machine cannot build it */
export function buildVectorscan() {
  const binary = cacheFile('vectorscan');
  try {
    const flags = run('pkg-config', ['--cflags', '--libs', 'libhs']).trim().split(/\s+/);
    run('g++', ['-O3', '-march=native', '-std=c++17', program('vectorscan.cpp'), '-o', binary, ...flags]);
    return binary;
  } catch (error) {
    skip('vectorscan', error, 'apt-get install libvectorscan-dev g++ pkg-config');
    return null;
  }
}

/** @returns {boolean} whether node-re2 is installed and runs */
export function hasRe2() {
  try {
    const RE2 = createRequire(import.meta.url)('re2');
    return new RE2('a', 'u').test('a');
  } catch (error) {
    skip('re2', error, "npm install --prefix bench (it compiles for minutes, and needs Node's headers)");
    return false;
  }
}

/** Says that a peer does not take part, why, and how to install it. */
export function skip(peer, error, howTo) {
  const [reason] = String(error?.stderr || error?.message || error)
    .trim()
    .split('\n');
  console.log(`${peer}: skipped (${reason}). To have it: ${howTo}`);
}

const node = (name, args, env = {}) =>
  Child.start(name, process.execPath, [program(name), ...args], { env: { ...process.env, ...env } });

/** How each peer is started on a list. */
export const start = {
  /** `kernel`: the index of one in `kernels`, which the child tells; the fastest by default */
  engine: (binary, list, { kernel } = {}) =>
    Child.start('engine', binary, [list.json, ...(kernel === undefined ? [] : [String(kernel)])]),
  listLoop: (binary, list, engine) => Child.start('list-loop', binary, [engine, list.json]),
  /** `env`: of another checkout's addon */
  classifyAll: (list, { env } = {}) => node('classify-all.mjs', [list.json], env),
  vectorscan: (binary, list) => Child.start('vectorscan', binary, [list.pcre]),
  javascript: (list, ...args) => node('javascript.mjs', [list.json, ...args]),
  re2Set: (list) => node('re2-set.mjs', [list.json]),
};
