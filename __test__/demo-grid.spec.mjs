// The demo on a Selenium Grid, as far as it gets without one. `npm run demo:grid -- --verify` is the rest: it takes minutes.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { loadRules } from '../index.js';

const main = fileURLToPath(new URL('../examples/grid/main.mjs', import.meta.url));
const demo = (args, env) => spawnSync(process.execPath, [main, ...args], { encoding: 'utf8', env: env ?? process.env });

test('where programs are missing, it names all of them and how to get them', { skip: process.platform === 'win32' }, () => {
  const { status, stderr } = demo([], { PATH: '/nowhere' });
  assert.equal(status, 3);
  const [head, ...lines] = stderr.trimEnd().split('\n');
  assert.equal(head, 'The demo needs');
  for (const [index, name] of ['Java 11 or newer', 'Chromium', 'chromedriver', 'the program ps'].entries()) {
    assert.ok(lines[index].startsWith(`  ${name}`), lines[index]);
    assert.match(lines[index], /apt-get install [\w-]+/);
  }
});

test('a variable that names no file: a message and exit code 3', { skip: process.platform === 'win32' }, () => {
  const { status, stderr } = demo([], { ...process.env, CHROMIUM: '/nowhere/chromium' });
  assert.equal(status, 3);
  assert.equal(stderr, 'CHROMIUM names a file that does not exist: /nowhere/chromium\n');
});

test('a wrong option: the usage and exit code 2', () => {
  const { status, stderr } = demo(['--nonsense']);
  assert.equal(status, 2);
  assert.ok(stderr.startsWith("Unknown option '--nonsense'"), stderr);
  assert.match(stderr, /npm run demo:grid -- \[options\]/);
});

test('its rules are good ones', async () => {
  const rules = readFileSync(new URL('../examples/grid/rules.json', import.meta.url));
  const { active, rejected, warnings } = await loadRules(rules);
  assert.deepEqual([active, rejected, warnings], [10, [], []]);
});
