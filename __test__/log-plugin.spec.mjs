// The example's log plugin, and recorders that have a source of a list: with the real addon and a real HTTP server.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createRecorder } from 'known-failures/recorder';
import { createLogPlugin } from '../examples/log-plugin/plugin.mjs';

/** An API that gives the answers in turn and repeats the last one. */
async function api(t, ...answers) {
  const server = createServer((_request, response) => {
    server.asked += 1;
    const { status = 200, body = '', delayMs = 0 } = answers[Math.min(server.asked, answers.length) - 1];
    setTimeout(() => response.writeHead(status, { 'content-type': 'application/json' }).end(body), delayMs).unref();
  });
  server.asked = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  server.url = `http://127.0.0.1:${server.address().port}/known-failures`;
  return server;
}

/** Every run asks the API, and does not wait long between attempts. */
const rulesOptions = { backoffMs: 1, cacheFile: false, refreshMs: false };

/** A plugin that keeps its warnings. */
function plugin(rulesUrl, options) {
  const warnings = [];
  const warn = (message) => warnings.push(message);
  const created = createLogPlugin({ title: 'nightly', rulesUrl, warn, rulesOptions: { ...rulesOptions, ...options } });
  return { ...created, warnings };
}

/** A run of one failed test. */
async function runOne(log, error, title = 'pays by card') {
  log.startRun();
  log.startTest({ id: '1', suites: ['Checkout', 'Payment'], title });
  const ended = await log.endTest({ id: '1', status: 'failed', error });
  return { ended, run: await log.endRun() };
}

const reasonsOf = ({ attempts }) => attempts[0].failures.map(({ reason }) => reason);

const rules = [
  { issue: 'PAY-1: card refused', error: 'card \\d+ refused', id: 'a', owner: 'ignored' },
  { issue: 'PAY-2: only on phones', error: 'timed out', test: '\\[phone\\]$' },
];

// Rules belong to the process. There are none until a list is loaded, so these tests come first.

test('an API that is down is asked again, then the run continues without rules', async (t) => {
  const server = await api(t, { status: 503 });
  const log = plugin(server.url, { attempts: 3 });
  const { ended, run } = await runOne(log, new Error('card 12 refused'));
  assert.equal(server.asked, 3);
  assert.deepEqual([ended.status, ended.issue, reasonsOf(ended)], ['Failed', null, ['no-rules']]);
  assert.deepEqual([run.rules.state, run.rules.version, run.rules.source], ['none', null, server.url]);
  assert.match(run.rules.reason, /503/);
  assert.equal(log.warnings.length, 1);
  assert.match(log.warnings[0], /503/);
  assert.deepEqual(run.warnings, log.warnings);
});

for (const [name, body] of [
  ['a list that is no JSON', '{"rules": ['],
  ['a page of HTML', '<!doctype html><title>Log in</title>'],
  ['JSON of another shape', '{"items": []}'],
]) {
  test(`${name} does not fail the run`, async (t) => {
    const server = await api(t, { body });
    const log = plugin(server.url);
    const { ended, run } = await runOne(log, new Error('card 12 refused'));
    assert.deepEqual([ended.status, reasonsOf(ended)], ['Failed', ['no-rules']]);
    assert.equal(run.rules.state, 'none');
    assert.equal(log.warnings.length, 1);
  });
}

test('a run that ends before the list is loaded does not wait for it', async (t) => {
  const server = await api(t, { delayMs: 60_000 });
  const log = plugin(server.url);
  log.startRun();
  log.startTest({ id: '1', suites: [], title: 'passes' });
  await log.endTest({ id: '1', status: 'passed' });
  const run = await log.endRun();
  assert.equal(run.status, 'passed');
  assert.deepEqual(log.warnings, []);
});

// From here on there are rules.

test('a known failure is Broken and carries its issue, any other is Failed', async (t) => {
  const server = await api(t, { status: 500 }, { body: JSON.stringify({ rules }) });
  const log = plugin(server.url);
  log.startRun();
  const tests = [
    ['pays by card', new Error('card 4711 refused')],
    ['pays by invoice', new TypeError('x is not a function')],
    ['waits [phone]', 'timed out'],
    ['waits [desktop]', 'timed out'],
    ['throws nothing', undefined],
  ];
  // All at once: the first calls come before the list is loaded.
  const ended = await Promise.all(
    tests.map(([title, error], i) => {
      log.startTest({ id: String(i), suites: ['Checkout'], title });
      return log.endTest({ id: String(i), status: 'failed', error });
    }),
  );
  assert.deepEqual(
    ended.map((test) => [test.status, test.issue, ...reasonsOf(test)]),
    [
      ['Broken', 'PAY-1: card refused', 'matched'],
      ['Failed', null, 'no-match'],
      ['Broken', 'PAY-2: only on phones', 'matched'],
      ['Failed', null, 'no-match'],
      ['Failed', null, 'no-error'],
    ],
  );
  const run = await log.endRun();
  assert.equal(server.asked, 2);
  assert.deepEqual([run.status, run.title, run.rules.active, run.rules.state], ['failed', 'nightly', 2, 'fresh']);
  assert.ok(Date.parse(run.rules.confirmedAt) > 0);
  assert.deepEqual(log.warnings, []);
});

