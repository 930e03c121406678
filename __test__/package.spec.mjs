// The package as it is published: which files it has, and what its `exports` resolve to.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import byDefault, * as imported from 'known-failures';

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);
const required = require('known-failures');

const TOP = ['CHANGELOG.md', 'LICENSE', 'README.md', 'index.d.ts', 'index.js', 'native.js', 'package.json'];

const read = (file) => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
const run = (program, args) => execFileSync(program, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

/** Without `prepack` and its kind: a build would write files that other tests load. */
const packed = () =>
  JSON.parse(run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts']))[0]
    .files.map(({ path }) => path)
    .sort();

test('the tarball has what the package needs, and nothing else', () => {
  const files = packed();
  assert.deepEqual(
    files.filter((file) => !file.startsWith('lib/')),
    TOP,
  );
  const page = /^lib\/outputs\/page\/(?:template\.html|style\/[a-z-]+\.css)$/;
  const other = files.filter((file) => file.startsWith('lib/') && !/\.(?:d\.ts|js)$/.test(file) && !page.test(file));
  assert.deepEqual(other, [], 'lib has JavaScript and types, and what a page is made of');
});

test('every module that the package loads is in the tarball', () => {
  const files = new Set(packed());
  const missing = [...files]
    .filter((file) => file.endsWith('.js') && file !== 'native.js')
    .flatMap((file) => {
      // a template string is text: the page's own `require` runs in the browser
      const source = read(file).replace(/`[^`]*`/g, '');
      const paths = [...source.matchAll(/require\('(\.[^']+)'\)/g)].map(([, path]) =>
        new URL(path, `file:///${file}`).pathname.slice(1),
      );
      return paths.filter((path) => !files.has(path)).map((path) => `${file} requires ${path}`);
    });
  assert.deepEqual(missing, []);
});

test('import by name and require give what index.d.ts declares', () => {
  const functions = [...read('index.d.ts').matchAll(/^export declare (?:function|const) (\w+)/gm)];
  // an overloaded function is declared more than once
  const declared = [...new Set(functions.map(([, name]) => name))].sort();
  assert.deepEqual(Object.keys(required).sort(), declared);
  const names = Object.keys(imported).filter((name) => name !== 'default' && name !== 'module.exports');
  assert.deepEqual(names.sort(), declared);
  assert.equal(byDefault, required);
  for (const name of declared) assert.equal(imported[name], required[name]);
});

test('package.json can be required, and what is not exported cannot', () => {
  assert.equal(require('known-failures/package.json').name, 'known-failures');
  for (const inside of ['native.js', 'index.js', 'lib/api/items.js']) {
    assert.throws(() => require(`known-failures/${inside}`), { code: 'ERR_PACKAGE_PATH_NOT_EXPORTED' });
  }
});

test('package.json, Cargo.toml and lib/addon/load.js have one version', () => {
  const { version } = require('../package.json');
  const [, crate] = /^version = "(.+)"$/m.exec(read('Cargo.toml'));
  assert.deepEqual([crate, require('../lib/addon/load.js').VERSION], [version, version]);
});
