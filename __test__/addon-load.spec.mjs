// Where no binary loads, the error tells the true cause. Each cause is provoked in an install of its own, and docs/install.md has each text:
// UPDATE_DOCUMENTS=1 writes them.

import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { installedRuntime } from '../scripts/lib/runtimes.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);
const { napi, version } = require('../package.json');
const { PLATFORMS, packageOf } = require('../lib/addon/platforms.js');

const PACKAGE = packageOf('linux-x64-gnu');
const BINARY = 'known-failures.linux-x64-gnu.node';
const PERMISSION = process.allowedNodeEnvironmentFlags.has('--permission') ? '--permission' : '--experimental-permission';
const page = join(root, 'docs/install.md');

/** Prints the error as JSON. */
const PROGRAM = `
  try {
    require('known-failures');
    console.log('{}');
  } catch ({ constructor, code, message, cause }) {
    console.log(JSON.stringify({ type: constructor.name, code, message, cause: cause && String(cause.message) }));
  }`;

/**
 * @typedef {object} Case
 * @property {string} heading of the text in docs/install.md
 * @property {(install: Install) => Promise<void>} [make] changes the install, which has no binary
 * @property {string[]} [options] of Node
 * @property {Record<string, string>} [env]
 * @property {RegExp} why
 * @property {RegExp} [cause] the message of the error's `cause`
 */

