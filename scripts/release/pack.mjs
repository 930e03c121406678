// Makes the folders that a release publishes, under `artifacts/npm`: one for each binary in `artifacts`, and the main package, whose
// `optionalDependencies` are those. The repository's own files stay as they are.
//
//   node scripts/release/pack.mjs --all

import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { command, flag, UsageError } from '../lib/command.mjs';
import { withAbsoluteLinks } from './links.mjs';
import { binaryName, mainManifest, platformManifest, platformName, platformReadme } from './manifests.mjs';
import { binaryOf, ROOT, TARGETS } from './targets.mjs';
import { disagreements, reader, versionsOf } from './versions.mjs';

const USAGE = `usage: node scripts/release/pack.mjs [options]
  --all    fail unless there is a binary for every platform, as a release must have`;

const PACKED = join(ROOT, 'artifacts/npm');
/** In each package: the binary contains code of others, and the main package speaks for the whole. */
const TEXTS = ['LICENSE', 'THIRD_PARTY_NOTICES.md'];

await command({ usage: USAGE, options: { all: flag() } }, async ({ all }) => {
  const root = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const targets = TARGETS.filter((target) => existsSync(binaryOf(target)));
  check(root, targets, all);
  rmSync(PACKED, { recursive: true, force: true });
  for (const target of targets) console.log(packPlatform(root, target));
  const platforms = targets.map(({ platform }) => platform);
  console.log(packMain(root, platforms));
  return 0;
});

function check(root, targets, all) {
  const problems = disagreements(versionsOf(reader(new URL('../../', import.meta.url))));
  for (const text of TEXTS) if (!existsSync(join(ROOT, text))) problems.push(`${text} is missing; each package needs it`);
  if (targets.length === 0) problems.push('artifacts/ has no binary; run: node scripts/release/build.mjs <platform>');
  const missing = TARGETS.filter((target) => all && !targets.includes(target));
  for (const { platform } of missing) problems.push(`artifacts/ has no binary for ${platform}`);
  const loader = readFileSync(join(ROOT, 'native.js'), 'utf8');
  const unknown = targets
    .map(({ platform }) => platformName(root, platform))
    .filter((name) => !loader.includes(`require('${name}')`));
  for (const name of unknown) problems.push(`native.js does not load ${name}; run: npm run build`);
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
}

function packPlatform(root, target) {
  const folder = join(PACKED, target.platform);
  const binary = binaryName(root, target.platform);
  mkdirSync(folder, { recursive: true });
  copyFileSync(binaryOf(target), join(folder, binary));
  for (const text of TEXTS) copyFileSync(join(ROOT, text), join(folder, text));
  writeFileSync(join(folder, 'README.md'), platformReadme(root, target));
  return writeManifest(folder, platformManifest(root, target, TEXTS));
}

function packMain(root, platforms) {
  const folder = join(PACKED, root.name);
  const published = publishedFiles();
  for (const file of published) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(ROOT, file), join(folder, file));
  }
  const links = { home: homeOf(root), tag: `v${root.version}`, files: new Set([...published, ...TEXTS]) };
  for (const file of published.filter((file) => /^[^/]+\.md$/.test(file)))
    writeFileSync(join(folder, file), withAbsoluteLinks(readFileSync(join(ROOT, file), 'utf8'), links));
  for (const text of TEXTS) copyFileSync(join(ROOT, text), join(folder, text));
  const { files, ...manifest } = mainManifest(root, platforms);
  return writeManifest(folder, { ...manifest, files: [...new Set([...files, ...TEXTS])] });
}

/** The repository's address for a browser. */
function homeOf({ repository }) {
  return repository.url.replace(/^git\+|\.git$/g, '');
}

/** What npm takes of the repository, by its own rules. */
function publishedFiles() {
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts'];
  const listed = JSON.parse(execFileSync('npm', args, { cwd: ROOT, encoding: 'utf8', shell: process.platform === 'win32' }));
  return Object.values(listed)[0].files.map(({ path }) => path);
}

function writeManifest(folder, manifest) {
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return `${manifest.name} ${manifest.version}: ${folder}`;
}
