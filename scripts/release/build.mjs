// Builds release binaries into `artifacts/`, and checks them.
//
//   node scripts/release/build.mjs linux-x64-gnu aarch64-unknown-linux-musl
//
// Exit code 0: all are built and pass the checks. 1: a check failed. 2: wrong use, or a compiler error. 3: a binary cannot be built
// here, because a tool is missing; the line says which, and how to install it.

import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { command, isProgram, UsageError } from '../lib/command.mjs';
import { checkBinary, describe } from './check-binary.mjs';
import { binaryOf, findTarget, ROOT, TARGETS } from './targets.mjs';
import { cargoFor, stdSources, ToolMissing } from './toolchain.mjs';

const PACKAGE = 'known-failures';

/**
 * Builds a target's binary, stripped and without paths of this machine, and checks it.
 *
 * @param {string} name a triple or a platform of `targets.mjs`
 * @returns {{ target: import('./targets.mjs').Target, file: string } & ReturnType<typeof checkBinary>} `file`: the binary
 * @throws {ToolMissing} this machine cannot build it; `message` says what is missing, and how to install it
 */
export function buildTarget(name) {
  const target = findTarget(name);
  if (!target) throw new UsageError(`no target ${name}; there are ${TARGETS.map(({ platform }) => platform).join(', ')}`);
  const { program, args, toolchain } = cargoFor(target);
  // first the sources, which `remapFlags` looks for
  run(program, [...toolchain, 'fetch', '--locked', '--quiet']);
  // encoded: a path may contain a space
  const CARGO_ENCODED_RUSTFLAGS = [...target.rustflags, ...remapFlags(toolchain)].join('\x1f');
  run(program, [...args, '--release', '--locked', '--package', PACKAGE, '--lib'], { CARGO_ENCODED_RUSTFLAGS });
  const file = binaryOf(target);
  mkdirSync(dirname(file), { recursive: true });
  copyFileSync(join(process.env.CARGO_TARGET_DIR ?? join(ROOT, 'target'), target.triple, 'release', target.library), file);
  return { target, file, ...checkBinary(file, { target, foreign: [ROOT, homedir()] }) };
}

/** Runs a program that says itself what is wrong. */
function run(program, args, env = {}) {
  // what the script itself prints is alone on its standard output
  const { error, status, signal } = spawnSync(program, args, {
    cwd: ROOT,
    stdio: ['ignore', 2, 'inherit'],
    env: { ...process.env, ...env },
  });
  if (error) throw error;
  if (status !== 0) throw new UsageError(`${program} ${args.join(' ')} ended with ${status ?? signal}`);
}

/**
 * Panic messages name source files. A path below a folder of this machine becomes one that is the same everywhere.
 *
 * @param {string[]} toolchain what rustc takes to be the toolchain that builds
 */
function remapFlags(toolchain) {
  const rustc = (...args) => execFileSync('rustc', [...toolchain, ...args], { cwd: ROOT, encoding: 'utf8' }).trim();
  const [, hash] = /^commit-hash: (.+)$/m.exec(rustc('-vV'));
  // a folder for each registry
  const registries = join(process.env.CARGO_HOME ?? join(homedir(), '.cargo'), 'registry', 'src');
  const folders = [
    [ROOT.slice(0, -1), '.'],
    ...(existsSync(registries) ? readdirSync(registries) : []).map((name) => [join(registries, name), 'registry']),
    // where the sources of std are installed, rustc names them instead of what it was built with
    [stdSources(rustc('--print', 'sysroot')), `/rustc/${hash}`],
  ];
  return folders.map(([from, to]) => `--remap-path-prefix=${from}=${to}`);
}

const USAGE = 'usage: node scripts/release/build.mjs TRIPLE|PLATFORM…';
const NOT_HERE = 3;

if (isProgram(import.meta.url))
  await command({ usage: USAGE, options: {}, names: TARGETS.flatMap(({ triple, platform }) => [triple, platform]) }, main);

async function main(_, names) {
  if (names.length === 0) throw new UsageError(`${USAGE}\n${TARGETS.map(({ platform }) => platform).join(', ')}`);
  let code = 0;
  for (const name of names) {
    try {
      const { file, ...check } = buildTarget(name);
      console.log(describe(file, check));
      if (check.problems.length > 0) code = 1;
    } catch (error) {
      if (!(error instanceof ToolMissing)) throw error;
      console.log(error.message);
      code ||= NOT_HERE;
    }
  }
  return code;
}