/** @type {Case[]} */
const CASES = [
  {
    heading: 'The package of the platform is missing',
    why: /native-linux-x64-gnu, which has the binary, is not installed/,
    cause: /Cannot find module '@known-failures\/native-linux-x64-gnu'/,
  },
  {
    heading: 'Installed for another platform',
    make: (install) => install.platformPackage({ name: packageOf('darwin-arm64') }),
    why: /there is @known-failures\/native-darwin-arm64, and @known-failures\/native-linux-x64-gnu is missing/,
  },
  {
    heading: 'Unsupported platform',
    make: (install) => install.write('preload.cjs', "Object.defineProperty(process, 'arch', { value: 'riscv64' });"),
    options: ['--require', './preload.cjs'],
    why: /there is no binary for linux-riscv64-gnu/,
  },
  {
    heading: "Node's option --no-addons",
    make: (install) => install.platformPackage({ binary: true }),
    options: ['--no-addons'],
    why: /started with `--no-addons`/,
    cause: /loading addons is disabled/,
  },
  {
    heading: "Node's permission model",
    make: (install) => install.platformPackage({ binary: true }),
    options: ['--no-warnings', PERMISSION, '--allow-fs-read=*'],
    why: /permission model is on, and forbids native addons/,
    cause: /loading addons is disabled/,
  },
  {
    heading: 'A checkout that is not built',
    make: (install) => install.write('node_modules/known-failures/Cargo.toml', ''),
    why: /checkout whose addon is not built/,
  },
  {
    heading: 'An old glibc',
    make: (install) => install.platformPackage({ binary: true, patch: needsFutureGlibc }),
    why: /needs glibc 2\.99?, .*version `GLIBC_2\.99?' not found/,
  },
  {
    heading: 'Another C library',
    make: (install) => install.platformPackage({ make: linkMusl }),
    why: /for another C library.*libc\.musl-x86_64\.so\.1/,
  },
  {
    heading: 'A damaged file',
    make: async (install) => {
      await install.platformPackage({ binary: true });
      await truncate(install.binary, 20);
    },
    why: /refuses to load it: .*file too short/,
    cause: /file too short/,
  },
  {
    heading: 'The binary is missing from its package',
    make: (install) => install.platformPackage({}),
    why: /is installed, but its binary is missing/,
  },
  {
    heading: 'Two versions',
    make: async (install) => {
      await install.platformPackage({ binary: true });
      await install.setVersion('0.0.9');
    },
    why: /binary is of version .*, and known-failures of 0\.0\.9/,
  },
  {
    heading: 'NAPI_RS_NATIVE_LIBRARY_PATH',
    env: { NAPI_RS_NATIVE_LIBRARY_PATH: '/opt/addon.node' },
    why: /NAPI_RS_NATIVE_LIBRARY_PATH names a file that does not exist/,
  },
  {
    heading: 'NAPI_RS_FORCE_WASI',
    make: (install) => install.platformPackage({ binary: true }),
    env: { NAPI_RS_FORCE_WASI: 'error' },
    why: /NAPI_RS_FORCE_WASI asks for a WebAssembly build/,
  },
];

/** Causes that give the same texts as a case of `CASES`. @type {Case[]} */
const VARIANTS = [
  {
    heading: '--no-addons in NODE_OPTIONS',
    make: (install) => install.platformPackage({ binary: true }),
    env: { NODE_OPTIONS: '--no-addons' },
    why: /started with `--no-addons`/,
  },
  {
    heading: 'the permission model forbids reading the package of the platform',
    make: (install) => install.platformPackage({ binary: true }),
    options: [
      '--no-warnings',
      PERMISSION,
      '--allow-addons',
      ...['program.cjs', 'package.json', 'node_modules/known-failures/'].map((path) => `--allow-fs-read=./${path}`),
    ],
    why: /permission model is on, and forbids reading the files/,
  },
  {
    heading: 'the loader compares the versions',
    make: (install) => install.platformPackage({ binary: true, version: '0.0.8' }),
    env: { NAPI_RS_ENFORCE_VERSION_CHECK: '1' },
    why: /binary is of version 0\.0\.8, and known-failures of/,
  },
  {
    heading: 'a file that is no binary',
    make: (install) => install.platformPackage({ make: (file) => writeFile(file, 'x'.repeat(1000)) }),
    why: /refuses to load it: .*invalid ELF header/,
  },
  {
    heading: 'NAPI_RS_NATIVE_LIBRARY_PATH names a file that is no binary',
    env: { NAPI_RS_NATIVE_LIBRARY_PATH: './other.node' },
    make: (install) => install.write('node_modules/known-failures/other.node', 'x'.repeat(1000)),
    why: /NAPI_RS_NATIVE_LIBRARY_PATH names a file that cannot be loaded: .*invalid ELF header/,
  },
  {
    heading: 'NAPI_RS_WASI_FLAVOR',
    env: { NAPI_RS_WASI_FLAVOR: 'wasm32-wasip1' },
    why: /NAPI_RS_WASI_FLAVOR asks for a WebAssembly build/,
  },
  {
    heading: 'a system with musl',
    make: (install) =>
      install.write(
        'preload.cjs',
        `const fs = require('node:fs');
        const { readFileSync } = fs;
        fs.readFileSync = (path, ...rest) => (path === '/usr/bin/ldd' ? 'musl libc' : readFileSync(path, ...rest));
        process.report.getReport = () => ({ header: {}, sharedObjects: ['/lib/ld-musl-x86_64.so.1'] });`,
      ),
    options: ['--require', './preload.cjs'],
    why: /native-linux-x64-musl, which has the binary, is not installed.*\nPlatform: linux x64, musl, /s,
  },
  {
    heading: 'a checkout that was built for an earlier version',
    make: async (install) => {
      await install.write('node_modules/known-failures/Cargo.toml', '');
      await cp(join(root, BINARY), join(install.folder, 'node_modules/known-failures', BINARY));
      await install.setVersion('0.0.9');
    },
    why: /addon is of version .*, and this checkout of 0\.0\.9/,
  },
];

/** A project in a temporary folder that has known-failures, as npm installs it, and no binary. */
class Install {
  constructor(folder) {
    this.folder = folder;
    this.binary = join(folder, 'node_modules', PACKAGE, BINARY);
  }

  static async create() {
    const install = new Install(await mkdtemp(join(tmpdir(), 'known-failures-install-')));
    const home = join(install.folder, 'node_modules/known-failures');
    for (const file of ['index.js', 'native.js', 'package.json', 'lib']) {
      await cp(join(root, file), join(home, file), { recursive: true });
    }
    await install.write('program.cjs', PROGRAM);
    return install;
  }

  async write(file, text) {
    await mkdir(dirname(join(this.folder, file)), { recursive: true });
    await writeFile(join(this.folder, file), text);
  }

  /** The JavaScript is of another version than the binary. */
  async setVersion(other) {
    const file = 'node_modules/known-failures/lib/addon/load.js';
    const text = await readFile(join(this.folder, file), 'utf8');
    await this.write(file, text.replace(`'${version}'`, `'${other}'`));
  }

  async platformPackage({ name = PACKAGE, version: own = version, binary = false, patch, make }) {
    const home = `node_modules/${name}`;
    await this.write(`${home}/package.json`, JSON.stringify({ name, version: own, main: BINARY }));
    const file = join(this.folder, home, BINARY);
    if (binary) await cp(join(root, BINARY), file);
    if (patch) await writeFile(file, patch(await readFile(file)));
    if (make) await make(file, this.folder);
  }

  /** @returns {Promise<{ type?: string, code?: string, message?: string, cause?: string }>} the error; empty if there is none */
  async run({ command = process.execPath, options = [], env = {} }) {
    const args = [...options, 'program.cjs'];
    const environment = { ...process.env, NODE_OPTIONS: '', ...env };
    const { stdout } = await promisify(execFile)(command, args, { cwd: this.folder, env: environment });
    return JSON.parse(stdout);
  }

  remove() {
    return rm(this.folder, { recursive: true });
  }
}

/** The binary asks for a version of glibc's symbols that does not exist yet. */
function needsFutureGlibc(bytes) {
  const text = bytes.toString('latin1');
  const highest = [...new Set(text.match(/GLIBC_2\.\d+/g))].sort((a, b) => a.slice(8) - b.slice(8)).at(-1);
  return Buffer.from(
    text.replaceAll(`${highest}\0`, `${highest.replace(/\d+$/, (digits) => '9'.repeat(digits.length))}\0`),
    'latin1',
  );
}

/** A library linked with musl, whose libc this system does not have. Needs a C compiler. */
async function linkMusl(file, folder) {
  const libc = join(folder, 'libc.so');
  await writeFile(join(folder, 'empty.c'), 'void musl(void) {}\n');
  await writeFile(join(folder, 'addon.c'), 'void musl(void); void start(void) { musl(); }\n');
  cc(['-shared', '-fPIC', '-Wl,-soname,libc.musl-x86_64.so.1', '-o', libc, join(folder, 'empty.c')]);
  cc(['-shared', '-fPIC', '-nostdlib', '-o', file, join(folder, 'addon.c'), libc]);
}

const cc = (args) => execFileSync('cc', args, { stdio: ['ignore', 'ignore', 'inherit'] });

const hasCompiler = (() => {
  try {
    return Boolean(execFileSync('cc', ['--version']));
  } catch {
    return false;
  }
})();

/** What of a message is this machine's and not the reader's. */
const asDocumented = (message, folder) =>
  message
    .replaceAll(`${folder}/`, '/app/')
    .replace(/Node\.js \d+\.\d+\.\d+$/m, 'Node.js 24.21.0')
    .replace(/Deno \d+\.\d+\.\d+$/m, 'Deno 2.9.6')
    .replace(/^(Platform: .*glibc )[\d.]+/m, '$12.36')
    .replace(/and this system has [\d.]+:/, 'and this system has 2.36:')
    .replaceAll(/\/lib\S*\/(?=libc\.so)/g, '/lib/');

const platform = process.report.getReport().header.glibcVersionRuntime ? `${process.platform}-${process.arch}-glibc` : 'another';
const elsewhere = platform !== 'linux-x64-glibc' && 'the texts are those of x64 Linux with glibc';

const sections = new Map();
let documented;

before(async () => {
  documented = await readFile(page, 'utf8');
});

after(async () => {
  if (!process.env.UPDATE_DOCUMENTS || sections.size === 0) return;
  const [head] = documented.split(/^### /m);
  const texts = [...sections].map(([heading, text]) => `### ${heading}\n\n\`\`\`text\n${text}\n\`\`\`\n`);
  await writeFile(page, `${head.trimEnd()}\n\n${texts.join('\n')}`);
});

