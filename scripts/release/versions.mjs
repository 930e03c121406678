// The version stands in several files. These functions read it out of each.

import { readFileSync } from 'node:fs';

/** @param {(file: string) => string} read the text of a file of the repository */
export function versionsOf(read) {
  const lock = JSON.parse(read('package-lock.json'));
  return {
    'package.json': JSON.parse(read('package.json')).version,
    'package-lock.json': lock.packages[''].version,
    'Cargo.toml': /^\[workspace\.package\]\s+version = "([^"]+)"/m.exec(read('Cargo.toml'))?.[1],
    'Cargo.lock': lockedVersion(read('Cargo.lock')),
    'fuzz/Cargo.lock': lockedVersion(read('fuzz/Cargo.lock')),
    'CHANGELOG.md': /^## \[?([^\s\]]+)/m.exec(read('CHANGELOG.md'))?.[1],
  };
}

/** The engine's crate: each workspace has it, and all crates have one version. */
const lockedVersion = (lock) => /^name = "known-failures-regexp"\nversion = "([^"]+)"/m.exec(lock)?.[1];

/**
 * What does not agree, a sentence each.
 *
 * @param {ReturnType<typeof versionsOf>} versions
 * @param {string} [tag] of the release; without one, the changelog's newest heading may be `Unreleased`
 */
export function disagreements(versions, tag) {
  const version = versions['package.json'];
  const problems = [];
  if (tag !== undefined && tag !== `v${version}`)
    problems.push(`the tag is ${tag}, but package.json has ${version}: tag v${version}`);
  for (const [file, found] of Object.entries(versions)) {
    if (found === version || (file === 'CHANGELOG.md' && found === 'Unreleased' && tag === undefined)) continue;
    const where = file === 'CHANGELOG.md' ? 'the newest heading of CHANGELOG.md' : file;
    problems.push(`${where} has ${found ?? 'no version'}, but package.json has ${version}`);
  }
  return problems;
}

/** @param {URL} root */
export const reader = (root) => (file) => readFileSync(new URL(file, root), 'utf8');
