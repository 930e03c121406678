// The troubles that a list can have, what a run says and does in each, and that no verdict is lost: the table of
// docs/watch-rules.md is what happens here. `UPDATE_DOCUMENTS=1 node --test __test__/rules-troubles.spec.mjs` writes it.

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { classify } from 'known-failures';
import { list, startServer, status, temporaryFolder, text, until, watching } from './rules-server.mjs';

const require = createRequire(import.meta.url);
const { decode, encode } = require('../lib/rules/cache-format.js');

const page = fileURLToPath(new URL('../docs/watch-rules.md', import.meta.url));
const MARKS = ['<!-- generated: troubles -->\n', '<!-- end -->'];

const OLD = [{ issue: 'OLD', error: 'boom' }];
const NEW = [{ issue: 'NEW', error: 'boom' }];
const HOUR_MS = 3_600_000;

const endless = (_, response) => response.write(' '.repeat(2000));
const reset = (_, response) => {
  response.writeHead(200, { 'content-length': '1000' });
  response.write('[{"issue":', () => response.destroy());
};

/**
 * Each trouble: what the server does at the `start` of the run, and `next`; whether an earlier run has left its list in the cache; the state at the
 * end, and the issue of a failure then.
 */
const TROUBLES = [
  ['Down at the start, nothing cached', { start: 'down', state: 'none', issue: null }],
  ['Down at the start, and up later', { start: 'down', next: list(NEW), state: 'fresh', issue: 'NEW' }],
  ['Down at the start, a list in the cache', { cached: true, start: 'down', state: 'stale', issue: 'OLD' }],
  ['Down in the middle', { start: list(OLD), next: 'down', state: 'stale', issue: 'OLD' }],
  ['Slow: answers within `timeoutMs`', { cached: true, start: slow(list(NEW)), state: 'fresh', issue: 'NEW' }],
  ['Slow: does not answer', { start: list(OLD), next: () => {}, timeoutMs: 100, state: 'stale', issue: 'OLD' }],
  ['Changed', { start: list(OLD), next: list(NEW), state: 'fresh', issue: 'NEW' }],
  ['Unchanged (304, or the same bytes)', { start: list(OLD), next: list(OLD), state: 'fresh', issue: 'OLD' }],
  ['A server error', { start: list(OLD), next: status(503), state: 'stale', issue: 'OLD' }],
  [
    'Asks to come back in two minutes',
    { start: list(OLD), next: status(429, { 'retry-after': '120' }), state: 'stale', issue: 'OLD' },
  ],
  ['The token has expired', { start: list(OLD), next: status(401), state: 'stale', issue: 'OLD' }],
  [
    'A web page with status 200',
    { start: list(OLD), next: text('<!doctype html><title>Log in</title>'), state: 'stale', issue: 'OLD' },
  ],
  ['Half a list with status 200', { start: list(OLD), next: text('[{"issue":"NEW","err'), state: 'stale', issue: 'OLD' }],
  ['The connection is cut in the middle of the list', { start: list(OLD), next: reset, state: 'stale', issue: 'OLD' }],
  ['More than `maxBytes`', { start: list(OLD), next: endless, state: 'stale', issue: 'OLD' }],
  ['Redirects in a circle', { start: list(OLD), next: status(302, { location: '/list.json' }), state: 'stale', issue: 'OLD' }],
  [
    'No rule of the list can be used',
    { start: list(OLD), next: text('[{"issue":"NEW","error":"("}]'), state: 'stale', issue: 'OLD' },
  ],
  [
    'A rule of the list cannot be used',
    {
      start: list(OLD),
      next: text('[{"issue":"BAD","error":"("},{"issue":"NEW","error":"boom"}]'),
      state: 'fresh',
      issue: 'NEW',
    },
  ],
  ['An empty list', { start: list(OLD), next: text('[]'), state: 'fresh', issue: null }],
];

function slow(answer) {
  return (request, response) => setTimeout(() => answer(request, response), 100);
}

const rows = [];

for (const [name, { cached, start, next, timeoutMs, state, issue }] of TROUBLES) {
  test(name, async (t) => {
    const server = await startServer();
    t.after(() => server.stop());
    const cacheFile = join(await temporaryFolder(t), 'list.cache');
    if (cached) {
      server.answer = list(OLD);
      await watching(t, server.url, { cacheFile }).ready;
      await makeOlder(cacheFile);
    }
    const { port } = server;
    await set(server, start, port);
    const watcher = watching(t, server.url, { cacheFile, timeoutMs, maxBytes: 1000, backoffMs: 1 });
    if (cached) {
      // a failure while the source is asked has its verdict from the cached list
      await until(() => watcher.status.from === 'cache');
      assert.equal(await verdictOn('boom'), 'OLD');
    }
    await watcher.ready;
    if (next !== undefined) {
      await set(server, next, port);
      await watcher.refresh();
    }
    assert.equal(watcher.status.state, state);
    assert.equal(await verdictOn('boom'), issue);
    assert.equal(watcher.status.reason === null, state === 'fresh');
    rows.push([name, said(watcher.warnings, server), `\`${state}\``, inForce(issue, cached)]);
  });
}

/** Lets the server answer, or be down, at one address. */
async function set(server, answer, port) {
  if (answer === 'down') return server.stop();
  server.answer = answer;
  await server.start(port).catch((error) => assert.equal(error.code, 'ERR_SERVER_ALREADY_LISTEN'));
}

async function verdictOn(error) {
  const { status, issue } = await classify('a test', error);
  assert.equal(status, issue === null ? 'Failed' : 'Broken');
  return issue;
}

async function makeOlder(file) {
  const bytes = await readFile(file);
  const { key } = JSON.parse(bytes.toString().split('\n')[1]);
  const { entry } = decode(key, bytes);
  await writeFile(file, encode(key, { ...entry, confirmedAt: entry.confirmedAt - 3 * HOUR_MS }));
}

/** Warnings without what differs from run to run. */
function said(warnings, { url, port }) {
  const shown = warnings.map((warning) =>
    warning
      .replaceAll(url, 'https://…')
      .replaceAll(`127.0.0.1:${port}`, '…')
      .replace(/^WARN_\w+: The list of known failures at https:\/\/… /, '… ')
      .replace(/\d s ago/, '4 min ago')
      .replace(/Next attempt in (?:15|16|17) s/, 'Next attempt in 15 s')
      .replaceAll('|', '\\|'),
  );
  return shown.length === 0 ? 'nothing' : shown.join('<br>');
}

function inForce(issue, cached) {
  return { OLD: cached ? 'the cached list' : 'the list as it was', NEW: 'the new list' }[issue] ?? 'no rule';
}

test('docs/watch-rules.md has the table of these troubles', async () => {
  assert.equal(rows.length, TROUBLES.length);
  const lines = [['the source is', 'warning', '`status.state`', 'in force'], ['---', '---', '---', '---'], ...rows];
  const table = lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('');
  const markdown = await readFile(page, 'utf8');
  const [from, to] = [markdown.indexOf(MARKS[0]) + MARKS[0].length, markdown.indexOf(MARKS[1])];
  assert.ok(to >= from);
  const updated = `${markdown.slice(0, from)}\n${table}\n${markdown.slice(to)}`;
  if (process.env.UPDATE_DOCUMENTS) await writeFile(page, updated);
  else assert.equal(markdown, updated);
});
