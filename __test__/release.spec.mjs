// What a release publishes, and when it refuses to.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { withAbsoluteLinks } from '../scripts/release/links.mjs';
import { mainManifest, platformManifest, platformName } from '../scripts/release/manifests.mjs';
import { distTag, inOrder, isPublished } from '../scripts/release/publishing.mjs';
import { TARGETS } from '../scripts/release/targets.mjs';
import { disagreements, reader, versionsOf } from '../scripts/release/versions.mjs';

const read = reader(new URL('..', import.meta.url));
const root = JSON.parse(read('package.json'));
const TEXTS = ['LICENSE', 'THIRD_PARTY_NOTICES.md'];
const PLATFORMS = TARGETS.map(({ platform }) => platform);

test('the repository cannot be published as it is', () => {
  assert.equal(root.private, true);
  assert.equal(root.optionalDependencies, undefined, '`npm ci` of a checkout could not install them before they are published');
});

test('the main package needs every platform package in exactly its version, and has nothing for maintainers', () => {
  const manifest = mainManifest(root, PLATFORMS);
  assert.deepEqual(
    manifest.optionalDependencies,
    Object.fromEntries(PLATFORMS.map((one) => [platformName(root, one), root.version])),
  );
  for (const key of ['private', 'scripts', 'devDependencies', 'napi']) assert.ok(!(key in manifest), key);
  for (const key of ['name', 'version', 'license', 'repository', 'engines', 'types', 'main', 'type', 'files'])
    assert.deepEqual(manifest[key], root[key], key);
});

test('a platform package is installed on its platform only', () => {
  for (const target of TARGETS) {
    const { name, version, os, cpu, libc, main, files, license, engines, repository } = platformManifest(root, target, TEXTS);
    assert.deepEqual([name, version], [platformName(root, target.platform), root.version]);
    assert.deepEqual([os, cpu, libc], [[target.os], [target.cpu], target.os === 'linux' ? [target.libc] : undefined]);
    assert.deepEqual([main, files], [`known-failures.${target.platform}.node`, [main, ...TEXTS]]);
    assert.deepEqual([license, engines, repository], [root.license, root.engines, root.repository]);
  }
});

test('the loader requires each platform package by its name', () => {
  const loader = read('native.js');
  for (const platform of PLATFORMS) assert.ok(loader.includes(`require('${platformName(root, platform)}')`), platform);
});

test('all files have one version', () => {
  assert.deepEqual(disagreements(versionsOf(read)), []);
});

test('a version that differs is named with its file', () => {
  const good = { 'package.json': '1.2.3', 'Cargo.toml': '1.2.3', 'CHANGELOG.md': '1.2.3' };
  const cases = [
    [good, undefined, []],
    [good, 'v1.2.3', []],
    [good, 'v1.2.4', ['the tag is v1.2.4, but package.json has 1.2.3: tag v1.2.3']],
    [good, '1.2.3', ['the tag is 1.2.3, but package.json has 1.2.3: tag v1.2.3']],
    [{ ...good, 'Cargo.toml': '1.2.2' }, undefined, ['Cargo.toml has 1.2.2, but package.json has 1.2.3']],
    [{ ...good, 'Cargo.toml': undefined }, undefined, ['Cargo.toml has no version, but package.json has 1.2.3']],
    [{ ...good, 'CHANGELOG.md': 'Unreleased' }, undefined, []],
    [
      { ...good, 'CHANGELOG.md': 'Unreleased' },
      'v1.2.3',
      ['the newest heading of CHANGELOG.md has Unreleased, but package.json has 1.2.3'],
    ],
  ];
  for (const [versions, tag, problems] of cases) assert.deepEqual(disagreements(versions, tag), problems);
});

test('versions are read out of every file', () => {
  const files = {
    'package.json': '{ "version": "1.0.0" }',
    'package-lock.json': '{ "version": "9.9.9", "packages": { "": { "version": "2.0.0" } } }',
    'Cargo.toml': '[workspace]\nversion = "9.9.9"\n\n[workspace.package]\nversion = "3.0.0"\n',
    'Cargo.lock':
      '[[package]]\nname = "known-failures"\nversion = "9.9.9"\n\n[[package]]\nname = "known-failures-regexp"\nversion = "4.0.0"\n',
    'fuzz/Cargo.lock': '[[package]]\nname = "known-failures-regexp"\nversion = "4.5.0"\n',
    'CHANGELOG.md': '# Changelog\n\n## [5.0.0] - 2026-01-01\n\n### Added\n\n## 4.0.0\n',
  };
  const found = versionsOf((file) => files[file]);
  assert.deepEqual(Object.values(found), ['1.0.0', '2.0.0', '3.0.0', '4.0.0', '4.5.0', '5.0.0']);
});

/** What packing reads. In a copy: `artifacts/` of the checkout may hold the binaries of a release. */
const PACKING = [
  ...['scripts', 'lib', 'fuzz/Cargo.lock', 'Cargo.toml', 'Cargo.lock', 'package.json', 'package-lock.json', 'native.js'],
  ...['index.js', 'index.d.ts', 'README.md', 'CHANGELOG.md', ...TEXTS],
];

