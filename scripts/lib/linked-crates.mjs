// The crates whose code is in a published binary.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const cargo = (...args) => execFileSync('cargo', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 2 ** 26 });

/**
 * Those that Cargo.lock has for any of the targets. Not what only runs while building: build scripts, procedural macros and what they use.
 *
 * @returns {{ name: string, version: string, license: string, folder: string, own: boolean }[]} by name; `own`: of this repository
 */
export function linkedCrates() {
  const { name, napi } = JSON.parse(readFileSync(`${ROOT}/package.json`, 'utf8'));
  const targets = napi.targets.flatMap((target) => ['--target', target]);
  const tree = ['tree', '--locked', '--package', name, '--edges', 'normal,no-proc-macro', '--prefix', 'none', '--format', '{p}'];
  const linked = new Set(
    cargo(...tree, ...targets)
      .split('\n')
      .flatMap(nameAndVersion),
  );
  const { packages } = JSON.parse(cargo('metadata', '--locked', '--format-version', '1'));
  return packages
    .filter((crate) => linked.delete(`${crate.name} ${crate.version}`))
    .map(({ name, version, license, manifest_path, source }) => ({
      name,
      version,
      license,
      folder: dirname(manifest_path),
      own: source === null,
    }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** A line of `cargo tree`: `memchr v2.8.3`, and where from and whether it was there before. */
function nameAndVersion(line) {
  const [, name, version] = /^(\S+) v(\S+)/.exec(line) ?? [];
  return name === undefined ? [] : [`${name} ${version}`];
}