async function check({ heading, make, why, cause, ...how }) {
  const install = await Install.create();
  try {
    await make?.(install);
    const error = await install.run(how);
    assert.equal(error.type, 'Error');
    assert.equal(error.code, 'ERR_ADDON_LOAD');
    assert.match(error.message, why);
    assert.doesNotMatch(`${error.message} ${error.cause}`, /npm has a bug|package-lock/);
    if (cause) assert.match(error.cause, cause);
    const [first, second, third, ...tried] = error.message.split('\n');
    assert.match(first, /^known-failures cannot load its addon: ./);
    assert.match(second, /^What to do: ./);
    assert.match(third, /^Platform: \w+ \w+, .+ \d+\.\d+/);
    assert.ok(tried.length > 0 && tried.every((line) => line.startsWith('Tried: ')), error.message);
    return asDocumented(error.message, install.folder);
  } finally {
    await install.remove();
  }
}

function checkDocumented(heading, text) {
  sections.set(heading, text);
  if (process.env.UPDATE_DOCUMENTS) return;
  const section = documented.split(/^### /m).find((part) => part.startsWith(`${heading}\n`));
  assert.ok(section?.includes(`\`\`\`text\n${text}\n\`\`\``), `docs/install.md, ${heading}, lacks this text:\n${text}`);
}

for (const one of CASES) {
  const skip = elsewhere || (one.heading === 'Another C library' && !hasCompiler && 'needs cc');
  test(one.heading, { skip }, async () => checkDocumented(one.heading, await check(one)));
}

for (const one of VARIANTS) test(one.heading, { skip: elsewhere }, () => check(one));

const deno = installedRuntime('deno');
test("Deno's permissions", { skip: elsewhere || (!deno && 'needs Deno: npm run test:runtimes -- --only deno') }, async () => {
  const text = await check({
    heading: "Deno's permissions",
    make: async (install) => {
      await install.platformPackage({ binary: true });
      await install.write('package.json', '{}');
    },
    command: deno.path,
    options: ['run', '--quiet', '--allow-read', '--allow-env'],
    why: /Deno was started without --allow-ffi/,
  });
  checkDocumented("Deno's permissions", text);
});

test('Deno without --allow-env', { skip: elsewhere || (!deno && 'needs Deno') }, () =>
  check({
    make: (install) => install.write('package.json', '{}'),
    command: deno.path,
    options: ['run', '--quiet', '--allow-read', '--allow-ffi'],
    why: /Deno was started without --allow-env/,
  }),
);

const bun = installedRuntime('bun');
test('Bun without the package of the platform', { skip: elsewhere || (!bun && 'needs Bun') }, () =>
  check({ command: bun.path, why: /native-linux-x64-gnu, which has the binary, is not installed.*, Bun \d/s }),
);

test('Bun with a damaged file', { skip: elsewhere || (!bun && 'needs Bun') }, () =>
  check({
    make: (install) => install.platformPackage({ make: (file) => writeFile(file, 'x'.repeat(1000)) }),
    command: bun.path,
    why: /refuses to load it: .*invalid ELF header/,
  }),
);

test('with a binary that fits, it loads', { skip: elsewhere }, async () => {
  const install = await Install.create();
  try {
    await install.platformPackage({ binary: true });
    assert.deepEqual(await install.run({}), {});
  } finally {
    await install.remove();
  }
});

test('the platforms are those that package.json builds', () => {
  const ARCH = { x86_64: 'x64', aarch64: 'arm64' };
  const SYSTEM = { apple: 'darwin', pc: 'win32', unknown: 'linux' };
  const named = napi.targets.map((target) => {
    const [arch, vendor, system, abi] = target.split('-');
    return [SYSTEM[vendor], ARCH[arch], abi ?? (vendor === 'apple' ? undefined : system)].filter(Boolean).join('-');
  });
  assert.deepEqual([...PLATFORMS].sort(), named.sort());
  assert.equal(packageOf('x'), `${napi.packageName}-x`);
});
