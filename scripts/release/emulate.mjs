// Runs a program with the release binaries of `artifacts/` on emulated machines.
//
//   node scripts/release/emulate.mjs --only arm64,musl examples/quick-start.mjs
//
// Exit code 0: the program ended with 0 wherever it ran; each machine that cannot be emulated here is a line that says what is missing.
// 1: it failed on one. 2: wrong use.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { command, isProgram, someOf, UsageError } from '../lib/command.mjs';
import { emulators, environmentWith } from './emulators.mjs';
import { binaryOf, ROOT } from './targets.mjs';
import { ToolMissing } from './toolchain.mjs';

/** Under qemu, a second of work takes ten. */
const LIMIT_MS = 1_200_000;
const SMOKE_SUITE = join(ROOT, '__test__', 'smoke', 'main.mjs');

/**
 * Runs a program on an emulated machine, with that machine's release binary.
 *
 * @param {import('./emulators.mjs').Emulator} emulator
 * @param {string[]} args Node's: a file and its arguments
 * @returns {{ code: number | string, output: string }} `code`: or the signal that ended it
 * @throws {ToolMissing}
 */
export function emulate({ name, target, install }, args) {
  if (!existsSync(binaryOf(target)))
    throw new ToolMissing(`${name}: skipped: no binary: node scripts/release/build.mjs ${target.platform}`);
  const options = { cwd: ROOT, encoding: 'utf8', env: environmentWith(target), timeout: LIMIT_MS, killSignal: 'SIGKILL' };
  const { status, signal, error, stdout, stderr } = spawnSync(install(), args, options);
  if (status === null && signal === null) throw error;
  return { code: status ?? signal, output: stdout + stderr };
}

const NAMES = emulators().map(({ name }) => name);

const USAGE = `usage: node scripts/release/emulate.mjs [options] [FILE [ARGUMENTS]]
  FILE             a program for Node (default: the smoke suite)
  --only NAMES     some of ${NAMES.join(',')} (default: all)`;

if (isProgram(import.meta.url)) await command({ usage: USAGE, options: { only: someOf(NAMES) }, names: 'files' }, run);

async function run({ only }, args) {
  if (args.length > 0 && !existsSync(args[0])) throw new UsageError(`no file ${args[0]}`);
  let failed = 0;
  for (const emulator of emulators().filter(({ name }) => only.includes(name))) {
    try {
      const began = performance.now();
      const { code, output } = emulate(emulator, args.length > 0 ? args : [SMOKE_SUITE]);
      const seconds = ((performance.now() - began) / 1000).toFixed(0);
      console.log(`${output.trimEnd()}\n${emulator.name} (${emulator.what}): ended with ${code} after ${seconds} s`);
      if (code !== 0) failed++;
    } catch (error) {
      if (!(error instanceof ToolMissing)) throw error;
      console.log(error.message);
    }
  }
  return failed === 0 ? 0 : 1;
}
