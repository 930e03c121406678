// The platforms that have a binary: the one table of them. `napi.targets` of package.json repeats the triples, and a test compares.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The oldest glibc that a gnu binary loads with: RHEL 7's. */
export const GLIBC_FLOOR = '2.17';

/**
 * @typedef {object} Target
 * @property {string} triple as rustc has it
 * @property {string} platform as napi has it: the suffix of the binary and of its npm package
 * @property {'linux' | 'darwin' | 'win32'} os as npm has it
 * @property {'x64' | 'arm64'} cpu as npm has it
 * @property {'glibc' | 'musl' | undefined} libc as npm has it
 * @property {'zigbuild' | 'cargo'} builder `zigbuild`: any Linux builds it, with zig as linker and libc. `cargo`: only a machine of
 *   the same system builds it, of either CPU
 * @property {string} zigTarget what cargo-zigbuild takes as target: the triple, and for gnu the glibc to link with
 * @property {string[]} rustflags
 * @property {string} library what cargo calls the binary
 */

/** Alpine's Node is a dynamic executable: an addon with a musl of its own would not load. */
const DYNAMIC_MUSL = ['-Ctarget-feature=-crt-static'];
/** No Visual C++ runtime has to be installed. */
const STATIC_MSVC = ['-Ctarget-feature=+crt-static'];

const gnu = { os: 'linux', libc: 'glibc', builder: 'zigbuild', suffix: `.${GLIBC_FLOOR}`, library: 'libknown_failures.so' };
const musl = { os: 'linux', libc: 'musl', builder: 'zigbuild', rustflags: DYNAMIC_MUSL, library: 'libknown_failures.so' };
const apple = { os: 'darwin', builder: 'cargo', library: 'libknown_failures.dylib' };
const msvc = { os: 'win32', builder: 'cargo', rustflags: STATIC_MSVC, library: 'known_failures.dll' };

const target = (triple, platform, cpu, { suffix = '', ...system }) =>
  Object.freeze({ rustflags: [], ...system, triple, platform, cpu, zigTarget: triple + suffix });

/** @type {readonly Readonly<Target>[]} */
export const TARGETS = Object.freeze([
  target('x86_64-unknown-linux-gnu', 'linux-x64-gnu', 'x64', gnu),
  target('x86_64-unknown-linux-musl', 'linux-x64-musl', 'x64', musl),
  target('aarch64-unknown-linux-gnu', 'linux-arm64-gnu', 'arm64', gnu),
  target('aarch64-unknown-linux-musl', 'linux-arm64-musl', 'arm64', musl),
  target('x86_64-apple-darwin', 'darwin-x64', 'x64', apple),
  target('aarch64-apple-darwin', 'darwin-arm64', 'arm64', apple),
  target('x86_64-pc-windows-msvc', 'win32-x64-msvc', 'x64', msvc),
  target('aarch64-pc-windows-msvc', 'win32-arm64-msvc', 'arm64', msvc),
]);

/**
 * @param {string} name a triple or a platform
 * @returns {Readonly<Target> | undefined}
 */
export const findTarget = (name) => TARGETS.find(({ triple, platform }) => triple === name || platform === name);

/** Where `build.mjs` puts a target's binary, and `napi artifacts` looks for it. */
export const binaryOf = ({ platform }) => `${ROOT}artifacts/${binaryName}.${platform}.node`;

const { binaryName } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')).napi;
