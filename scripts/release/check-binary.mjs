// Checks what a release binary must be: small, loadable on old systems, and without traces of the machine that built it.
//
//   node scripts/release/check-binary.mjs artifacts/*.node
//
// Exit code 0: all checks pass. 1: one fails. 2: wrong use, or no such file.

import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { command, isProgram, UsageError } from '../lib/command.mjs';
import { isElf, readElf } from './elf.mjs';
import { findTarget, GLIBC_FLOOR } from './targets.mjs';

export const MAX_BYTES = 2_450_000;

/** The header of any format is in so many bytes. */
const SHORTEST = 128;

/** What Node calls by name. */
const NODE_API_EXPORTS = ['napi_register_module_v1', 'node_api_module_get_api_version_v1'];

/** Libraries that every system with Node has. The loader of musl takes all of these names for itself. */
const LIBRARIES = {
  glibc: /^(?:lib(?:c|m|dl|rt|pthread|gcc_s)\.so\.\d|ld-linux-(?:x86-64|aarch64)\.so\.\d)$/,
  musl: /^libc\.(?:so|musl-(?:x86_64|aarch64)\.so\.1)$/,
};

/**
 * Folders that only the machine of a developer or of CI has. `/rustc/HASH/…` and `registry/…` are the same everywhere, and
 * `/home/user/` is in the text that the prefilter knows common words from.
 */
const BUILD_PATHS = /(?:\/root\/|\/home\/(?!user\/)|\/Users\/|[A-Za-z]:\\(?:Users|a)\\|\.cargo[/\\]|\.rustup[/\\])[\x20-\x7e]*/g;

/**
 * @typedef {object} Check
 * @property {number} bytes
 * @property {string | undefined} glibc the highest version that a symbol needs; only for gnu
 * @property {string[] | undefined} exports only for ELF
 * @property {string[] | undefined} needed libraries; only for ELF
 * @property {string[]} paths of a building machine
 * @property {string[]} problems a sentence for each check that failed
 */

/**
 * @param {string} file
 * @param {object} [options]
 * @param {import('./targets.mjs').Target} [options.target] what the binary is for; by default what its name says
 * @param {string[]} [options.foreign] folders of this machine, which must not be in it
 * @returns {Check}
 */
export function checkBinary(file, { target = targetOf(file), foreign = [] } = {}) {
  const bytes = readFileSync(file);
  const paths = buildPaths(bytes, foreign);
  const problems = [];
  if (bytes.length > MAX_BYTES) problems.push(`has ${bytes.length} bytes; at most ${MAX_BYTES}`);
  if (paths.length > 0) problems.push(`names ${paths.length} paths of the machine that built it, such as ${paths[0]}`);
  if (bytes.length < SHORTEST) return { bytes: bytes.length, paths, problems: ['is too short for a library'] };
  const system = { linux: checkElf, darwin: checkMachO, win32: checkPe }[target.os](bytes, target, problems);
  return { bytes: bytes.length, paths, ...system, problems };
}

function checkElf(bytes, target, problems) {
  if (!isElf(bytes)) {
    problems.push('is not a 64-bit ELF file');
    return {};
  }
  const elf = readElf(bytes);
  const more = elf.exports.filter((name) => !NODE_API_EXPORTS.includes(name));
  const unknown = elf.needed.filter((name) => !LIBRARIES[target.libc].test(name));
  const glibc = highest(elf.versions, 'GLIBC_');
  checkCpu(elf.cpu, target, problems);
  if (!elf.exports.includes(NODE_API_EXPORTS[0])) problems.push(`does not export ${NODE_API_EXPORTS[0]}`);
  if (more.length > 0) problems.push(`exports more than Node-API needs: ${more.join(', ')}`);
  if (unknown.length > 0) problems.push(`needs libraries that a system may not have: ${unknown.join(', ')}`);
  if (glibc !== undefined && isNewer(glibc, GLIBC_FLOOR)) problems.push(`needs glibc ${glibc}; at most ${GLIBC_FLOOR}`);
  if (elf.stackExecutable) problems.push('makes the stack executable');
  if (elf.relro !== 'full') problems.push(`is linked with ${elf.relro} RELRO; must be full (-z relro -z now)`);
  return { glibc, exports: elf.exports, needed: elf.needed };
}

function checkMachO(bytes, target, problems) {
  if (bytes.readUInt32LE(0) !== 0xfeedfacf) problems.push('is not a 64-bit Mach-O file');
  else checkCpu({ 16777223: 'x64', 16777228: 'arm64' }[bytes.readUInt32LE(4)], target, problems);
}

function checkPe(bytes, target, problems) {
  const header = bytes.toString('latin1', 0, 2) === 'MZ' ? bytes.readUInt32LE(0x3c) : bytes.length;
  if (bytes.toString('latin1', header, header + 4) !== 'PE\0\0') problems.push('is not a PE file');
  else checkCpu({ 34404: 'x64', 43620: 'arm64' }[bytes.readUInt16LE(header + 4)], target, problems);
}

function checkCpu(cpu, target, problems) {
  if (cpu !== target.cpu) problems.push(`is for the CPU ${cpu ?? '(unknown)'}; must be for ${target.cpu}`);
}

function buildPaths(bytes, foreign) {
  const text = bytes.toString('latin1');
  const named = foreign.filter((folder) => folder.length > 1 && text.includes(folder));
  return [...new Set([...named, ...(text.match(BUILD_PATHS) ?? [])])];
}

/** The highest version among `PREFIX_1.2.3` names. */
function highest(names, prefix) {
  const versions = names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  // GLIBC_PRIVATE and GLIBC_ABI_DT_RELR are promises of one version only
  return versions.reduce((most, version) => (most === undefined || isNewer(version, most) ? version : most), undefined);
}

function isNewer(version, than) {
  const [a, b] = [version, than].map((one) => one.split('.').map(Number));
  // a name without digits is newer than any version
  if (a.some(Number.isNaN)) return true;
  const at = a.findIndex((part, index) => part !== (b[index] ?? 0));
  return at !== -1 && a[at] > (b[at] ?? 0);
}

function targetOf(file) {
  const [, platform] = /\.([a-z0-9-]+)\.node$/.exec(basename(file)) ?? [];
  const target = findTarget(platform);
  if (!target) throw new UsageError(`${file}: the name must end with a platform, as in known-failures.linux-x64-gnu.node`);
  return target;
}

/** A line for people. @param {string} file @param {Check} check */
export function describe(file, { bytes, glibc, exports, needed, paths, problems }) {
  const facts = [`${bytes} bytes`, `${paths.length} paths of a building machine`];
  if (exports) facts.push(`exports ${exports.join(', ')}`, `needs ${needed.join(', ')}`);
  if (glibc) facts.push(`glibc ${glibc} or newer`);
  return [`${basename(file)}: ${facts.join('; ')}`, ...problems.map((problem) => `${basename(file)}: ${problem}`)].join('\n');
}

const USAGE = 'usage: node scripts/release/check-binary.mjs FILE…';

if (isProgram(import.meta.url))
  await command({ usage: USAGE, options: {}, names: 'files' }, async (_, files) => {
    if (files.length === 0) throw new UsageError(USAGE);
    const checks = files.map((file) => ({ file, check: checkBinary(file) }));
    for (const { file, check } of checks) console.log(describe(file, check));
    return checks.every(({ check }) => check.problems.length === 0) ? 0 : 1;
  });
