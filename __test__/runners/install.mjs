// The runners, as package-lock.json has them.

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));

const packagesOf = (lock) => JSON.parse(readFileSync(lock, 'utf8')).packages;

function isInstalled(folder) {
  // npm's own note of what it has installed
  const installed = join(folder, 'node_modules/.package-lock.json');
  if (!existsSync(installed)) return false;
  const have = packagesOf(installed);
  return Object.entries(packagesOf(join(folder, 'package-lock.json'))).every(
    ([name, { version, optional }]) => name === '' || optional || have[name]?.version === version,
  );
}

/**
 * Installs what a folder's lock file has, unless it is there, and this package beside it. Gives what to do if that fails.
 *
 * @param {string} folder
 */
export function installIn(folder) {
  if (!isInstalled(folder)) {
    const command = `npm ci --prefix ${relative(root, folder)} --ignore-scripts`;
    console.log(`Installing the runners: ${command}`);
    const args = ['ci', '--ignore-scripts', '--no-fund', '--no-audit', '--loglevel', 'error'];
    const { status, stderr } = spawnSync('npm', args, { cwd: folder, encoding: 'utf8', shell: process.platform === 'win32' });
    if (status !== 0) {
      return `${stderr}\nThe runners cannot be installed. Where the npm registry can be reached, run: ${command}`;
    }
  }
  installThisPackage(folder);
  return null;
}

/** The files that npm would install. A link would not do: runners treat what is not within `node_modules` as code under test. */
function installThisPackage(folder) {
  const target = join(folder, 'node_modules/known-failures');
  rmSync(target, { recursive: true, force: true });
  const { files } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const addons = readdirSync(root).filter((name) => name.endsWith('.node'));
  for (const name of ['package.json', ...files, ...addons]) cpSync(join(root, name), join(target, name), { recursive: true });
}

/** The runners of the recordings. */
export const installRunners = () => installIn(here);

/** The version of a package that is installed in a folder; of `node`, this one's. */
export function versionIn(folder, name) {
  if (name === 'node') return process.versions.node;
  return JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')).version;
}

export const versionOf = (name) => versionIn(here, name);

/** The program of an installed package. */
export const binOf = (name) => (name === 'node' ? process.execPath : join(here, 'node_modules/.bin', name));
