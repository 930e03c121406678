// The log plugin, with the real addon and a real HTTP server.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { test } from 'node:test';

import { createLogPlugin } from '../examples/log-plugin/plugin.mjs';
import { fetchRules } from '../examples/log-plugin/rules-source.mjs';
import { RunTree } from '../examples/log-plugin/tree.mjs';

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

/** A plugin that keeps its warnings and does not wait long between attempts. */
function plugin(rulesUrl, options) {
  const warnings = [];
  const created = createLogPlugin({ rulesUrl, backoffMs: 1, warn: (message) => warnings.push(message), ...options });
  return Object.assign(created, { warnings });
}

/** A run of one failed test. */
async function runOne(log, error, title = 'pays by card') {
  log.startRun({ title: 'nightly' });
  log.startTest({ id: '1', suites: ['Checkout', 'Payment'], title });
  const ended = await log.endTest({ id: '1', status: 'failed', error });
  return { ended, run: await log.endRun() };
}

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
  assert.equal(ended.status, 'Failed');
  assert.equal(ended.metadata.verdict.reason, 'no-rules');
  assert.equal('issue' in ended.metadata, false);
  assert.equal(run.metadata.knownFailures, null);
  assert.deepEqual(log.warnings, ['no known failures for this run: the API answered 503']);
});

test('a host that is not there does not fail the run', async () => {
  const log = plugin('http://127.0.0.1:1/', { attempts: 2 });
  const { ended } = await runOne(log, new Error('x'));
  assert.equal(ended.status, 'Failed');
  assert.equal(log.warnings.length, 1);
  assert.match(log.warnings[0], /fetch failed: .*(ECONNREFUSED|bad port)/);
});

for (const [name, body] of [
  ['a list that is no JSON', '{"rules": ['],
  ['a page of HTML', '<!doctype html><title>Log in</title>'],
  ['JSON of another shape', '{"items": []}'],
]) {
  test(`${name} does not fail the run`, async (t) => {
    const server = await api(t, { body });
    const log = plugin(server.url);
    const { ended } = await runOne(log, new Error('card 12 refused'));
    assert.equal(ended.status, 'Failed');
    assert.equal(ended.metadata.verdict.reason, 'no-rules');
    assert.equal(log.warnings.length, 1);
    assert.match(log.warnings[0], /^no known failures for this run: ./);
  });
}

test('a run that ends before the list is loaded does not wait for it', async (t) => {
  const server = await api(t, { delayMs: 60_000 });
  const log = plugin(server.url);
  log.startRun({ title: 'nightly' });
  log.startTest({ id: '1', suites: [], title: 'passes' });
  await log.endTest({ id: '1', status: 'passed' });
  const run = await log.endRun();
  assert.equal(run.status, 'passed');
  assert.deepEqual(log.warnings, []);
});

test('a status that is final is not retried', async (t) => {
  const server = await api(t, { status: 404 });
  await assert.rejects(fetchRules(server.url, { backoffMs: 1 }), { message: 'the API answered 404' });
  assert.equal(server.asked, 1);
});

test('an API that is slow once is asked again', async (t) => {
  const server = await api(t, { delayMs: 5000 }, { body: '[]' });
  assert.equal(Buffer.from(await fetchRules(server.url, { backoffMs: 1, timeoutMs: 200 })).toString(), '[]');
  assert.equal(server.asked, 2);
});

// From here on there are rules.

test('a known failure is Broken and carries its issue, any other is Failed', async (t) => {
  const server = await api(t, { status: 500 }, { body: JSON.stringify({ rules }) });
  const log = plugin(server.url);
  log.startRun({ title: 'nightly' });
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
    ended.map(({ status, metadata }) => [status, metadata.issue, metadata.verdict.reason]),
    [
      ['Broken', 'PAY-1: card refused', 'matched'],
      ['Failed', undefined, 'no-match'],
      ['Broken', 'PAY-2: only on phones', 'matched'],
      ['Failed', undefined, 'no-match'],
      ['Failed', undefined, 'no-error'],
    ],
  );
  const run = await log.endRun();
  assert.equal(server.asked, 2);
  assert.equal(run.status, 'failed');
  assert.equal(run.metadata.knownFailures.active, 2);
  assert.equal(await log.loaded(), run.metadata.knownFailures);
  assert.deepEqual(log.warnings, []);
});

test('refused rules become a warning, the others work', async (t) => {
  const server = await api(t, { body: JSON.stringify([{ id: 'b', issue: 'PAY-3', error: '(' }, ...rules]) });
  const log = plugin(server.url);
  const { ended } = await runOne(log, new Error('card 1 refused'));
  assert.equal(ended.metadata.issue, 'PAY-1: card refused');
  assert.equal(ended.metadata.verdict.rule, 1);
  assert.equal(log.warnings.length, 1);
  assert.match(log.warnings[0], /^1 of 3 known failures were refused:\n {2}rule 0 \(b\), PAY-3: error: ./);
});

