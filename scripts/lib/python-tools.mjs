// Programs from PyPI, pinned by hash in `scripts/python`, in a virtual environment for each file.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PINS = fileURLToPath(new URL('../python/', import.meta.url));
const CACHE = fileURLToPath(new URL('../../.cache/python/', import.meta.url));
const WINDOWS = process.platform === 'win32';

/**
 * Installs what a file of `scripts/python` pins, if it is not there yet.
 *
 * @param {'lint' | 'build'} name
 * @returns {string} the folder that has the programs
 */
export function installPythonTools(name) {
  const folder = join(CACHE, name);
  const programs = join(folder, WINDOWS ? 'Scripts' : 'bin');
  const pins = readFileSync(join(PINS, `${name}.txt`), 'utf8');
  // what was installed, written last
  const stamp = join(folder, 'installed.txt');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === pins) return programs;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(CACHE, { recursive: true });
  run(WINDOWS ? 'python' : 'python3', ['-m', 'venv', folder]);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--only-binary=:all:', '--require-hashes'];
  run(join(programs, 'python'), [...pip, '--requirement', join(PINS, `${name}.txt`)]);
  writeFileSync(stamp, pins);
  return programs;
}

const run = (program, args) => execFileSync(program, args, { stdio: ['ignore', 2, 'inherit'] });
