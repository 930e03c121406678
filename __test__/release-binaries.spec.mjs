// The table of platforms, and the checks of release binaries: each check has a file that fails it, and it alone.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseTriple } from '@napi-rs/cli';
import { checkBinary, MAX_BYTES } from '../scripts/release/check-binary.mjs';
import { readElf } from '../scripts/release/elf.mjs';
import { emulators } from '../scripts/release/emulators.mjs';
import { findTarget, TARGETS } from '../scripts/release/targets.mjs';
import { elf } from './release/elf-writer.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'known-failures-binaries-'));
after(() => rmSync(folder, { recursive: true }));

/** The problems of a file that is for a platform. */
function problemsOf(bytes, platform = 'linux-x64-gnu', options = {}) {
  const file = join(folder, `known-failures.${platform}.node`);
  writeFileSync(file, bytes);
  return checkBinary(file, options).problems;
}

describe('the table of platforms', () => {
  test('has the targets of package.json, in their order', () => {
    const { napi } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    assert.deepEqual(
      TARGETS.map(({ triple }) => triple),
      napi.targets,
    );
  });

  for (const { triple, platform, os, cpu, libc } of TARGETS) {
    test(`${triple} is what napi takes it for`, () => {
      const { platformArchABI, platform: system, arch, abi } = parseTriple(triple);
      assert.deepEqual({ platform, os, cpu }, { platform: platformArchABI, os: system, cpu: arch });
      assert.equal(libc, { gnu: 'glibc', musl: 'musl' }[abi]);
    });
  }

  test('a target is found by triple and by platform, and each emulator has one', () => {
    for (const target of TARGETS) {
      assert.equal(findTarget(target.triple), target);
      assert.equal(findTarget(target.platform), target);
    }
    assert.equal(findTarget('linux-x64'), undefined);
    for (const { name, target } of emulators()) assert.ok(TARGETS.includes(target), name);
  });
});

const macho = (cpu, data = '') => withHead((head) => [head.writeUInt32LE(0xfeedfacf, 0), head.writeUInt32LE(cpu, 4)], data);
const pe = (machine, data = '') =>
  withHead(
    (head) => [head.write('MZ'), head.writeUInt32LE(64, 0x3c), head.write('PE\0\0', 64), head.writeUInt16LE(machine, 68)],
    data,
  );

function withHead(write, data) {
  const head = Buffer.alloc(128);
  write(head);
  return Buffer.concat([head, Buffer.from(data)]);
}

describe('a good binary has no problem', () => {
  for (const [platform, bytes] of [
    ['linux-x64-gnu', elf()],
    ['linux-arm64-gnu', elf({ machine: 183, needed: ['libc.so.6', 'ld-linux-aarch64.so.1'] })],
    ['linux-x64-musl', elf({ needed: ['libc.so'], versions: [] })],
    ['darwin-arm64', macho(0x0100000c)],
    ['win32-x64-msvc', pe(0x8664)],
  ])
    test(platform, () => assert.deepEqual(problemsOf(bytes, platform), []));

  test('whatever names its sources in a way that is the same everywhere', () => {
    const data = '/rustc/59807616e1/library/std/src/io.rs registry/memchr-2.8.3/src/lib.rs /home/user/project/node_modules';
    assert.deepEqual(problemsOf(elf({ data })), []);
  });
});

