// What publish.mjs decides, without npm.

import { UsageError } from '../lib/command.mjs';

/**
 * The packages in the order in which they are published: the main package last.
 *
 * @template {{ manifest: { name: string, version: string, optionalDependencies?: Record<string, string> } }} Package
 * @param {Package[]} packages
 * @returns {Package[]}
 */
export function inOrder(packages) {
  const mains = packages.filter(({ manifest }) => manifest.optionalDependencies);
  if (mains.length !== 1) throw new UsageError(`one package has optionalDependencies, not ${mains.length}; run pack.mjs again`);
  const [main] = mains;
  const rest = packages.filter((one) => one !== main);
  const have = Object.fromEntries(rest.map(({ manifest: { name, version } }) => [name, version]));
  for (const [name, version] of Object.entries(main.manifest.optionalDependencies)) {
    if (have[name] === version) continue;
    throw new UsageError(`${main.manifest.name} needs ${name} ${version}, packed is ${have[name] ?? 'none'}; run pack.mjs again`);
  }
  return [...rest, main];
}

/** A prerelease must not be what `npm install` takes. */
export const distTag = (version) => (version.includes('-') ? 'next' : 'latest');

/**
 * What `npm view <id> version --json` has found.
 *
 * @param {{ status: number | null, stdout: string, stderr: string }} viewed
 * @param {string} id for the message
 */
export function isPublished({ status, stdout, stderr }, id) {
  if (status === 0) return stdout.trim() !== '';
  // neither the package nor the version exists; any other failure says nothing about either
  if (/\bE404\b/.test(stdout) || /\bE404\b/.test(stderr)) return false;
  throw new UsageError(`npm cannot tell whether ${id} is published:\n${stderr || stdout}`);
}
