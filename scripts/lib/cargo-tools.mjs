// Cargo subcommands that the checks and a release use, pinned, and built on first use. `cargo install` puts them where rustup put cargo.

import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const VERSIONS = { cyclonedx: '0.5.9', deny: '0.20.2' };

/** They run for a second, and are built for minutes: less of the latter. */
const QUICK_BUILD = {
  CARGO_PROFILE_RELEASE_OPT_LEVEL: '1',
  CARGO_PROFILE_RELEASE_LTO: 'off',
  CARGO_PROFILE_RELEASE_CODEGEN_UNITS: '16',
};

/**
 * Runs `cargo <name>` in the repository, and installs it first if it is not there in the pinned version.
 *
 * @param {keyof typeof VERSIONS} name
 * @param {string[]} args
 * @returns {number} the exit code
 */
export function runCargoTool(name, args) {
  if (installedVersion(name) !== VERSIONS[name]) install(name);
  const { status, error } = spawnSync('cargo', [name, ...args], { cwd: ROOT, stdio: 'inherit' });
  if (error) throw error;
  return status ?? 1;
}

/** `cargo-deny 0.20.2`, `cargo-cyclonedx-cyclonedx 0.5.9` */
function installedVersion(name) {
  const { stdout } = spawnSync('cargo', [name, '--version'], { cwd: ROOT, encoding: 'utf8' });
  return / (\d\S*)\s*$/.exec(stdout ?? '')?.[1];
}

function install(name) {
  const id = `cargo-${name}@${VERSIONS[name]}`;
  console.log(`installing ${id}: once, some minutes`);
  execFileSync('cargo', ['install', '--quiet', '--locked', '--force', id], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, ...QUICK_BUILD },
  });
}