describe('each check has a file that fails it, and it alone', () => {
  for (const [name, bytes, problem, platform, options] of [
    ['size', elf({ data: 'x'.repeat(MAX_BYTES) }), new RegExp(`^has \\d+ bytes; at most ${MAX_BYTES}$`)],
    ['a newer glibc', elf({ versions: ['GLIBC_2.9', 'GLIBC_2.18', 'GLIBC_2.3.4'] }), /^needs glibc 2\.18; at most 2\.17$/],
    ['a glibc of three numbers', elf({ versions: ['GLIBC_2.17.1'] }), /^needs glibc 2\.17\.1;/],
    ['relative relocations of glibc 2.36', elf({ versions: ['GLIBC_ABI_DT_RELR'] }), /^needs glibc ABI_DT_RELR;/],
    ['a second export', elf({ exports: ['napi_register_module_v1', 'rust_eh_personality'] }), /more .*: rust_eh_personality$/],
    ['no export', elf({ exports: [] }), /^does not export napi_register_module_v1$/],
    ['a library that not all have', elf({ needed: ['libc.so.6', 'libstdc++.so.6'] }), /may not have: libstdc\+\+\.so\.6$/],
    ['glibc in a musl binary', elf({ versions: [] }), /may not have: libc\.so\.6$/, 'linux-x64-musl'],
    ['gcc in a musl binary', elf({ needed: ['libgcc_s.so.1'], versions: [] }), /may not have: libgcc_s/, 'linux-x64-musl'],
    ['another CPU', elf({ machine: 183 }), /^is for the CPU arm64; must be for x64$/],
    ['an executable stack', elf({ stackFlags: 7 }), /^makes the stack executable$/],
    ['no word about the stack', elf({ stackFlags: null }), /^makes the stack executable$/],
    ['no RELRO', elf({ relro: false }), /none RELRO/],
    ['partial RELRO', elf({ bindNow: false }), /partial RELRO/],
    ['a path of a home', elf({ data: '/home/runner/work/a.rs' }), /^names 1 paths .* \/home\/runner\/work\/a\.rs$/],
    ['a path of root', elf({ data: 'at /root/x/a.rs' }), /^names 1 paths/],
    ['a path of macOS', macho(0x0100000c, '/Users/runner/a.rs'), /^names 1 paths/, 'darwin-arm64'],
    ['a path of Windows', pe(0x8664, 'D:\\a\\known-failures\\a.rs'), /^names 1 paths/, 'win32-x64-msvc'],
    ['the folder of cargo', elf({ data: '/opt/.cargo/registry/src/a.rs' }), /^names 1 paths/],
    ['a folder that is told', elf({ data: '/builds/7/src/a.rs' }), /such as \/builds\/7$/, undefined, { foreign: ['/builds/7'] }],
    ['no ELF', Buffer.alloc(200), /^is not a 64-bit ELF file$/],
    ['no Mach-O', Buffer.alloc(200), /^is not a 64-bit Mach-O file$/, 'darwin-x64'],
    ['no PE', Buffer.alloc(200), /^is not a PE file$/, 'win32-arm64-msvc'],
    ['the CPU of a Mach-O', macho(0x01000007), /^is for the CPU x64; must be for arm64$/, 'darwin-arm64'],
    ['the CPU of a PE', pe(0xaa64), /^is for the CPU arm64; must be for x64$/, 'win32-x64-msvc'],
    ['nothing', Buffer.alloc(0), /^is too short for a library$/],
  ]) {
    test(name, () => {
      const problems = problemsOf(bytes, platform, options);
      assert.equal(problems.length, 1, problems.join('\n'));
      assert.match(problems[0], problem);
    });
  }
});

test('readElf reads a real library as readelf does', { skip: process.platform !== 'linux' && 'Linux only' }, (context) => {
  const file = join(ROOT, `known-failures.linux-${process.arch}-gnu.node`);
  const { status, stdout } = spawnSync('readelf', ['--dynamic', '--version-info', '--wide', file], { encoding: 'utf8' });
  if (status !== 0) return context.skip('readelf is missing: apt-get install binutils');
  const real = readElf(readFileSync(file));
  const all = (pattern) => [...stdout.matchAll(pattern)].map(([, name]) => name);
  assert.deepEqual(real.needed, all(/NEEDED.*\[(.+)\]/g));
  assert.deepEqual(real.versions, all(/^ +0x[0-9a-f]+: +Name: (\S+)/gm));
  assert.deepEqual(real.exports, ['napi_register_module_v1']);
  assert.deepEqual([real.cpu, real.relro, real.stackExecutable], [process.arch, 'full', false]);
});

describe('the commands', () => {
  const run = (script, ...args) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts/release', script), ...args], {
      encoding: 'utf8',
      // nothing is found: neither cargo nor zig
      env: { ...process.env, PATH: folder },
    });
    return { status, output: stdout + stderr };
  };

  test('check-binary ends with 1 if a check fails', () => {
    const file = join(folder, 'known-failures.linux-x64-gnu.node');
    writeFileSync(file, elf());
    assert.equal(run('check-binary.mjs', file).status, 0);
    writeFileSync(file, elf({ relro: false }));
    const { status, output } = run('check-binary.mjs', file);
    assert.equal(status, 1);
    assert.match(output, /^known-failures\.linux-x64-gnu\.node: is linked with none RELRO/m);
  });

  test('build ends with 3 where a tool is missing, and says which', () => {
    const { status, output } = run('build.mjs', 'linux-x64-gnu');
    assert.match(output, /^linux-x64-gnu: cannot be built here, because cargo is missing: install Rust with rustup$/m);
    assert.equal(status, 3);
  });

  test('emulate skips what this machine cannot do, and says why', () => {
    const { status, output } = run('emulate.mjs', '--only', 'arm64');
    assert.match(
      output,
      /^arm64: skipped: (?:no binary: node scripts|qemu-aarch64 is missing: apt-get install|this is for Linux)/m,
    );
    assert.equal(status, 0);
  });

  test('build ends with 2 for a target that does not exist', () => {
    const { status, output } = run('build.mjs', 'linux-x86');
    assert.match(output, /one of .*linux-x64-gnu.* not "linux-x86"/);
    assert.equal(status, 2);
  });
});
