// Processes and worker threads of one run share one list, and a watcher keeps none of them alive.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { ruleStats } from 'known-failures';
import { list, RULES, startServer, status, temporaryFolder, until, watching } from './rules-server.mjs';

const program = fileURLToPath(new URL('rules-process.mjs', import.meta.url));

async function serving(context, answer) {
  const server = await startServer(answer);
  context.after(() => server.stop());
  return server;
}

/** Runs a process that watches, and gives what it says. Its exit is its own. */
async function run(url, options) {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [program, url, JSON.stringify(options)]);
  return { ...JSON.parse(stdout), stderr };
}

async function cacheIn(context) {
  return join(await temporaryFolder(context), 'list.cache');
}

test('twelve processes at once make one request', async (t) => {
  const server = await serving(t, (request, response) => setTimeout(() => list(RULES)(request, response), 300));
  const cacheFile = await cacheIn(t);
  const statuses = await Promise.all(Array.from({ length: 12 }, () => run(server.url, { cacheFile })));
  for (const { state, issue, stderr } of statuses) assert.deepEqual([state, issue, stderr], ['fresh', 'SHOP-1', '']);
  assert.equal(server.requests.length, 1);
  assert.equal(
    statuses.reduce((sum, { fetches }) => sum + fetches, 0),
    1,
  );
  assert.deepEqual(await readdir(join(cacheFile, '..')), ['list.cache'], 'no lock is left');
});

test('twelve processes one after the other make one request', async (t) => {
  const server = await serving(t, list(RULES));
  const cacheFile = await cacheIn(t);
  for (let index = 0; index < 12; index++) {
    const { state, from, issue } = await run(server.url, { cacheFile });
    assert.deepEqual([state, from, issue], ['fresh', index === 0 ? 'source' : 'cache', 'SHOP-1']);
  }
  assert.equal(server.requests.length, 1);
});

test('of processes at once whose source is down, one tries, and all say so', async (t) => {
  const server = await serving(t, status(503));
  const options = { cacheFile: await cacheIn(t), backoffMs: 1000 };
  const statuses = await Promise.all(Array.from({ length: 6 }, () => run(server.url, options)));
  for (const { state, issue, stderr } of statuses) {
    assert.deepEqual([state, issue], ['none', null]);
    assert.match(stderr, /\[WARN_LIST\] KnownFailuresWarning: .* answered 503 .* No list is in force/);
  }
  assert.equal(server.requests.length, 3);
});

test('processes without a common cache ask one by one', async (t) => {
  const server = await serving(t, list(RULES));
  await Promise.all([run(server.url, { cacheFile: false }), run(server.url, { cacheFile: false })]);
  assert.equal(server.requests.length, 2);
});

for (const [name, content, seconds] of [
  ['a killed process', `999999999 0 ${hostname()}\n`, 0],
  ['a process of another machine that was killed', '1 0 elsewhere\n', 60],
  ['a process that was killed before it wrote its name', '', 60],
]) {
  test(`the lock of ${name} is taken over`, async (t) => {
    const server = await serving(t, list(RULES));
    const cacheFile = await cacheIn(t);
    const at = Date.now() / 1000 - seconds;
    await writeFile(`${cacheFile}.lock`, content);
    await utimes(`${cacheFile}.lock`, at, at);
    assert.equal((await watching(t, server.url, { cacheFile }).ready).state, 'fresh');
    assert.deepEqual(await readdir(join(cacheFile, '..')), ['list.cache']);
  });
}

test('a lock that stays is waited for, but not for ever, and not deleted', async (t) => {
  const server = await serving(t, list(RULES));
  const cacheFile = await cacheIn(t);
  const alive = `${process.pid} 0 ${hostname()}\n`;
  await writeFile(`${cacheFile}.lock`, alive);
  const { state, from } = await watching(t, server.url, { cacheFile, attempts: 1, timeoutMs: 200 }).ready;
  assert.deepEqual([state, from], ['fresh', 'source']);
  assert.equal(await readFile(`${cacheFile}.lock`, 'utf8'), alive);
});

test('a process that is killed while it asks holds nobody up', async (t) => {
  const server = await serving(t, () => {});
  const cacheFile = await cacheIn(t);
  const child = execFile(process.execPath, [program, server.url, JSON.stringify({ cacheFile, timeoutMs: 60_000 })]);
  await until(() => server.requests.length === 1);
  const next = watching(t, server.url, { cacheFile, timeoutMs: 60_000 });
  server.answer = list(RULES);
  child.kill('SIGKILL');
  assert.equal((await next.ready).state, 'fresh');
  assert.equal(server.requests.length, 2);
});

test('worker threads take the list of the main thread, and leave its counts alone', async (t) => {
  const server = await serving(t, list(RULES));
  const cacheFile = await cacheIn(t);
  const main = await watching(t, server.url, { cacheFile }).ready;
  const inWorker = async () => {
    const worker = new Worker(new URL(import.meta.resolve('./rules-thread.mjs')), { workerData: { url: server.url, cacheFile } });
    const said = new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
    // it exits by itself, its watcher open
    await new Promise((resolve) => worker.once('exit', resolve));
    return said;
  };
  for (const { state, version, issue } of await Promise.all([inWorker(), inWorker(), inWorker()])) {
    assert.deepEqual([state, version, issue], ['fresh', main.version, 'SHOP-1']);
  }
  assert.equal(server.requests.length, 1);
  assert.equal(ruleStats().rules[0].matches, 3);
});

test('a process ends while its source does not answer a refresh in the background', async (t) => {
  const server = await serving(t, (request, response) => {
    if (server.requests.length === 1) list(RULES)(request, response);
  });
  const { state } = await run(server.url, { cacheFile: false, refreshMs: 1, timeoutMs: 500 });
  assert.equal(state, 'fresh');
});

test('a process ends with a watched file, and with a function', async (t) => {
  const file = join(await temporaryFolder(t), 'list.json');
  await writeFile(file, JSON.stringify(RULES));
  assert.equal((await run(file, { refreshMs: 10 })).issue, 'SHOP-1');
  const code = `import { watchRules } from 'known-failures/rules'; await watchRules(() => '[]', { refreshMs: 10 }).ready; console.log('end')`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
  });
  assert.equal(stdout, 'end\n');
});
