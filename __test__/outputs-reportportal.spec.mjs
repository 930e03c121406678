// known-failures/reportportal: the issue of a verdict, and a client that sends it.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import { classify, classifySync } from 'known-failures';
import { reportPortalIssue, withKnownFailures } from 'known-failures/reportportal';
import { load } from './support.mjs';

const RULES = [
  { issue: 'SHOP-1', error: 'Timeout', test: '^Cart › checkout › pays$', id: 'timeout' },
  { issue: 'SHOP-2', error: 'refused' },
];
const TRACKER = { issueUrl: 'https://bugs.example/browse/%s', btsUrl: 'https://bugs.example', btsProject: 'SHOP' };

const BROKEN = { status: 'Broken', issue: 'SHOP-1', url: null, rule: 0, id: 'timeout', match: { text: 'Timeout' } };

test('the issue of a verdict', async () => {
  await load(RULES);
  const verdict = await classify('Cart › checkout › pays', 'Timeout of 5 s');
  assert.deepEqual(reportPortalIssue(verdict), {
    issueType: 'pb001',
    comment: 'Known failure SHOP-1 by rule timeout: Timeout',
    ignoreAnalyzer: true,
  });
  assert.equal(reportPortalIssue(classifySync('', 'boom')), null);
});

for (const [what, verdict, options, expected] of [
  ['another defect type', BROKEN, { issueType: 'ab_1h7' }, { issueType: 'ab_1h7' }],
  [
    'a defect type by verdict',
    BROKEN,
    { issueType: ({ issue }) => (issue.startsWith('SHOP') ? 'si001' : 'ab001') },
    { issueType: 'si001' },
  ],
  ['a comment', BROKEN, { comment: 'known' }, { comment: 'known' }],
  ['a comment by verdict', BROKEN, { comment: ({ issue }) => issue }, { comment: 'SHOP-1' }],
  ['the analyzer', BROKEN, { ignoreAnalyzer: false }, { ignoreAnalyzer: false }],
  ['a rule without an id', { ...BROKEN, id: null }, {}, { comment: 'Known failure SHOP-1 by rule 0: Timeout' }],
  ['a recorded test', { status: 'Broken', issue: 'SHOP-1' }, {}, { comment: 'Known failure SHOP-1' }],
  [
    'a link',
    { ...BROKEN, url: 'https://x.example/1' },
    {},
    { comment: 'Known failure SHOP-1 by rule timeout: Timeout\nhttps://x.example/1' },
  ],
  [
    'a link that is none',
    { ...BROKEN, url: 'javascript:alert(1)' },
    {},
    { comment: 'Known failure SHOP-1 by rule timeout: Timeout' },
  ],
]) {
  test(`the issue of a verdict, with ${what}`, () => {
    const issue = reportPortalIssue(verdict, options);
    for (const [key, value] of Object.entries(expected)) assert.equal(issue[key], value);
  });
}

test('a ticket needs link, tracker and project: the server refuses one that lacks a field', () => {
  const [ticket] = reportPortalIssue(BROKEN, TRACKER).externalSystemIssues;
  assert.ok(Math.abs(ticket.submitDate - Date.now()) < 60_000);
  assert.deepEqual(ticket, {
    ticketId: 'SHOP-1',
    url: 'https://bugs.example/browse/SHOP-1',
    btsUrl: 'https://bugs.example',
    btsProject: 'SHOP',
    submitDate: ticket.submitDate,
  });
  for (const left of Object.keys(TRACKER)) {
    assert.ok(!('externalSystemIssues' in reportPortalIssue(BROKEN, { ...TRACKER, [left]: null })), left);
  }
});

test('a comment is short, whatever was matched', () => {
  const long = { ...BROKEN, issue: 'A'.repeat(5000), match: { text: '💥'.repeat(5000) } };
  assert.equal(reportPortalIssue(long).comment.length, 1000);
  assert.ok(reportPortalIssue(long, { comment: `${'x'.repeat(998)}💥💥` }).comment.isWellFormed());
});

test('an option that does not exist is a mistake', () => {
  assert.throws(() => reportPortalIssue(BROKEN, { issuetype: 'ab001' }), { code: 'ERR_INVALID_ARG', message: /issueType/ });
});

/** A client that writes down the ends of its items. */
class Client {
  #started = 0;
  ends = [];
  startTestItem() {
    this.#started += 1;
    return { tempId: `${this.#started}`, promise: Promise.resolve() };
  }
  sendLog() {
    return { promise: Promise.resolve() };
  }
  finishTestItem(id, request) {
    this.ends.push({ id, ...request });
    return { tempId: id, promise: Promise.resolve(this.ends.length) };
  }
}

/** A wrapped client, and functions that run a test on it. */
function wrap(options) {
  const warnings = [];
  const client = withKnownFailures(new Client(), { warn: (message) => warnings.push(message), ...options });
  const start = (name, parent, more) => client.startTestItem({ name, ...more }, 'launch', parent).tempId;
  const log = (id, message, level = 'error') => client.sendLog(id, { level, message });
  const checkout = start('checkout', start('Cart'));
  /** @returns the issue's comment that came with the end; undefined if none did */
  const runTest = (errors, { name = 'pays', end = { status: 'failed' }, level } = {}) => {
    const id = start(name, checkout);
    for (const error of errors) log(id, error, level);
    client.finishTestItem(id, end);
    return client.ends.find((one) => one.id === id).issue;
  };
  return { client, warnings, start, log, checkout, runTest };
}

