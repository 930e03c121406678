// The runners, as package-lock.json has them.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const COMMAND = 'npm ci --prefix __test__/runners --ignore-scripts';

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const packagesOf = (lock) => JSON.parse(readFileSync(path(lock), 'utf8')).packages;

function isInstalled() {
  // npm's own note of what it has installed
  const installed = 'node_modules/.package-lock.json';
  if (!existsSync(path(installed))) return false;
  const have = packagesOf(installed);
  return Object.entries(packagesOf('package-lock.json')).every(
    ([name, { version, optional }]) => name === '' || optional || have[name]?.version === version,
  );
}

/** Installs the runners unless they are there. Gives what to do if they cannot be installed. */
export function installRunners() {
  if (isInstalled()) return null;
  console.log(`Installing the runners: ${COMMAND}`);
  const args = ['ci', '--ignore-scripts', '--no-fund', '--no-audit', '--loglevel', 'error'];
  const { status, stderr } = spawnSync('npm', args, { cwd: path('.'), encoding: 'utf8', shell: process.platform === 'win32' });
  return status === 0
    ? null
    : `${stderr}\nThe runners cannot be installed. Where the npm registry can be reached, run: ${COMMAND}`;
}

/** The version of an installed package; of `node`, this one's. */
export function versionOf(name) {
  if (name === 'node') return process.versions.node;
  return JSON.parse(readFileSync(path(`node_modules/${name}/package.json`), 'utf8')).version;
}

/** The program of an installed package. */
export const binOf = (name) => (name === 'node' ? process.execPath : path(`node_modules/.bin/${name}`));