test('a checkout with a binary is packed into the folders that are published', (t) => {
  const copy = mkdtempSync(join(tmpdir(), 'known-failures-pack-'));
  t.after(() => rmSync(copy, { recursive: true, force: true }));
  for (const path of PACKING)
    cpSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), join(copy, path), { recursive: true });
  const [{ platform }] = TARGETS;
  mkdirSync(join(copy, 'artifacts'));
  writeFileSync(join(copy, `artifacts/known-failures.${platform}.node`), 'binary');

  const out = execFileSync(process.execPath, [join(copy, 'scripts/release/pack.mjs')], { encoding: 'utf8' });

  const npm = join(copy, 'artifacts/npm');
  const manifest = JSON.parse(readFileSync(join(npm, root.name, 'package.json'), 'utf8'));
  assert.deepEqual(
    out
      .trim()
      .split('\n')
      .map((line) => line.split(' ')[0]),
    [platformName(root, platform), root.name],
  );
  assert.deepEqual(manifest.optionalDependencies, { [platformName(root, platform)]: root.version });
  assert.equal(readFileSync(join(npm, platform, `known-failures.${platform}.node`), 'utf8'), 'binary');
  for (const file of ['README.md', 'lib/cli/main.js', ...TEXTS]) assert.ok(existsSync(join(npm, root.name, file)), file);
  assert.doesNotMatch(readFileSync(join(npm, root.name, 'README.md'), 'utf8'), /\]\(docs\//);
});

const packed = (name, version, optionalDependencies) => ({ manifest: { name, version, optionalDependencies } });

test('the main package is published last', () => {
  const packages = [packed('@p/b', '1.0.0'), packed('p', '1.0.0', { '@p/a': '1.0.0', '@p/b': '1.0.0' }), packed('@p/a', '1.0.0')];
  assert.deepEqual(
    inOrder(packages).map(({ manifest }) => manifest.name),
    ['@p/b', '@p/a', 'p'],
  );
});

test('a main package whose platform package is missing or old is not published', () => {
  const main = packed('p', '1.0.0', { '@p/a': '1.0.0' });
  assert.throws(() => inOrder([main]), /p needs @p\/a 1\.0\.0, packed is none/);
  assert.throws(() => inOrder([packed('@p/a', '0.9.0'), main]), /p needs @p\/a 1\.0\.0, packed is 0\.9\.0/);
  assert.throws(() => inOrder([packed('@p/a', '1.0.0')]), /one package has optionalDependencies, not 0/);
  assert.throws(() => inOrder([]), /not 0/);
});

test('a prerelease is not what `npm install` takes', () => {
  assert.deepEqual(['1.0.0', '1.0.0-rc.1'].map(distTag), ['latest', 'next']);
});

test('what is published is skipped, and an error of the registry is not taken for "not published"', () => {
  const viewed = (status, stdout, stderr = '') => ({ status, stdout, stderr });
  assert.equal(isPublished(viewed(0, '"1.0.0"\n'), 'p@1.0.0'), true);
  // a package that has other versions
  assert.equal(isPublished(viewed(0, ''), 'p@1.0.0'), false);
  assert.equal(isPublished(viewed(1, '{ "error": { "code": "E404" } }'), 'p@1.0.0'), false);
  assert.equal(isPublished(viewed(1, '', 'npm error code E404'), 'p@1.0.0'), false);
  assert.throws(
    () => isPublished(viewed(1, '', 'npm error code ECONNREFUSED'), 'p@1.0.0'),
    /whether p@1\.0\.0.*\n.*ECONNREFUSED/,
  );
});

test("the rehearsal runs README's quick start", () => {
  const [, sample] = /^```js\n(.+?)^```$/ms.exec(read('README.md'));
  assert.equal(readFileSync(new URL('../scripts/release/rehearsal/quick-start/main.mjs', import.meta.url), 'utf8'), sample);
});

test('links to what is not in the package lead to the repository, in the version of the package', () => {
  const links = { home: 'https://git.example/kf', tag: 'v1.2.3', files: new Set(['CHANGELOG.md', 'index.d.ts']) };
  const cases = [
    ['[Rules](docs/rules.md#flags)', '[Rules](https://git.example/kf/blob/v1.2.3/docs/rules.md#flags)'],
    ['![Storm](bench/storm.svg)', '![Storm](https://git.example/kf/raw/v1.2.3/bench/storm.svg)'],
    ['[![a](b.png)](docs/c.md)', '[![a](https://git.example/kf/raw/v1.2.3/b.png)](https://git.example/kf/blob/v1.2.3/docs/c.md)'],
    [
      '<a href="docs/x.md"><img src="x.png"></a>',
      '<a href="https://git.example/kf/blob/v1.2.3/docs/x.md"><img src="https://git.example/kf/raw/v1.2.3/x.png"></a>',
    ],
    ...['[Changes](CHANGELOG.md#010)', '[types](index.d.ts)', '[Rust](https://rustup.rs)', '[down](#api)', '`a[0](b)c`'].map(
      (text) => [text, text],
    ),
  ];
  for (const [text, expected] of cases) assert.equal(withAbsoluteLinks(text, links), expected);
});

test('the README of the package has no link that leads nowhere', () => {
  const links = { home: 'https://git.example/kf', tag: 'v1.2.3', files: new Set() };
  const relative = withAbsoluteLinks(read('README.md'), links).match(/\]\((?!https?:|#)[^)]*\)/g);
  assert.equal(relative, null);
});