test('endRun waits for verdicts that nobody awaited', async (t) => {
  const server = await api(t, { body: JSON.stringify(rules), delayMs: 30 });
  const log = plugin(server.url);
  log.startRun({ title: 'nightly' });
  log.startTest({ id: '1', suites: [], title: 'pays' });
  void log.endTest({ id: '1', status: 'failed', error: new Error('card 1 refused') });
  await log.endRun();
  assert.equal(log.tests()[0].status, 'Broken');
});

test('the option fields maps keys of another name', async (t) => {
  const server = await api(t, { body: JSON.stringify([{ ticket: 'PAY-9', pattern: 'refused' }]) });
  const log = plugin(server.url, { load: { fields: { issue: 'ticket', error: 'pattern' } } });
  const { ended } = await runOne(log, new Error('refused'));
  assert.equal(ended.metadata.issue, 'PAY-9');
});

// The tree. It knows nothing of rules.

/** Titles and states of a tree, as nested arrays. */
const outline = (node) => [node.title, ...(node.status ? [node.status] : []), ...node.children.map(outline)];

const steps = [
  { test: '1', type: 'start', step: 'a', title: 'opens the basket', at: 1 },
  { test: '1', type: 'start', step: 'b', parent: 'a', title: 'GET /basket', at: 2 },
  { test: '1', type: 'message', step: 'b', text: '200', at: 3 },
  { test: '1', type: 'end', step: 'b', status: 'passed', at: 4 },
  { test: '1', type: 'end', step: 'a', status: 'failed', at: 7 },
];

test('steps nest, in whatever order their events come', () => {
  const orders = [steps, [...steps].reverse(), [1, 4, 2, 0, 3].map((i) => steps[i])];
  for (const events of orders) {
    const tree = new RunTree('nightly', 0);
    tree.startTest('1', { suites: ['Checkout', 'Basket'], title: 'opens', at: 0 });
    for (const event of events) tree.log(event);
    tree.endTest('1', { status: 'Failed', at: 9 });
    const run = tree.endRun(10);
    const test = ['opens', 'Failed', ['opens the basket', 'failed', ['GET /basket', 'passed']]];
    assert.deepEqual(outline(run), ['nightly', 'failed', ['Checkout', ['Basket', test]]]);
    const [step] = tree.tests()[0].children;
    assert.equal(step.durationMs, 6);
    assert.equal(step.children[0].durationMs, 2);
    assert.deepEqual(step.children[0].messages, ['200']);
  }
});

test('interleaved tests keep their steps apart, and share their suites', () => {
  const tree = new RunTree('nightly', 0);
  const ids = Array.from({ length: 60 }, (_, i) => String(i));
  for (const id of ids) tree.startTest(id, { suites: ['Checkout', id % 2 ? 'odd' : 'even'], title: id, at: 0 });
  for (const event of steps) for (const id of ids) tree.log({ ...event, test: id });
  for (const id of ids) tree.endTest(id, { status: 'passed', at: 9 });
  const run = tree.endRun(10);
  assert.deepEqual(
    run.children.map((suite) => [suite.title, suite.children.map((child) => [child.title, child.children.length])]),
    [
      [
        'Checkout',
        [
          ['even', 30],
          ['odd', 30],
        ],
      ],
    ],
  );
  for (const test of tree.tests())
    assert.deepEqual(outline(test).slice(2), [['opens the basket', 'failed', ['GET /basket', 'passed']]]);
});

test('what never ended is unfinished, what never started is kept', () => {
  const tree = new RunTree('nightly', 0);
  tree.startTest('1', { suites: [], title: 'opens', at: 0 });
  tree.log(steps[0]);
  tree.log({ test: '1', type: 'start', step: 'c', parent: 'lost', title: 'child', at: 2 });
  tree.log({ test: '1', type: 'message', text: 'of the test itself', at: 2 });
  const run = tree.endRun(10);
  assert.deepEqual(outline(run.children[0]), [
    'opens',
    'unfinished',
    ['opens the basket', 'unfinished'],
    ['step lost (its start is missing)', 'unfinished', ['child', 'unfinished']],
  ]);
  assert.deepEqual(tree.tests()[0].messages, ['of the test itself']);
});

test('steps may nest very deep', () => {
  const tree = new RunTree('nightly', 0);
  tree.startTest('1', { suites: [], title: 'opens', at: 0 });
  for (let i = 1; i <= 100_000; i++)
    tree.log({ test: '1', type: 'start', step: String(i), parent: i > 1 ? String(i - 1) : undefined, at: i });
  tree.endRun(10);
  assert.equal(tree.tests()[0].children[0].status, 'unfinished');
});
