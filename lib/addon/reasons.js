// Why no binary was loaded, and what to do about it. The first reason that applies is the one: an earlier one explains what a later one sees.
'use strict';

const { PLATFORMS, packageOf } = require('./platforms.js');

/**
 * @typedef {{ why: string, advice: string }} Reason
 * @typedef {(facts: import('./facts.js').Facts, attempts: import('./attempts.js').Attempt[]) => Reason | undefined} Judge
 */

const BUILD = 'run `npm ci && npm run build` in the checkout. This needs a stable Rust toolchain.';

/** @type {Judge} */
function deno({ isDeno }, attempts) {
  const denied = isDeno && failureLike(attempts, /^Requires (ffi|env|read|sys) access/);
  if (!denied) return undefined;
  return {
    why: `Deno was started without --allow-${denied[1]}, a permission that the addon needs.`,
    advice: 'start it with `deno run --allow-ffi --allow-env --allow-read`.',
  };
}

/** @type {Judge} */
function addonsDisabled({ permissionModel, options }, attempts) {
  if (!failureLike(attempts, /loading addons is disabled/)) return undefined;
  if (permissionModel && !options.includes('--allow-addons')) {
    return {
      why: "Node's permission model is on, and forbids native addons.",
      advice: 'start Node with `--allow-addons` beside `--permission` (`--experimental-permission` before Node.js 22.13).',
    };
  }
  return {
    why: 'Node was started with `--no-addons`, which forbids native addons.',
    advice: 'start it without `--no-addons`. The option may be in NODE_OPTIONS, or in `execArgv` of a worker thread.',
  };
}

/** @type {Judge} */
function readingDenied({ permissionModel }, attempts) {
  if (!permissionModel || !failureLike(attempts, /^Access to this API has been restricted/)) return undefined;
  return {
    why: "Node's permission model is on, and forbids reading the files of the package.",
    advice: 'allow it to read `node_modules`, as in `--permission --allow-addons --allow-fs-read=/app/node_modules/`.',
  };
}

/** @type {Judge} */
function webAssembly({ webAssembly }) {
  if (!webAssembly) return undefined;
  return {
    why: `the environment variable ${webAssembly} asks for a WebAssembly build, and this package has none.`,
    advice: `unset ${webAssembly}.`,
  };
}

/** @type {Judge} */
function override({ override }, attempts) {
  if (!override) return undefined;
  const problem = attempts[0]?.found ? `cannot be loaded: ${attempts[0].failure}` : 'does not exist';
  return {
    why: `the environment variable NAPI_RS_NATIVE_LIBRARY_PATH names a file that ${problem}`.replace(/\.?$/, '.'),
    advice: 'unset NAPI_RS_NATIVE_LIBRARY_PATH, or let it name a binary of this package for this platform.',
  };
}

/** @type {Judge} */
function unsupported({ platform }) {
  if (PLATFORMS.includes(platform)) return undefined;
  return {
    why: `there is no binary for ${platform}.`,
    advice: `use one of the platforms that have one (${PLATFORMS.join(', ')}), or build from source: clone the repository, and ${BUILD}`,
  };
}

/** Only with NAPI_RS_ENFORCE_VERSION_CHECK. Without it, `load.js` compares the versions itself. @type {Judge} */
function otherVersion({ platform }, attempts) {
  const [, wanted, found] = failureLike(attempts, /version mismatch, expected (\S+) but got (\S+?)\.? /) ?? [];
  return wanted && differentVersions(wanted, found, packageOf(platform));
}

/** @returns {Reason} */
function differentVersions(wanted, found, name) {
  return {
    why: `the binary is of version ${found}, and known-failures of ${wanted}. Both must be the same.`,
    advice: `install both in one version, as in \`npm install known-failures@${wanted}\`, and remove overrides or resolutions of ${name}.`,
  };
}

/** @type {Judge} */
function refused({ isCheckout, libc }, attempts) {
  const attempt = attempts.find(({ found }) => found);
  if (attempt === undefined) return undefined;
  const { failure } = attempt;
  const [, needed] = /GLIBC_([\d.]+)/.exec(failure) ?? [];
  if (needed) {
    return {
      why: `the binary needs glibc ${needed}, and this system has ${libc?.version ?? 'an older one'}: ${failure}`,
      advice: `use a system with glibc ${needed} or newer, or build from source on this one: clone the repository, and ${BUILD}`,
    };
  }
  if (/libc\.musl-|ld-musl-|Error relocating|ld-linux-/.test(failure)) {
    return {
      why: `the binary is for another C library than this system's: ${failure}`,
      advice: 'remove `node_modules` and install again on the system that runs it. Do not copy `node_modules` between systems.',
    };
  }
  return {
    why: `the binary is there, but the system refuses to load it: ${failure}`,
    advice: isCheckout
      ? BUILD
      : 'the file may be damaged or made for another system: remove `node_modules` and install again on this one.',
  };
}

/** @type {Judge} */
function notBuilt({ isCheckout }) {
  return isCheckout ? { why: 'this is a checkout whose addon is not built yet.', advice: BUILD } : undefined;
}

/** @type {Judge} */
function otherPlatform({ platform, installed }) {
  if (installed.length === 0 || installed.includes(packageOf(platform))) return undefined;
  return {
    why: `the packages were installed for another platform: there is ${installed.join(', ')}, and ${packageOf(platform)} is missing.`,
    advice: 'remove `node_modules` and install again on the system that runs it. Do not copy `node_modules` between systems.',
  };
}

/** @type {Judge} */
function incomplete({ platform, installed }) {
  if (!installed.includes(packageOf(platform))) return undefined;
  return {
    why: `the package ${packageOf(platform)} is installed, but its binary is missing.`,
    advice: 'remove `node_modules` and install again.',
  };
}

/** @type {Judge} */
function missing({ platform }) {
  return {
    why: `the package ${packageOf(platform)}, which has the binary, is not installed. It is an optional dependency of known-failures.`,
    advice:
      'install again without `--omit=optional` (npm, Bun), `--no-optional` (pnpm) or `--ignore-optional` (Yarn), on the command line and in configuration files. If a bundler has copied known-failures into its output, mark it as external.',
  };
}

const JUDGES = [
  deno,
  addonsDisabled,
  readingDenied,
  webAssembly,
  override,
  unsupported,
  otherVersion,
  refused,
  notBuilt,
  otherPlatform,
  incomplete,
  missing,
];

/** @returns {Reason} */
function reasonOf(facts, attempts) {
  for (const judge of JUDGES) {
    const reason = judge(facts, attempts);
    if (reason) return reason;
  }
}

/** @returns {RegExpExecArray | undefined} */
function failureLike(attempts, pattern) {
  for (const { failure } of attempts) {
    const match = pattern.exec(failure);
    if (match) return match;
  }
  return undefined;
}

module.exports = { differentVersions, reasonOf };
