// The package managers: how each installs the package into an empty project, and which programs then run there.

import { execFileSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { installRuntime, RuntimeMissing } from '../../lib/runtimes.mjs';
import { tool, versionOf } from './tools.mjs';

export const NODE = { name: `Node ${process.versions.node}`, run: (file) => ['node', file] };

/** A manager that this machine cannot have: `message` says why. */
export class ManagerMissing extends Error {}

/**
 * @typedef {object} Manager
 * @property {string} name with its version
 * @property {Record<string, string>} files of an empty project, besides package.json
 * @property {string[]} install the command that adds `known-failures`
 * @property {{ name: string, run: (file: string) => string[] }[]} runtimes
 * @property {boolean} [folderless] without node_modules, which tsc needs
 */

/** @type {Record<string, (registry: string) => Manager>} */
const MANAGERS = {
  npm: (registry) => ({
    ...npm(),
    install: [...npm().program, 'install', 'known-failures'],
    files: npmrc(registry),
    runtimes: [NODE, ...newerNodes()],
  }),
  pnpm: (registry) => ({
    name: `pnpm ${versionOf('pnpm')}`,
    // it refuses what was published a moment ago, as the rehearsal's packages are
    files: { ...npmrc(registry), 'pnpm-workspace.yaml': 'minimumReleaseAge: 0\n' },
    install: ['node', tool('pnpm', 'bin/pnpm.cjs'), 'add', 'known-failures'],
    runtimes: [NODE],
  }),
  yarn1: (registry) => ({
    name: `Yarn ${versionOf('yarn')}`,
    files: npmrc(registry),
    install: ['node', tool('yarn', 'bin/yarn.js'), 'add', 'known-failures', '--non-interactive', '--no-progress'],
    runtimes: [NODE],
  }),
  yarn: (registry) => berry(registry, 'node-modules'),
  pnp: (registry) => ({
    ...berry(registry, 'pnp'),
    runtimes: [{ ...NODE, run: (file) => ['node', berryProgram(), 'node', file] }],
    folderless: true,
  }),
  bun: (registry) => {
    const { path, version } = runtime('bun');
    return {
      name: `Bun ${version}`,
      files: npmrc(registry),
      install: [path, 'add', 'known-failures'],
      runtimes: [NODE, { name: `Bun ${version}`, run: (file) => [path, file] }],
    };
  },
  deno: (registry) => {
    const { path, version } = runtime('deno');
    const allowed = ['--allow-ffi', '--allow-env', '--allow-read'];
    return {
      name: `Deno ${version}`,
      files: npmrc(registry),
      install: [path, 'add', '--minimum-dependency-age=0', 'npm:known-failures'],
      runtimes: [{ name: `Deno ${version}`, run: (file) => [path, 'run', ...allowed, file] }],
    };
  },
};

export const MANAGER_NAMES = Object.keys(MANAGERS);

/** @returns {Manager} @throws {ManagerMissing} */
export const manager = (name, registry) => MANAGERS[name](registry);

/** The npm of this machine: it comes with Node. */
export function npm() {
  const found = process.env.PATH.split(delimiter)
    .map((folder) => join(folder, 'npm'))
    .find(existsSync);
  if (found === undefined) throw new Error('npm is not in PATH');
  const program = join(dirname(realpathSync(found)), 'npm-cli.js');
  const version = execFileSync(process.execPath, [program, '--version'], { encoding: 'utf8' }).trim();
  return { program: ['node', program], name: `npm ${version}` };
}

export const npmrc = (registry) => ({ '.npmrc': `registry=${registry}\n` });

function berry(registry, nodeLinker) {
  const settings = {
    nodeLinker,
    npmRegistryServer: registry,
    unsafeHttpWhitelist: ['127.0.0.1'],
    // it refuses what was published a moment ago, as the rehearsal's packages are
    npmMinimalAgeGate: 0,
    // there is no lock file yet, and with CI=1 it would not write one
    enableImmutableInstalls: false,
    // by default only where package.json says `"type": "module"`
    pnpEnableEsmLoader: true,
  };
  return {
    name: `Yarn ${versionOf('@yarnpkg/cli-dist')} (${nodeLinker === 'pnp' ? 'PnP' : 'node_modules'})`,
    // an empty yarn.lock makes the folder a project of its own
    files: { '.yarnrc.yml': JSON.stringify(settings), 'yarn.lock': '' },
    install: ['node', berryProgram(), 'add', 'known-failures'],
    runtimes: [NODE],
  };
}

const berryProgram = () => tool('@yarnpkg/cli-dist', 'bin/yarn.js');

function newerNodes() {
  return ['node22', 'node24', 'node26'].flatMap((name) => {
    try {
      const { path, version } = runtime(name);
      return [{ name: `Node ${version}`, run: (file) => [path, file] }];
    } catch (error) {
      if (!(error instanceof ManagerMissing)) throw error;
      console.log(`${name}: skipped: ${error.message}`);
      return [];
    }
  });
}

function runtime(name) {
  try {
    const { path } = installRuntime(name);
    const [version] = /\d+\.\d+\.\d+/.exec(execFileSync(path, ['--version'], { encoding: 'utf8' }));
    return { path, version };
  } catch (error) {
    if (error instanceof RuntimeMissing) throw new ManagerMissing(error.message);
    throw error;
  }
}
