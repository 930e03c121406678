// known-failures/allure and the command `allure`: results are marked, and marked anew when the list has changed.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { allureCategories, allureListener, annotateResults } from 'known-failures/allure';
import { list, startServer } from './rules-server.mjs';
import { load } from './support.mjs';

const PROGRAM = fileURLToPath(new URL('../lib/cli/main.js', import.meta.url));
const ISSUE_URL = 'https://bugs.example/browse/%s';
const RULES = [
  { issue: 'SHOP-1', error: '^Error: Timeout', test: '^Cart › checkout › pays' },
  { issue: 'SHOP/2', error: 'refused' },
];

let folder;
let rules;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'known-failures-'));
  rules = join(folder, 'rules.json');
  await writeFile(rules, JSON.stringify(RULES));
});

after(() => rm(folder, { recursive: true }));

/** A result as allure-js adapters write it. */
function resultOf(name, status, statusDetails = {}, more = {}) {
  const labels = [{ name: 'package', value: 'shop.test.cart.js' }];
  const titlePath = ['shop', 'test', 'cart.js', 'Cart', 'checkout'];
  return { uuid: name, name, status, statusDetails, titlePath, labels, links: [], steps: [], ...more };
}

const TIMEOUT = { message: 'Timeout', trace: 'Error: Timeout\n    at pay (pay.js:1:1)' };
const REFUSED = { message: 'connect refused', trace: '' };

const results = [
  resultOf('passes', 'passed'),
  resultOf('skips', 'skipped', { message: 'Timeout' }),
  resultOf('pays', 'failed', TIMEOUT),
  resultOf('connects', 'broken', REFUSED),
  resultOf('adds', 'broken', { message: '1 !== 2', trace: 'AssertionError: 1 !== 2' }),
  resultOf('throws nothing', 'broken', null),
];

async function writeResults(name, all = results) {
  const directory = join(folder, name);
  await mkdir(directory);
  for (const result of all) await writeFile(join(directory, `${result.uuid}-result.json`), JSON.stringify(result));
  return directory;
}

const readResult = async (directory, name) => JSON.parse(await readFile(join(directory, `${name}-result.json`), 'utf8'));
const readAll = (directory) => Promise.all(results.map(({ uuid }) => readResult(directory, uuid)));

/** What marks a result. */
const marksOf = ({ status, statusDetails, labels, links }) => ({
  status,
  known: statusDetails?.known,
  labels: labels.filter(({ name }) => name === 'known-failure').map(({ value }) => value),
  links,
});

const KNOWN = { status: 'broken', known: true };
const UNKNOWN = { status: 'failed', known: undefined, labels: [], links: [] };

test('failures are marked by their verdict, and everything else stays', async () => {
  const directory = await writeResults('marked');
  const summary = await annotateResults(directory, { rules, issueUrl: ISSUE_URL });
  const { rulesVersion, ...counts } = summary;
  assert.match(rulesVersion, /^\d+-[0-9a-f]{8}$/);
  assert.deepEqual(counts, {
    results: 6,
    known: 2,
    unknown: 2,
    changed: 4,
    unreadable: 0,
    issues: [
      { issue: 'SHOP-1', url: 'https://bugs.example/browse/SHOP-1', results: 1 },
      { issue: 'SHOP/2', url: 'https://bugs.example/browse/SHOP%2F2', results: 1 },
    ],
  });
  const [passes, skips, pays, connects, adds, nothing] = await readAll(directory);
  assert.deepEqual([passes, skips], results.slice(0, 2));
  const link = (name, url) => [{ type: 'issue', name, url }];
  assert.deepEqual(marksOf(pays), { ...KNOWN, labels: ['SHOP-1'], links: link('SHOP-1', 'https://bugs.example/browse/SHOP-1') });
  assert.deepEqual(marksOf(connects), {
    ...KNOWN,
    labels: ['SHOP/2'],
    links: link('SHOP/2', 'https://bugs.example/browse/SHOP%2F2'),
  });
  assert.deepEqual([marksOf(adds), marksOf(nothing)], [UNKNOWN, UNKNOWN]);
  assert.deepEqual({ ...pays.statusDetails, known: undefined }, { ...TIMEOUT, known: undefined });
  assert.deepEqual((await readdir(directory)).length, 6, 'no temporary file is left');
});

