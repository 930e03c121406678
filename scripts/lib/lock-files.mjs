// The npm lock files of the repository, and what makes one complete.

import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The folders that have a committed lock file, absolute. */
export function lockedFolders() {
  const paths = execFileSync('git', ['ls-files', '--', 'package-lock.json', '**/package-lock.json'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  // a file in conflict is listed once for each side
  return [...new Set(paths.split('\n').filter(Boolean))].map((path) => join(ROOT, dirname(path)));
}

/** Whether npm can check what it installs for this entry. The root and links to folders have nothing to check. */
export const isVerifiable = (path, { integrity, link }) => path === '' || link === true || /^sha512-/.test(integrity ?? '');

/**
 * What is wrong with a lock file, a sentence for each fault.
 *
 * @param {{ lockfileVersion: number, packages: Record<string, { integrity?: string, resolved?: string, link?: boolean }> }} lock
 * @returns {string[]}
 */
export function faultsOf({ lockfileVersion, packages }) {
  const faults = lockfileVersion === 3 ? [] : [`lockfileVersion is ${lockfileVersion}, not 3`];
  for (const [path, entry] of Object.entries(packages)) {
    if (!isVerifiable(path, entry)) faults.push(`${path} has no sha512 integrity`);
    // who installs chooses the registry; integrity says that it is the same package
    if (entry.resolved !== undefined && !entry.link) faults.push(`${path} names where it comes from: ${entry.resolved}`);
  }
  return faults;
}
