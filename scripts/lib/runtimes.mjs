// The JavaScript runtimes that the package is tested with: pinned in `scripts/runtimes`, installed from npm on first use, each into a
// folder of its own under `.cache/runtimes`, so that one which the registry does not have leaves the others alone.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PINS = fileURLToPath(new URL('../runtimes/', import.meta.url));
const CACHE = fileURLToPath(new URL('../../.cache/runtimes/', import.meta.url));

const ARCH = { x64: 'x64', arm64: 'aarch64' }[process.arch] ?? process.arch;
const PLATFORM = `${process.platform}-${process.arch}`;

const node = (name) => ({ kind: 'node', dependency: `${name}-${PLATFORM}`, program: 'bin/node' });

/** By name: its kind, the dependency in `scripts/runtimes/package.json` that has it, and where in that package its program is. */
const NATIVE = {
  node20: node('node20'),
  node22: node('node22'),
  node24: node('node24'),
  node26: node('node26'),
  bun: { kind: 'bun', dependency: `@oven/bun-${process.platform}-${ARCH}`, program: 'bin/bun' },
  deno: {
    kind: 'deno',
    dependency: `@deno/${PLATFORM}${process.platform === 'linux' ? '-glibc' : ''}`,
    program: 'deno',
  },
};

/** Under qemu. `npmFlags`: what makes npm install it on another CPU. */
const EMULATED = {
  'node24-arm64': {
    kind: 'node',
    dependency: 'node24-linux-arm64',
    program: 'bin/node',
    npmFlags: ['--force'],
  },
};

const RUNTIMES = { ...NATIVE, ...EMULATED };

/** Those that run on this machine. */
export const RUNTIME_NAMES = Object.keys(NATIVE);

/** The registry does not have the runtime, or there is none for this platform: `message` says how to get it. */
export class RuntimeMissing extends Error {}

/**
 * A runtime, installed if it is not yet.
 *
 * @param {string} name one of `RUNTIME_NAMES`, or `node24-arm64`, which needs an emulator
 * @returns {{ name: string, kind: 'node' | 'bun' | 'deno', path: string }} `path`: its executable
 * @throws {RuntimeMissing}
 */
export function installRuntime(name) {
  const installed = installedRuntime(name);
  if (installed) return installed;
  const { kind, dependency, npmFlags = [] } = RUNTIMES[name];
  const advice = `put an executable at ${ownProgram(name)}`;
  const { packages } = pins();
  const locked = packages[`node_modules/${dependency}`];
  if (locked === undefined) throw new RuntimeMissing(`scripts/runtimes has no ${dependency}; add one, or ${advice}`);
  const folder = join(CACHE, name);
  writePin(folder, dependency, packages);
  try {
    const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier', '--fetch-retries=1', ...npmFlags];
    execFileSync('npm', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch ({ stderr, message }) {
    const [, why = message] = /^npm error (?!code |syscall |errno )(.+)/m.exec(stderr) ?? [];
    throw new RuntimeMissing(`npm cannot install ${dependency} ${locked.version} (${why}); try again, or ${advice}`);
  }
  return { name, kind, path: program(name) };
}

/** The runtime, if the cache has it in the version that is pinned, or one that somebody put there; else `undefined`. */
export function installedRuntime(name) {
  const { kind, dependency } = RUNTIMES[name];
  if (existsSync(ownProgram(name))) return { name, kind, path: ownProgram(name) };
  const installed = join(CACHE, name, 'node_modules', dependency, 'package.json');
  const locked = pins().packages[`node_modules/${dependency}`];
  if (!existsSync(program(name)) || readJson(installed).version !== locked?.version) return undefined;
  return { name, kind, path: program(name) };
}

const pins = () => readJson(join(PINS, 'package-lock.json'));
const program = (name) => join(CACHE, name, 'node_modules', RUNTIMES[name].dependency, RUNTIMES[name].program);
/** Where a runtime can be put that the registry does not have. */
const ownProgram = (name) => join(CACHE, name, RUNTIMES[name].kind);

/** A package and a lock with this one dependency, so that `npm ci` checks its hash. */
function writePin(folder, dependency, packages) {
  const { optional, ...locked } = packages[`node_modules/${dependency}`];
  const dependencies = { [dependency]: packages[''].optionalDependencies[dependency] };
  const lock = {
    lockfileVersion: 3,
    requires: true,
    packages: { '': { dependencies }, [`node_modules/${dependency}`]: locked },
  };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