test('a second time writes nothing; another list moves the marks; the empty one removes them', async () => {
  const directory = await writeResults('again');
  const mark = (list) => annotateResults(directory, { rules: () => list, issueUrl: ISSUE_URL });
  await mark(RULES);
  const marked = await readAll(directory);
  const { mtimeMs } = await stat(join(directory, 'pays-result.json'));
  assert.equal((await mark(RULES)).changed, 0);
  assert.equal((await stat(join(directory, 'pays-result.json'))).mtimeMs, mtimeMs);

  const moved = await mark([{ issue: 'SHOP-9', error: 'Timeout' }]);
  assert.deepEqual([moved.known, moved.changed], [1, 2]);
  const [, , pays, connects] = await readAll(directory);
  assert.deepEqual(marksOf(pays).labels, ['SHOP-9']);
  assert.deepEqual(pays.links, [{ type: 'issue', name: 'SHOP-9', url: 'https://bugs.example/browse/SHOP-9' }]);
  assert.deepEqual(marksOf(connects), UNKNOWN);

  await mark([]);
  for (const result of (await readAll(directory)).slice(2)) assert.deepEqual(marksOf(result), UNKNOWN);
  await mark(RULES);
  assert.deepEqual(await readAll(directory), marked);
});

test('links and labels of the test itself stay, even to the same issue', async () => {
  const own = { type: 'issue', name: 'SHOP-1', url: 'https://elsewhere.example/SHOP-1' };
  const labels = [{ name: 'known-failures-of', value: 'SHOP-1' }, ...results[2].labels];
  const directory = await writeResults('own', [{ ...results[2], links: [own], labels }]);
  await annotateResults(directory, { rules, issueUrl: ISSUE_URL });
  assert.equal((await readResult(directory, 'pays')).links.length, 2);
  await annotateResults(directory, { rules: () => [] });
  const result = await readResult(directory, 'pays');
  assert.deepEqual([result.links, result.labels], [[own], labels]);
});

test('status: keep', async () => {
  const directory = await writeResults('keep');
  await annotateResults(directory, { rules, status: 'keep' });
  const statuses = (await readAll(directory)).map(({ status, statusDetails }) => [status, statusDetails?.known]);
  assert.deepEqual(statuses.slice(2), [
    ['failed', true],
    ['broken', true],
    ['broken', undefined],
    ['broken', undefined],
  ]);
});

for (const [what, more, isInScope] of [
  ['a project before the path', { titlePath: ['chromium', 'shop', 'test', 'cart.js', 'Cart', 'checkout'] }, true],
  [
    'a file of an unknown kind',
    { titlePath: ['test', 'cart.robot', 'Cart', 'checkout'], labels: [{ name: 'package', value: 'test.cart.robot' }] },
    true,
  ],
  ['no label `package`', { labels: [] }, true],
  ['a Feature file', { labels: [], titlePath: ['features', 'cart.feature', 'Cart', 'checkout'] }, true],
  ['a suite that is called like a file', { titlePath: ['shop', 'test', 'cart.js', 'a.js', 'Cart', 'checkout'] }, false],
  ['no titlePath', { titlePath: undefined }, false],
  ['a titlePath of something else', { titlePath: [null, {}, 'Cart', 'checkout'], labels: [null, 7] }, true],
]) {
  test(`the name of a test is made of its titles: ${what}`, async () => {
    await load(RULES);
    const result = { ...resultOf('pays', 'failed', TIMEOUT), ...more };
    allureListener({ warn: assert.fail }).beforeTestResultWrite(result);
    assert.equal(result.status, isInScope ? 'broken' : 'failed');
  });
}

test('a file that is no result stays as it is, with a warning, and the others are marked', async () => {
  const directory = await writeResults('damaged');
  const damaged = ['{"status": "fail', 'null', '[]', '""'];
  for (const [index, text] of damaged.entries()) await writeFile(join(directory, `${index}-result.json`), text);
  await writeFile(join(directory, 'x-container.json'), '{"status":"failed"}');
  await mkdir(join(directory, 'folder-result.json'));
  const warnings = [];
  const summary = await annotateResults(directory, { rules, concurrency: 2, warn: (message) => warnings.push(message) });
  assert.deepEqual([summary.known, summary.unknown, summary.unreadable], [2, 2, 2]);
  assert.equal(warnings.length, 2);
  for (const warning of warnings) assert.match(warning, /^annotateResults: .*-result\.json stays as it is: /);
  for (const [index, text] of damaged.entries())
    assert.equal(await readFile(join(directory, `${index}-result.json`), 'utf8'), text);
});

test('more results than are open at the same time', async () => {
  const many = Array.from({ length: 300 }, (_, index) => ({ ...results[2 + (index % 3)], uuid: `${index}` }));
  const directory = await writeResults('many', many);
  const summary = await annotateResults(directory, { rules });
  assert.deepEqual([summary.results, summary.known, summary.unknown], [300, 200, 100]);
  assert.equal((await readdir(directory)).length, 300);
});

