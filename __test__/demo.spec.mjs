// The demo, as a process of its own.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../examples/demo/main.mjs', import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'known-failures-demo-'));
after(() => rmSync(folder, { recursive: true }));

/**
 * Runs the demo in a folder of its own, where its page goes.
 * @returns {Promise<{ code: number, stdout: string, stderr: string }>}
 */
async function demo(args, env = {}) {
  const child = spawn(process.execPath, [main, ...args], { cwd: folder, env: { ...process.env, ...env } });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) child[name].setEncoding('utf8').on('data', (text) => (output[name] += text));
  const [code] = await once(child, 'close');
  return { code, ...output };
}

/** The URL of an API that serves `list`. */
async function api(t, list) {
  const server = createServer((_request, response) => response.end(JSON.stringify(list)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${server.address().port}/`;
}

const ownList = [{ ticket: 'OWN-1', pattern: 'Timeout' }];

test('the demo fits 80 columns, prints no escape sequence to a pipe, and ends with the comparison and a page', async () => {
  const { code, stdout, stderr } = await demo(['--tests', '120']);
  assert.equal(code, 0, stderr);
  const lines = stdout.trimEnd().split('\n');
  assert.deepEqual(
    lines.filter((line) => line.length > 80),
    [],
  );
  assert.equal(stdout.includes('\u001b'), false);
  assert.equal(stdout.match(/^ {2}A Broken test /gm)?.length, 1);
  assert.equal(stdout.includes('nothing was thrown'), false);
  const [verdicts, loop, addon, , page] = lines.slice(-5);
  assert.match(verdicts, /^ {4}\d+ verdicts +the same$/);
  assert.match(loop, /^ {4}JavaScript loop +[\d.,]+ m?s on the event loop, /);
  assert.match(addon, /^ {4}known-failures +[\d.,]+ m?s on another thread, /);
  const path = page.match(/^ {2}The page of this run: (.+)$/)?.[1];
  assert.match(readFileSync(join(folder, path), 'utf8'), /<title>✕ \d+ The demo of known-failures<\/title>/);
});

test('--page says where the page goes', async () => {
  const { code, stdout } = await demo(['--tests', '50', '--page', 'own/page.html']);
  assert.equal(code, 0, stdout);
  assert.match(stdout, /^ {2}The page of this run: own\/page\.html$/m);
  assert.match(readFileSync(join(folder, 'own/page.html'), 'utf8'), /^<!doctype html>/i);
});

test('a list with keys of its own needs RULES_FIELDS, and the demo says so', async (t) => {
  const RULES_URL = await api(t, ownList);
  const { code, stdout } = await demo(['--tests', '3000'], { RULES_URL });
  assert.equal(code, 1);
  assert.match(stdout, /No rule can be used, so the demo ends here\./);
  assert.match(stdout, /The first rule has the keys "ticket", "pattern"\.\nRULES_FIELDS maps them/);
  assert.equal(stdout.includes('Top issues'), false);
});

test('RULES_FIELDS maps the keys, and --verify compares every verdict', async (t) => {
  const RULES_URL = await api(t, ownList);
  const env = { RULES_URL, RULES_FIELDS: '{"issue":"ticket","error":"pattern"}' };
  const { code, stdout } = await demo(['--tests', '120', '--verify'], env);
  assert.equal(code, 0, stdout);
  assert.match(stdout, /OWN-1/);
  assert.match(stdout, /^ {4}48 verdicts +the same$/m);
});

for (const [name, list, message] of [
  ['an empty list', [], 'The list is empty.'],
  ['a list of another shape', { items: [] }, 'The list of known failures at '],
]) {
  test(`${name} ends the demo`, async (t) => {
    const { code, stdout } = await demo(['--tests', '3000'], { RULES_URL: await api(t, list) });
    assert.equal(code, 1);
    assert.ok(stdout.includes(`so the demo ends here.\n${message}`), stdout);
  });
}

for (const [args, env, message] of [
  [['--tests', 'many'], {}, '--tests must be a positive integer, not many'],
  [['--nonsense'], {}, "Unknown option '--nonsense'"],
  [[], { RULES_FIELDS: '{' }, 'RULES_FIELDS is not valid JSON'],
  [[], { RULES_FIELDS: '{"ticket":"issue"}' }, 'RULES_FIELDS has "ticket", which is none of issue, error, test, flags, id'],
  [[], { RULES_FIELDS: '{"issue":7}' }, 'RULES_FIELDS: "issue" must be a string'],
]) {
  test(`${message}: the usage and exit code 2`, async () => {
    const { code, stderr } = await demo(args, env);
    assert.equal(code, 2);
    assert.ok(stderr.startsWith(message), stderr);
    assert.match(stderr, /npm run demo -- \[options\]/);
  });
}