test('refused rules become a warning, the others work', async (t) => {
  const server = await api(t, { body: JSON.stringify([{ id: 'b', issue: 'PAY-3', error: '(' }, ...rules]) });
  const log = plugin(server.url);
  const { ended, run } = await runOne(log, new Error('card 1 refused'));
  assert.equal(ended.issue, 'PAY-1: card refused');
  assert.equal(ended.attempts[0].failures[0].rule, 1);
  assert.equal(log.warnings.length, 1);
  assert.match(log.warnings[0], /PAY-3/);
  assert.deepEqual(
    run.rules.rejected.map(({ index }) => index),
    [0],
  );
});

test('endRun waits for verdicts that nobody awaited', async (t) => {
  const server = await api(t, { body: JSON.stringify(rules), delayMs: 30 });
  const log = plugin(server.url);
  log.startRun();
  log.startTest({ id: '1', suites: [], title: 'pays' });
  void log.endTest({ id: '1', status: 'failed', error: new Error('card 1 refused') });
  assert.equal((await log.endRun()).tests[0].status, 'Broken');
});

test('the option fields maps keys of another name', async (t) => {
  const server = await api(t, { body: JSON.stringify([{ ticket: 'PAY-9', pattern: 'refused' }]) });
  const log = plugin(server.url, { load: { fields: { issue: 'ticket', error: 'pattern' } } });
  const { ended } = await runOne(log, new Error('refused'));
  assert.equal(ended.issue, 'PAY-9');
});

// A recorder makes a watcher of a source.

/** A recorder that keeps its warnings. */
function recorderOf(source, options = rulesOptions) {
  const warnings = [];
  const recorder = createRecorder({ rules: source, rulesOptions: options, warn: (message) => warnings.push(message) });
  return { ...recorder, warnings };
}

test('the source of a recorder may be a URL, a path or a function', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'known-failures-'));
  t.after(() => rm(folder, { recursive: true }));
  const path = join(folder, 'rules.json');
  const listOf = (issue) => JSON.stringify([{ issue, error: 'boom' }]);
  await writeFile(path, listOf('PATH'));
  const server = await api(t, { body: listOf('URL') });
  for (const [issue, source, told, options] of [
    ['URL', server.url, server.url],
    ['URL', new URL(server.url), server.url],
    ['PATH', path, path, {}],
    ['FUNCTION', async () => JSON.parse(listOf('FUNCTION')), null, {}],
  ]) {
    const recorder = recorderOf(source, options);
    const { ended, run } = await runOne(recorder, 'boom');
    assert.deepEqual([ended.issue, run.rules.source, run.rules.state], [issue, told, 'fresh']);
    assert.deepEqual(recorder.warnings, []);
  }
});

test('at the end of the run, a list that is still loading is given up', async () => {
  let given;
  const recorder = recorderOf((context) => {
    given = context.signal;
    return new Promise(() => {});
  }, {});
  recorder.startRun();
  recorder.endTest({ id: '1', title: 'passes', status: 'passed' });
  await new Promise(setImmediate);
  assert.equal(given.aborted, false);
  assert.equal((await recorder.endRun()).status, 'passed');
  await new Promise(setImmediate);
  assert.equal(given.aborted, true);
  assert.deepEqual(recorder.warnings, []);
});

test('a list that fails while an earlier one is in force is stale', async (t) => {
  const server = await api(t, { status: 404 });
  const recorder = recorderOf(server.url);
  const { ended, run } = await runOne(recorder, 'boom');
  assert.deepEqual([ended.issue, run.rules.state], ['FUNCTION', 'stale']);
  assert.match(run.rules.reason, /404/);
  assert.equal(recorder.warnings.length, 1);
  assert.deepEqual(run.warnings, recorder.warnings);
});

test('a source or an option that is wrong is a warning', async () => {
  for (const [source, options, message] of [
    ['ftp://me:secret@example.com/rules.json?token=secret', {}, /^no known failures for this run: .*ftp/],
    ['rules.json', { atempts: 2 }, /^no known failures for this run: .*atempts.*`attempts`/],
  ]) {
    const recorder = recorderOf(source, options);
    const { ended, run } = await runOne(recorder, 'boom');
    assert.equal(ended.issue, 'FUNCTION');
    assert.equal(run.rules.state, 'stale');
    assert.ok(recorder.warnings[0].endsWith(run.rules.reason));
    assert.equal(JSON.stringify(run).includes('secret'), false);
    assert.equal(recorder.warnings.length, 1);
    assert.match(recorder.warnings[0], message);
  }
});