test('mistakes reject', async () => {
  await assert.rejects(annotateResults(join(folder, 'nowhere'), { rules }), { code: 'ENOENT' });
  await assert.rejects(annotateResults(folder, { rule: rules }), {
    code: 'ERR_INVALID_ARG',
    message: /did you mean.*rules|rules/,
  });
  await assert.rejects(annotateResults(folder, { issueUrl: 'javascript:%s' }), { code: 'ERR_INVALID_ARG' });
});

test('the listener marks as annotateResults does, and leaves alone what has not failed', async () => {
  await load(RULES);
  const listener = allureListener({ issueUrl: ISSUE_URL, warn: assert.fail });
  const written = structuredClone(results);
  for (const result of written) listener.beforeTestResultWrite(result);
  const directory = await writeResults('listener');
  await annotateResults(directory, { issueUrl: ISSUE_URL });
  assert.deepEqual(written, await readAll(directory));
});

test('the listener never throws: what it cannot read stays, with one warning', async () => {
  await load(RULES);
  const warnings = [];
  const listener = allureListener({ state: 'keep', warn: (message) => warnings.push(message) });
  const frozen = Object.freeze(structuredClone(results[2]));
  for (const given of [undefined, null, 7, {}, frozen, frozen]) listener.beforeTestResultWrite(given);
  assert.equal(warnings.length, 2, warnings.join('\n'));
  assert.match(warnings[0], /^allureListener: options.*status/);
  assert.match(warnings[1], /^allureListener: a result stays as it is: /);
});

test('without a list the listener changes nothing, and says what to do', async () => {
  await load([]);
  const warnings = [];
  const listener = allureListener({ warn: (message) => warnings.push(message) });
  const result = structuredClone(results[2]);
  listener.beforeTestResultWrite(result);
  listener.beforeTestResultWrite(result);
  assert.deepEqual(result, results[2]);
  assert.equal(warnings.length, 1);
  assert.match(warnings[0], /`known-failures allure DIR --rules RULES` marks the results after the run/);
});

/** Runs the command. */
function run(...args) {
  return new Promise((resolve) => {
    execFile(process.execPath, [PROGRAM, 'allure', ...args], (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });
}

test('the command marks the results of a folder', async () => {
  const directory = await writeResults('command');
  const { code, stdout, stderr } = await run(directory, '--rules', rules, '--issue-url', ISSUE_URL);
  assert.deepEqual([code, stderr], [0, '']);
  assert.match(stdout, /^ {2}Results {2}Issue {3}Link\n +1 {2}SHOP-1 {2}https:\/\/bugs\.example\/browse\/SHOP-1\n/);
  assert.ok(stdout.endsWith(`${directory}: 2 unknown and 2 known failures in 6 results, 4 changed\n`));
  assert.equal((await readResult(directory, 'pays')).statusDetails.known, true);
  const json = JSON.parse((await run(directory, '--rules', rules, '--json', '--issue-url', ISSUE_URL)).stdout);
  assert.deepEqual([json.directory, json.known, json.changed], [directory, 2, 0]);
});

test('the command sees a change of the list at once, whatever the cache file has', async (t) => {
  const server = await startServer(list([{ issue: 'OLD', error: 'Timeout' }]));
  t.after(server.stop);
  const directory = await writeResults('changed');
  await run(directory, '--rules', server.url);
  assert.deepEqual(marksOf(await readResult(directory, 'pays')).labels, ['OLD']);
  server.answer = list([{ issue: 'NEW', error: 'Timeout' }]);
  await run(directory, '--rules', server.url);
  assert.deepEqual(marksOf(await readResult(directory, 'pays')).labels, ['NEW']);
});

test('the command prints the configuration of Allure 3', async () => {
  const { stdout } = await run('--config');
  assert.deepEqual(JSON.parse(stdout), { categories: allureCategories() });
});

for (const [what, args, code, message] of [
  ['no folder', ['--rules', 'x'], 2, /which folder\? write known-failures allure DIR --rules RULES/],
  ['no list', ['.'], 2, /which list\? write --rules RULES/],
  ['a folder that is not there', ['/nowhere', '--rules', 'RULES'], 3, /\/nowhere: no such file or folder/],
  ['a list that is not there', ['FOLDER', '--rules', '/nowhere.json'], 3, /\/nowhere\.json: no list, so nothing was marked/],
  [
    'a template without a place',
    ['FOLDER', '--rules', 'RULES', '--issue-url', 'https://bugs.example'],
    2,
    /--issue-url must be a web address with %s/,
  ],
]) {
  test(`the command is given ${what}`, async () => {
    const given = args.map((arg) => ({ RULES: rules, FOLDER: folder })[arg] ?? arg);
    const result = await run(...given);
    assert.equal(result.code, code, result.stderr);
    assert.match(result.stderr, message);
    assert.equal(result.stdout, '');
  });
}
