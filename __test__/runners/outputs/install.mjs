// The packages of package-lock.json, and this package among them, as a user has it.

import { execFile, spawnSync } from 'node:child_process';
import { existsSync, lstatSync, readFileSync, symlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const COMMAND = 'npm ci --prefix __test__/runners/outputs --ignore-scripts';
const RUN_TIMEOUT_MS = 120_000;

export const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const root = path('../../..');
const read = (name) => JSON.parse(readFileSync(path(name), 'utf8'));

function isInstalled() {
  // npm's own note of what it has installed
  const installed = 'node_modules/.package-lock.json';
  if (!existsSync(path(installed))) return false;
  const have = read(installed).packages;
  return Object.entries(read('package-lock.json').packages).every(
    ([name, { version, optional }]) => name === '' || optional || have[name]?.version === version,
  );
}

/** Gives what to do if the packages cannot be installed; null if they are there. */
export function install() {
  if (!isInstalled()) {
    console.log(`Installing: ${COMMAND}`);
    const args = ['ci', '--ignore-scripts', '--no-fund', '--no-audit', '--loglevel', 'error'];
    const { status, stderr } = spawnSync('npm', args, { cwd: path('.'), encoding: 'utf8', shell: process.platform === 'win32' });
    if (status !== 0) return `${stderr}\nWhere the npm registry can be reached, run: ${COMMAND}`;
  }
  const own = path('node_modules/known-failures');
  if (!lstatSync(own, { throwIfNoEntry: false })) symlinkSync(root, own, 'junction');
  return null;
}

export const versionOf = (name) => read(`node_modules/${name}/package.json`).version;

/** Runs a program of an installed package, whatever its exit code. */
export async function run(name, args, env) {
  const file = path(`node_modules/.bin/${name}`);
  const options = {
    cwd: path('.'),
    env: { ...process.env, ...env },
    timeout: RUN_TIMEOUT_MS,
    shell: process.platform === 'win32',
  };
  const { stdout, stderr, code } = await promisify(execFile)(file, args, options).catch((error) => error);
  return { output: `${stdout}${stderr}`, code: code ?? 0 };
}

/** Runs `known-failures`. */
export async function cli(args) {
  const { stdout } = await promisify(execFile)(process.execPath, [`${root}/lib/cli/main.js`, ...args], { cwd: path('.') });
  return stdout;
}
