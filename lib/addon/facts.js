// What the process knows about itself that can keep an addon from being loaded. Nothing here throws: a permission may be missing for any of it.
'use strict';

const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');
const { PLATFORMS, packageOf } = require('./platforms.js');

const ROOT = join(__dirname, '../..');

/** @typedef {ReturnType<typeof readFacts>} Facts */

function readFacts() {
  const libc = process.platform === 'linux' ? readLibc() : null;
  return {
    platform: platformName(libc),
    libc,
    runtime: runtimeName(),
    isDeno: 'deno' in process.versions,
    /** Node's command line options, those of a worker thread if this is one, and those of the environment */
    options: `${process.execArgv.join(' ')} ${variable('NODE_OPTIONS') ?? ''}`,
    permissionModel: process.permission !== undefined,
    override: variable('NAPI_RS_NATIVE_LIBRARY_PATH'),
    webAssembly: variable('NAPI_RS_WASI_FLAVOR')
      ? 'NAPI_RS_WASI_FLAVOR'
      : variable('NAPI_RS_FORCE_WASI') === 'error' && 'NAPI_RS_FORCE_WASI',
    isCheckout: orElse(false, () => existsSync(join(ROOT, 'Cargo.toml'))),
    installed: PLATFORMS.map(packageOf).filter(isInstalled),
  };
}

/** As the package of the binary is named, or would be. */
function platformName(libc) {
  const { platform, arch } = process;
  if (platform === 'linux') return `linux-${arch}-${libc.name === 'musl' ? 'musl' : 'gnu'}`;
  return platform === 'win32' ? `win32-${arch}-msvc` : `${platform}-${arch}`;
}

function readLibc() {
  const report = orElse(undefined, readReport);
  const version = report?.header?.glibcVersionRuntime;
  if (version) return { name: 'glibc', version };
  // as the loader sees it: Deno gives no report without a permission
  const isMusl =
    report?.sharedObjects?.some((path) => /libc\.musl-|ld-musl-/.test(path)) ||
    orElse(false, () => readFileSync('/usr/bin/ldd', 'latin1').includes('musl'));
  return { name: isMusl ? 'musl' : null, version: null };
}

function readReport() {
  const { excludeNetwork } = process.report;
  // host names are looked up otherwise, which can take seconds
  process.report.excludeNetwork = true;
  try {
    return process.report.getReport();
  } finally {
    process.report.excludeNetwork = excludeNetwork;
  }
}

function runtimeName() {
  const { bun, deno, node } = process.versions;
  if (bun) return `Bun ${bun}`;
  return deno ? `Deno ${deno}` : `Node.js ${node}`;
}

const isInstalled = (name) => orElse(false, () => require.resolve(`${name}/package.json`) !== '');

const variable = (name) => orElse(undefined, () => process.env[name] || undefined);

function orElse(fallback, read) {
  try {
    return read();
  } catch {
    return fallback;
  }
}

module.exports = { readFacts };
