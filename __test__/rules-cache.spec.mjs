// The cache file: whole whatever is killed, shared, private, and never a reason to fail.

import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { classify, ruleStats } from 'known-failures';
import { list, RULES, startServer, status, temporaryFolder, text, until, watching } from './rules-server.mjs';

const require = createRequire(import.meta.url);
const { decode, encode } = require('../lib/rules/cache-format.js');
const { NOTHING } = require('../lib/rules/entry.js');

const writer = fileURLToPath(new URL('rules-cache-writer.mjs', import.meta.url));
const posix = { skip: process.platform === 'win32' && 'Windows has no such permissions' };

async function serving(context, answer) {
  const server = await startServer(answer);
  context.after(() => server.stop());
  return server;
}

const entry = (rules) => ({ ...NOTHING, rules: Buffer.from(rules), digest: 'd', confirmedAt: 7 });

test('a cache file gives back what was written, byte for byte', () => {
  for (const rules of ['', '[]', '[\n]\n\n', '\0\xff'.repeat(1000)]) {
    const read = decode('key', encode('key', entry(rules)));
    assert.deepEqual(read.entry.rules, Buffer.from(rules));
    assert.deepEqual({ ...read.entry, rules: null }, { ...entry(''), rules: null });
  }
  assert.equal(decode('key', encode('key', NOTHING)).entry.rules, null);
});

test('a file that was cut or changed anywhere is recognised', () => {
  const whole = encode('key', entry('[1, 2, 3]'));
  for (let length = 0; length < whole.length; length++) {
    assert.deepEqual(decode('key', whole.subarray(0, length)), { problem: 'damaged' }, `cut at ${length}`);
    const changed = Buffer.from(whole);
    changed[length] ^= 1;
    assert.equal(decode('key', changed).entry, undefined, `changed at ${length}`);
  }
  assert.deepEqual(decode('key', Buffer.concat([whole, Buffer.from(' ')])), { problem: 'damaged' });
  assert.deepEqual(decode('other', whole), { problem: 'another list' });
  assert.deepEqual(decode('key', Buffer.from('[{"issue":"A"}]')), { problem: 'foreign' });
});

