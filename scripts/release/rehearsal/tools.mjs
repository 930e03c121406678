// What the rehearsal works with, as package-lock.json pins it: package managers, compilers, the registry.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const packagesOf = (lock) => JSON.parse(readFileSync(join(FOLDER, lock), 'utf8')).packages;

/** Installs the tools unless they are there. */
export function installTools() {
  if (areInstalled()) return;
  console.log(`installing the tools: npm ci --prefix ${FOLDER}`);
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error'];
  const { status, stderr } = spawnSync('npm', args, { cwd: FOLDER, encoding: 'utf8' });
  if (status !== 0) throw new Error(`the tools of the rehearsal cannot be installed:\n${stderr}`);
}

/** A file of a tool. */
export const tool = (name, file) => join(FOLDER, 'node_modules', name, file);

export const versionOf = (name) => JSON.parse(readFileSync(tool(name, 'package.json'), 'utf8')).version;

function areInstalled() {
  // npm's own note of what it has installed
  const installed = 'node_modules/.package-lock.json';
  if (!existsSync(join(FOLDER, installed))) return false;
  const have = packagesOf(installed);
  return Object.entries(packagesOf('package-lock.json')).every(
    ([name, { version, optional }]) => name === '' || optional || have[name]?.version === version,
  );
}
