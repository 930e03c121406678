// Which cargo builds a target on this machine, or what is missing.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './targets.mjs';

/** This machine cannot do it: `message` says what is missing, and how to install it. */
export class ToolMissing extends Error {}

const SYSTEMS = { darwin: 'macOS', win32: 'Windows' };
const NIGHTLY = '+nightly';

/**
 * @typedef {object} Cargo
 * @property {string} program
 * @property {string[]} args begin with the subcommand
 * @property {string[]} toolchain what rustc takes to be the same toolchain's
 */

/**
 * @param {import('./targets.mjs').Target} target
 * @returns {Cargo}
 * @throws {ToolMissing}
 */
export function cargoFor(target) {
  if (!succeeds('cargo', ['--version'])) throw missing(target, 'cargo', 'install Rust with rustup');
  const subcommand = target.builder === 'zigbuild' ? zigbuild(target) : native(target);
  if (hasStd(target) || succeeds('rustup', ['target', 'add', target.triple])) return { ...subcommand, toolchain: [] };
  const [word, ...args] = subcommand.args;
  if (hasStdSources())
    // cargo-zigbuild takes no `+nightly`
    return { program: 'cargo', args: [NIGHTLY, word, '-Zbuild-std=std,panic_unwind', ...args], toolchain: [NIGHTLY] };
  throw missing(
    target,
    `the standard library of ${target.triple}`,
    `rustup target add ${target.triple}, or its sources: rustup component add rust-src --toolchain nightly`,
  );
}

function zigbuild(target) {
  if (!succeeds('cargo-zigbuild', ['zigbuild', '--help'])) throw missing(target, 'cargo-zigbuild', 'pip install cargo-zigbuild');
  if (!succeeds('zig', ['version']) && !succeeds('python3', ['-m', 'ziglang', 'version']))
    throw missing(target, 'zig', 'pip install ziglang');
  return { program: 'cargo', args: ['zigbuild', '--target', target.zigTarget] };
}

function native(target) {
  const system = SYSTEMS[target.os];
  if (process.platform !== target.os) throw missing(target, `the linker of ${system}`, `build on ${system}`);
  return { program: 'cargo', args: ['build', '--target', target.triple] };
}

/** Asks rustc, so that a Rust without rustup is good, too. */
function hasStd({ triple }) {
  const folder = output('rustc', ['--print', 'target-libdir', '--target', triple]);
  return folder !== undefined && existsSync(folder);
}

function hasStdSources() {
  const sysroot = output('rustc', [NIGHTLY, '--print', 'sysroot']);
  return sysroot !== undefined && existsSync(stdSources(sysroot));
}

/** @param {string} sysroot */
export const stdSources = (sysroot) => join(sysroot, 'lib', 'rustlib', 'src', 'rust');

const missing = ({ platform }, what, how) =>
  new ToolMissing(`${platform}: cannot be built here, because ${what} is missing: ${how}`);

const succeeds = (program, args) => output(program, args) !== undefined;

/** What a program prints, or `undefined` if it is not there or fails. */
function output(program, args) {
  const { status, stdout } = spawnSync(program, args, { cwd: ROOT, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}
