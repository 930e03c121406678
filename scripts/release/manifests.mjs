// The package.json of each package that a release publishes, made from the one of the repository. The repository's own has no
// `optionalDependencies`: until they are published, `npm ci` of a checkout could not install them.

/** What only a checkout needs. */
const FOR_MAINTAINERS = ['private', 'scripts', 'devDependencies', 'overrides', 'napi'];

/** What a platform package has in common with the main package. */
const SHARED = ['version', 'license', 'author', 'homepage', 'repository', 'bugs', 'engines', 'publishConfig'];

/**
 * @typedef {object} Target
 * @property {string} triple of Rust
 * @property {string} platform as in the binary's file name, such as `linux-x64-gnu`
 * @property {string} os of `process.platform`
 * @property {string} cpu of `process.arch`
 * @property {string} [libc] where a platform has two
 */

/** The package that has the binary of a platform. `native.js` requires it by this name. */
export const platformName = (root, platform) => `${root.napi.packageName}-${platform}`;

export const binaryName = (root, platform) => `${root.napi.binaryName}.${platform}.node`;

/** @param {Record<string, any>} root the repository's package.json @param {Target} target @param {string[]} texts licence, notices */
export function platformManifest(root, { triple, platform, os, cpu, libc }, texts) {
  const binary = binaryName(root, platform);
  return {
    name: platformName(root, platform),
    description: `The binary of ${root.name} for ${triple}`,
    ...only(root, SHARED),
    main: binary,
    files: [binary, ...texts],
    os: [os],
    cpu: [cpu],
    ...(libc && { libc: [libc] }),
  };
}

/** @param {Record<string, any>} root the repository's package.json @param {string[]} platforms those that have a package */
export function mainManifest(root, platforms) {
  const manifest = Object.fromEntries(Object.entries(root).filter(([key]) => !FOR_MAINTAINERS.includes(key)));
  // the exact version: the JavaScript and the binary of two releases do not fit together
  const binaries = platforms.map((platform) => [platformName(root, platform), root.version]);
  return { ...manifest, optionalDependencies: Object.fromEntries(binaries) };
}

export function platformReadme(root, { triple, platform }) {
  return `# ${platformName(root, platform)}

The binary of [${root.name}](${root.homepage}) for ${triple}. Install \`${root.name}\`: it brings the binary that fits.
`;
}

const only = (object, keys) => Object.fromEntries(keys.filter((key) => key in object).map((key) => [key, object[key]]));
