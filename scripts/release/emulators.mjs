// Node.js on machines that this one is not: another CPU under qemu, another libc from a folder.

import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installRuntime, RuntimeMissing } from '../lib/runtimes.mjs';
import { debianSysroot, muslNode } from './sysroot.mjs';
import { binaryOf, findTarget, ROOT } from './targets.mjs';
import { ToolMissing } from './toolchain.mjs';

const EXEC_PATH = fileURLToPath(new URL('exec-path.cjs', import.meta.url));

/**
 * @typedef {object} Emulator
 * @property {string} name
 * @property {string} what it stands for, in a few words
 * @property {import('./targets.mjs').Target} target whose binary runs there
 * @property {() => string} install gives the path of an executable `node`, made on first use, that takes Node's arguments; throws
 *   `ToolMissing`, whose message says what is missing, and how to install it
 */

/**
 * @param {string} name
 * @param {string} what
 * @param {string} platform
 * @param {() => string[]} commandOf what runs Node's arguments
 */
const emulator = (name, what, platform, commandOf) => ({
  name,
  what,
  target: findTarget(platform),
  install() {
    if (process.platform !== 'linux') throw new ToolMissing(`${name}: skipped: this is for Linux only`);
    try {
      return wrapper(name, commandOf());
    } catch (error) {
      if (error instanceof ToolMissing || error instanceof RuntimeMissing)
        throw new ToolMissing(`${name}: skipped: ${error.message}`);
      throw error;
    }
  },
});

/** @type {readonly Emulator[]} */
const EMULATORS = [
  emulator('nehalem', 'a CPU without AVX2', 'linux-x64-gnu', () => [
    ...[qemu('qemu-x86_64'), '-cpu', 'Nehalem'],
    onlyOn('x64', process.execPath),
  ]),
  emulator('arm64', 'arm64 with glibc', 'linux-arm64-gnu', () => [
    ...[qemu('qemu-aarch64'), '-L', debianSysroot('arm64', 'arm64', ['libc6', 'libgcc-s1', 'libstdc++6'])],
    installRuntime('node24-arm64').path,
  ]),
  // the loader alone: qemu 7.2 crashes when this Node starts a process
  emulator('musl', 'x64 with musl, as on Alpine', 'linux-x64-musl', () => [
    join(debianSysroot('musl', onlyOn('x64', 'amd64'), ['musl']), 'lib', 'ld-musl-x86_64.so.1'),
    muslNode('x86_64'),
  ]),
  emulator('musl-arm64', 'arm64 with musl', 'linux-arm64-musl', () => [
    ...[qemu('qemu-aarch64'), '-L', debianSysroot('musl-arm64', 'arm64', ['musl'])],
    muslNode('aarch64'),
  ]),
];

/** @returns {readonly Emulator[]} */
export const emulators = () => EMULATORS;

/**
 * The environment in which the package loads a target's release binary, whatever else is installed.
 *
 * @param {import('./targets.mjs').Target} target
 */
export const environmentWith = (target) => ({ ...process.env, NAPI_RS_NATIVE_LIBRARY_PATH: binaryOf(target) });

/** @template T @param {T} then what to go on with */
function onlyOn(cpu, then) {
  if (process.arch !== cpu) throw new ToolMissing(`it needs a machine with the CPU ${cpu}`);
  return then;
}

function qemu(program) {
  if (spawnSync(program, ['--version']).status !== 0) throw new ToolMissing(`${program} is missing: apt-get install qemu-user`);
  return program;
}

/** A program for the emulated Node, so that a test which starts `process.execPath` starts another emulated one. */
function wrapper(name, command) {
  const folder = join(ROOT, '.cache', 'emulators', name);
  const file = join(folder, 'node');
  const words = [...command, '--require', EXEC_PATH].map(quoted);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, `#!/bin/sh\nEMULATED_NODE=${quoted(file)} exec ${words.join(' ')} "$@"\n`);
  chmodSync(file, 0o755);
  return file;
}

const quoted = (word) => `'${word.replaceAll("'", "'\\''")}'`;