/** A process that writes the cache file again and again, each time another list. */
function startWriter(file, name) {
  const child = fork(writer, [file, name], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  return { child, written: once(child, 'message') };
}

async function assertWhole(file) {
  const { entry, problem } = decode('key', await readFile(file));
  assert.equal(problem, undefined);
  const { name, count, filler } = JSON.parse(entry.rules);
  assert.equal(filler, name.repeat(count));
}

test('kill -9 at any time leaves a whole file', async (t) => {
  const folder = await temporaryFolder(t);
  const file = join(folder, 'list.cache');
  const seed = Date.now() % 1000;
  t.diagnostic(`seed ${seed}`);
  for (let round = 0; round < 30; round++) {
    const { child, written } = startWriter(file, `w${round}`);
    await written;
    // a write takes a millisecond or few: the pauses end in all of its steps
    await new Promise((resolve) => setTimeout(resolve, ((seed + round * 7) % 30) / 2));
    child.kill('SIGKILL');
    await once(child, 'exit');
    await assertWhole(file);
  }
  // a later write deletes what the killed ones have left, once it is old
  const left = (await readdir(folder)).filter((name) => name.endsWith('.tmp'));
  t.diagnostic(`${left.length} temporary files left by 30 kills`);
  for (const name of left) await utimes(join(folder, name), 1, 1);
  const { child, written } = startWriter(file, 'last');
  await written;
  await until(async () => !(await readdir(folder)).some((name) => left.includes(name)));
  child.kill();
  await once(child, 'exit');
});

test('six processes that write at once leave a whole file at every time', async (t) => {
  const file = join(await temporaryFolder(t), 'list.cache');
  const writers = Array.from({ length: 6 }, (_, index) => startWriter(file, `w${index}`));
  await Promise.all(writers.map(({ written }) => written));
  for (let look = 0; look < 200; look++) await assertWhole(file);
  for (const { child } of writers) child.kill('SIGKILL');
  await Promise.all(writers.map(({ child }) => once(child, 'exit')));
  await assertWhole(file);
});

test('a later watcher takes the list from the cache, without a request', async (t) => {
  const server = await serving(t, list(RULES));
  const cacheFile = join(await temporaryFolder(t), 'new/folder/list.cache');
  const first = await watching(t, server.url, { cacheFile }).ready;
  await classify('a test', 'boom');
  const second = await watching(t, server.url, { cacheFile }).ready;
  assert.deepEqual([second.state, second.from, second.fetches, second.confirmedAt], ['fresh', 'cache', 0, first.confirmedAt]);
  assert.deepEqual([second.version, ruleStats().rules[0].matches], [first.version, 1], 'the rules in force are these already');
  const third = await watching(t, server.url, { cacheFile, maxAgeMs: 0 }).ready;
  assert.deepEqual([third.state, third.fetches], ['fresh', 1]);
  assert.notEqual(server.requests[1].headers['if-none-match'], undefined, 'with what the cache has of the last answer');
});

test('other options of loadRules, another URL and other headers have another list', async (t) => {
  const server = await serving(t, list(RULES));
  const cacheFile = join(await temporaryFolder(t), 'list.cache');
  const load = { ansi: 'keep' };
  for (const [url, options] of [
    [server.url, {}],
    [server.url, { load }],
    [`${server.url}?a`, { load }],
    [`${server.url}?a`, { load, headers: { a: '1' } }],
  ]) {
    const watcher = watching(t, url, { cacheFile, ...options });
    assert.equal((await watcher.ready).from, 'source');
    if (server.requests.length > 1) assert.match(watcher.warnings.join(), /^WARN_CACHE: .* holds another list and is replaced$/);
  }
  assert.equal(server.requests.length, 4);
});

test('when the source is down, the cached list is in force, and its age is told', async (t) => {
  const server = await serving(t, list(RULES));
  const cacheFile = join(await temporaryFolder(t), 'list.cache');
  await watching(t, server.url, { cacheFile }).ready;
  await age(cacheFile, 3 * 3_600_000);
  server.answer = status(500);
  const watcher = watching(t, server.url, { cacheFile });
  const { state, from, report } = await watcher.ready;
  assert.deepEqual([state, from, report.active], ['stale', 'cache', 1]);
  assert.match(
    watcher.warnings[0],
    /answered 500 .*In force: the list of 3 h ago \(1 rule, from the cache file\)\. Next attempt in 1[56] s\.$/,
  );
});

test('the cached list is in force while a slow source is asked', async (t) => {
  const server = await serving(t, list(RULES));
  const cacheFile = join(await temporaryFolder(t), 'list.cache');
  await watching(t, server.url, { cacheFile }).ready;
  await age(cacheFile, 3_600_000);
  let answer;
  server.answer = (request, response) => {
    answer = () => list([{ issue: 'NEW', error: 'boom' }])(request, response);
  };
  const watcher = watching(t, server.url, { cacheFile });
  await until(() => answer);
  assert.deepEqual([watcher.status.state, watcher.status.reason], ['stale', 'its source has not answered yet']);
  assert.equal((await classify('a test', 'boom')).issue, 'SHOP-1');
  answer();
  assert.equal((await watcher.ready).state, 'fresh');
  assert.equal((await classify('a test', 'boom')).issue, 'NEW');
});

test('a bad list is never cached', async (t) => {
  const server = await serving(t, list(RULES));
  const cacheFile = join(await temporaryFolder(t), 'list.cache');
  const watcher = watching(t, server.url, { cacheFile });
  await watcher.ready;
  server.answer = text('<html>');
  await watcher.refresh();
  const { from, state } = await watching(t, server.url, { cacheFile, maxAgeMs: 0 }).ready;
  assert.deepEqual([from, state], ['cache', 'stale']);
});

test('another process that has just failed is believed, for as long as that took', async (t) => {
  const server = await serving(t, status(500));
  const cacheFile = join(await temporaryFolder(t), 'list.cache');
  await watching(t, server.url, { cacheFile }).ready;
  await change(cacheFile, ({ failure }) => ({ failure: { ...failure, tookMs: 30_000 } }));
  const watcher = watching(t, server.url, { cacheFile });
  const { state, fetches, reason } = await watcher.ready;
  assert.deepEqual([state, fetches, server.requests.length], ['none', 0, 3]);
  assert.match(reason, /answered 500 Internal Server Error \(3 attempts\) \(another process asked \d+ s ago\)$/);
  assert.equal(watcher.warnings.length, 1);
  await change(cacheFile, ({ failure }) => ({ failure: { ...failure, tookMs: 5000, at: failure.at - 5001 } }));
  server.answer = list(RULES);
  const { state: later, fetches: asked } = await watching(t, server.url, { cacheFile }).ready;
  assert.deepEqual([later, asked], ['fresh', 1]);
});

/** Changes what a cache file says of its list. */
async function change(file, changed) {
  const bytes = await readFile(file);
  const { key } = JSON.parse(bytes.toString().split('\n')[1]);
  const { entry } = decode(key, bytes);
  await writeFile(file, encode(key, { ...entry, ...changed(entry) }));
}

const age = (file, ms) => change(file, ({ confirmedAt }) => ({ confirmedAt: confirmedAt - ms, failure: null }));

for (const [name, content, said, isReplaced] of [
  ['damaged', 'known-failures-cache 1 00\n{}\n[]', /holds damaged data and is replaced$/, true],
  ['empty', '', /holds damaged data and is replaced$/, true],
  ["somebody else's", '[{"issue":"A","error":"a"}]', /is not used: it holds something else, which stays there$/, false],
]) {
  test(`a cache file that is ${name}`, async (t) => {
    const server = await serving(t, list(RULES));
    const cacheFile = join(await temporaryFolder(t), 'list.cache');
    await writeFile(cacheFile, content);
    const watcher = watching(t, server.url, { cacheFile });
    assert.equal((await watcher.ready).state, 'fresh');
    assert.equal(watcher.warnings.length, 1, watcher.warnings.join('\n'));
    assert.match(watcher.warnings[0], said);
    assert.equal((await readFile(cacheFile, 'utf8')) !== content, isReplaced);
  });
}

test('the cache file is private, and has no secret', posix, async (t) => {
  const server = await serving(t, list(RULES));
  const cacheFile = join(await temporaryFolder(t), 'list.cache');
  const url = `${server.url.replace('//', '//me:pass-word@')}?token=query-secret`;
  await watching(t, url, { cacheFile, headers: { 'x-key': 'header-secret' } }).ready;
  assert.equal((await stat(cacheFile)).mode & 0o777, 0o600);
  assert.doesNotMatch(await readFile(cacheFile, 'utf8'), /pass-word|query-secret|header-secret/);
});

test("the default folder is the user's, or not used", posix, async (t) => {
  const server = await serving(t, list(RULES));
  const before = process.env.TMPDIR;
  process.env.TMPDIR = await temporaryFolder(t);
  t.after(() => {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  });
  const folder = join(process.env.TMPDIR, `known-failures-${process.getuid()}`);
  await watching(t, server.url, { cacheFile: undefined }).ready;
  assert.equal((await stat(folder)).mode & 0o777, 0o700);
  assert.equal((await readdir(folder)).length, 1);
  await chmod(folder, 0o777);
  const watcher = watching(t, server.url, { cacheFile: undefined });
  assert.deepEqual([(await watcher.ready).state, server.requests.length], ['fresh', 2]);
  assert.match(watcher.warnings.join(), /^WARN_CACHE: .* is not used: .* can be written by, another user$/);
});

test('a cache file that cannot be written costs a request, no run', async (t) => {
  const server = await serving(t, list(RULES));
  const folder = await temporaryFolder(t);
  await mkdir(join(folder, 'list.cache'));
  const watcher = watching(t, server.url, { cacheFile: join(folder, 'list.cache') });
  assert.equal((await watcher.ready).state, 'fresh');
  assert.match(watcher.warnings.join('\n'), /^WARN_CACHE: .* could not be read: EISDIR/);
  await writeFile(join(folder, 'file'), '');
  const other = watching(t, server.url, { cacheFile: join(folder, 'file/list.cache') });
  assert.equal((await other.ready).state, 'fresh');
  assert.equal(other.warnings.length, 1);
});