test('a failed item has the issue of its error logs, and the name that its parents give it', async () => {
  await load(RULES);
  const { runTest, warnings } = wrap();
  assert.equal(runTest(['Error: Timeout'])?.comment, 'Known failure SHOP-1 by rule timeout: Timeout');
  assert.equal(runTest(['Error: Timeout'], { name: 'pays later' }), undefined);
  assert.equal(runTest(['Error: Timeout'], { level: 'FATAL', end: { status: 'FAILED' } })?.issueType, 'pb001');
  assert.equal(runTest(['Error: Timeout'], { level: 'info' }), undefined);
  assert.equal(runTest(['Error: Timeout'], { end: { status: 'passed' } }), undefined);
  assert.equal(runTest(['Error: Timeout'], { end: null }), undefined);
  assert.equal(runTest([]), undefined);
  const own = { issueType: 'NOT_ISSUE' };
  assert.equal(runTest(['Error: Timeout'], { end: { status: 'failed', issue: own } }), own);
  assert.deepEqual(warnings, []);
});

test('of several errors all have to be known, or any', async () => {
  await load(RULES);
  for (const [errors, options, expected] of [
    [['Timeout', 'refused'], {}, 'SHOP-1'],
    [['Timeout', 'boom'], {}, undefined],
    [['Timeout', 'Timeout'], {}, 'SHOP-1'],
    [['boom', 'refused'], { errors: 'any' }, 'SHOP-2'],
    [['boom'], { errors: 'any' }, undefined],
  ]) {
    const issue = wrap({ ...TRACKER, ...options }).runTest(errors);
    assert.equal(issue?.externalSystemIssues[0].ticketId, expected, `${errors}`);
  }
});

test('errors of nested steps are those of the test, and suites have none', async () => {
  await load(RULES);
  const { client, start, log, checkout } = wrap();
  const pays = start('pays', checkout);
  const step = start('a step', pays, { hasStats: false });
  const inner = start('a step of it', step, { hasStats: false });
  log(inner, 'Timeout');
  for (const id of [inner, step, pays, checkout]) client.finishTestItem(id, { status: 'failed' });
  assert.deepEqual(
    client.ends.map(({ id, issue }) => [id, issue?.issueType]),
    [
      [inner, undefined],
      [step, undefined],
      [pays, 'pb001'],
      [checkout, undefined],
    ],
  );
});

test('the request is the caller’s, and stays as it is', async () => {
  await load(RULES);
  const { runTest } = wrap();
  const end = Object.freeze({ status: 'failed' });
  assert.ok(runTest(['Timeout'], { end }));
  assert.deepEqual(end, { status: 'failed' });
});

test('the end of a failed item waits for a list that is being loaded; other ends do not', async () => {
  await load([]);
  let answer;
  const list = new Promise((resolve) => {
    answer = resolve;
  });
  const { client, start, log, checkout } = wrap({ rules: () => list });
  const [failed, passed] = [start('pays', checkout), start('passes', checkout)];
  log(failed, 'Timeout');
  const { tempId, promise } = client.finishTestItem(failed, { status: 'failed' });
  client.finishTestItem(passed, { status: 'passed' });
  assert.equal(tempId, failed);
  assert.deepEqual(
    client.ends.map(({ id }) => id),
    [passed],
  );
  answer(RULES);
  assert.equal(await promise, 2);
  assert.equal(client.ends[1].issue.issueType, 'pb001');
});

test('a list that does not load is a warning, and items end without an issue', async () => {
  await load([]);
  const rulesOptions = { attempts: 1, refreshMs: false };
  const { client, start, log, checkout, warnings } = wrap({ rules: () => Promise.reject(new Error('no network')), rulesOptions });
  for (const name of ['pays', 'pays again']) {
    const id = start(name, checkout);
    log(id, 'Timeout');
    await client.finishTestItem(id, { status: 'failed' }).promise;
  }
  assert.deepEqual(
    client.ends.map(({ issue }) => issue),
    [undefined, undefined],
  );
  assert.match(warnings.join('\n'), /no network/);
  assert.equal(warnings.filter((message) => message.includes('no list of known failures was in force')).length, 1);
});

test('trouble of ours is a warning: the client works as before', async () => {
  await load(RULES);
  const { runTest, warnings, client, start } = wrap({
    issueTyp: 'ab001',
    comment() {
      throw new Error('no comment');
    },
  });
  assert.equal(runTest(['Timeout']), undefined);
  assert.equal(warnings.length, 2);
  assert.match(warnings[0], /issueType/);
  assert.equal(warnings[1], 'withKnownFailures: an item goes without its issue: no comment');
  client.sendLog('unknown', null);
  client.finishTestItem('unknown', null);
  start(undefined, 'unknown');
  assert.equal(warnings.length, 2);
});

test('what is no client is a warning, and wrapping twice is wrapping once', async () => {
  await load(RULES);
  const warnings = [];
  const warn = (message) => warnings.push(message);
  for (const given of [undefined, null, {}]) assert.equal(withKnownFailures(given, { warn }), given);
  assert.match(warnings[0], /is no client of ReportPortal/);
  const { client } = wrap();
  const { finishTestItem } = client;
  assert.equal(withKnownFailures(client).finishTestItem, finishTestItem);
});

test('the reporter in the documentation is the one that runs against the real agent', async () => {
  const read = (path) => readFile(new URL(`../${path}`, import.meta.url), 'utf8');
  const [, sample] = /```cjs\n(.*?)```/s.exec(await read('docs/outputs.md'));
  assert.equal(sample, await read('__test__/runners/outputs/reportportal-reporter.cjs'));
});
