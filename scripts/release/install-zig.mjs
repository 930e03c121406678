// Installs what links the Linux binaries, zig and cargo-zigbuild, into `.cache/zig`, from PyPI. `build.mjs` finds them there.
//
//   node scripts/release/install-zig.mjs
//
// Exit code 0: they are there, or this is not Linux, where nothing is linked with them. 2: pip is missing, or failed.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { command, UsageError } from '../lib/command.mjs';
import { ZIG } from './toolchain.mjs';

const PINS = fileURLToPath(new URL('zig.txt', import.meta.url));
/** The pins that are installed. */
const INSTALLED = join(ZIG, 'zig.txt');

await command({ usage: 'usage: node scripts/release/install-zig.mjs', options: {} }, async () => {
  if (process.platform !== 'linux') console.log('zig links Linux binaries only, and is installed on Linux only');
  else if (isInstalled()) console.log(`zig and cargo-zigbuild are in ${ZIG}`);
  else install();
  return 0;
});

function isInstalled() {
  return existsSync(INSTALLED) && readFileSync(INSTALLED, 'utf8') === readFileSync(PINS, 'utf8');
}

function install() {
  // as a whole or not at all
  const unfinished = `${ZIG}.${process.pid}`;
  mkdirSync(dirname(ZIG), { recursive: true });
  try {
    const options = [
      '--target',
      unfinished,
      '--no-deps',
      '--only-binary=:all:',
      '--require-hashes',
      '--disable-pip-version-check',
    ];
    const args = ['-m', 'pip', 'install', '--quiet', ...options, '--requirement', PINS];
    const { error, status, stderr } = spawnSync('python3', args, { encoding: 'utf8' });
    if (error || status !== 0)
      throw new UsageError(`python3 ${args.join(' ')} failed; zig needs Python with pip:\n${error?.message ?? stderr}`);
    writeFileSync(join(unfinished, 'zig.txt'), readFileSync(PINS));
    rmSync(ZIG, { recursive: true, force: true });
    renameSync(unfinished, ZIG);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  console.log(`zig and cargo-zigbuild: installed into ${ZIG}`);
}
