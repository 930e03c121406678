// known-failures/github: the summary of a step and annotations, of runs whose texts try to break out of them.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { formatAnnotations, formatStepSummary, writeGitHub } from 'known-failures/github';
import { createRecorder } from 'known-failures/recorder';
import { load } from './support.mjs';

const MIB = 1_048_576;

/** Breaks out of a command, an element, an attribute, a code block and a line. */
const HOSTILE =
  'boom,line=1\r\n::error::injected\n::set-env name=X::1\n```\n</pre></details><script>alert(1)</script> | **bold** "\u001b[31m\u0000%0A';

let folder;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'known-failures-'));
  await load([
    { issue: 'SHOP-1', error: 'Timeout', id: 'timeout' },
    { issue: '<b>SHOP-2</b>\n::error::x', error: 'hostile issue' },
  ]);
});

after(() => rm(folder, { recursive: true }));

/** The report of a run of these tests: `[title, error]`, with null for one that passed. */
async function runOf(tests, options) {
  const recorder = createRecorder({ title: 'shop', warn: () => {}, ...options });
  for (const [title, error] of tests) {
    const status = error === null ? 'passed' : 'failed';
    recorder.endTest({ id: title, suites: ['Cart'], title, file: 'test/cart.spec.js', status, error });
  }
  return recorder.endRun();
}

const linesOf = (text) => text.split('\n').slice(0, -1);

test('an error for each kind of unknown failure, with file and line, and a notice for each known issue', async () => {
  const stack = 'Error: boom\n    at f (/repo/lib/cart.js:3:4)\n    at Context.<anonymous> (/repo/test/cart.spec.js:17:9)';
  const report = await runOf([
    ['adds', stack],
    ['adds again', stack],
    ['pays', 'Timeout'],
    ['passes', null],
  ]);
  const folders = { workspace: '/repo', cwd: '/repo' };
  assert.deepEqual(linesOf(formatAnnotations(report, folders)), [
    `::error file=test/cart.spec.js,line=17,col=9,title=Failed%3A Cart › adds::${stack.replaceAll('\n', '%0A')}%0A%0AThe same in 1 test:%0ACart › adds again`,
    '::notice title=Known failure%3A SHOP-1::1 test:%0ACart › pays',
  ]);
});

for (const [what, folders, expected] of [
  ['a checkout above the working directory', { workspace: '/repo', cwd: '/repo/shop' }, 'file=shop/test/cart.spec.js,'],
  ['a checkout elsewhere', { workspace: '/other', cwd: '/repo' }, null],
]) {
  test(`files are named relative to ${what}`, async () => {
    const [line] = linesOf(formatAnnotations(await runOf([['adds', 'boom']]), folders));
    assert.equal(/file=[^,]*,/.exec(line)?.[0] ?? null, expected);
  });
}

test('a hostile text stays within its command', async () => {
  const report = await runOf([
    [HOSTILE, HOSTILE],
    ['known', 'hostile issue'],
  ]);
  const lines = linesOf(formatAnnotations(report, { workspace: '/repo', cwd: '/repo' }));
  assert.equal(lines.length, 2);
  for (const line of lines) assert.match(line, /^::(error|notice) [^\r\n]*::[^\r\n]*$/);
  const [, properties] = /^::error (.*?)::/.exec(lines[0]);
  assert.deepEqual(
    properties.split(',').map((one) => one.split('=')[0]),
    ['file', 'title'],
  );
  assert.ok(lines[0].includes('%250A'), 'an escape in the text stays text');
});

test('at most ten of a level, and the tenth counts the others', async () => {
  const words = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
  const lines = linesOf(formatAnnotations(await runOf(words.map((word) => [word, `no ${word}`]))));
  assert.equal(lines.length, 10);
  assert.equal(lines[9], '::error::3 more kinds of failure: see the summary of the step');
  assert.equal(linesOf(formatAnnotations(await runOf(words.slice(0, 10).map((word) => [word, `no ${word}`])))).length, 10);
});

test('a run without failures says nothing', async () => {
  assert.equal(formatAnnotations(await runOf([['passes', null]])), '');
});

test('a list that did not load, and one with refused rules, are warnings', async () => {
  const report = await runOf([['adds', 'boom']]);
  const index = { index: 3, id: null, issue: 'A', field: 'error', code: 'ERR_PATTERN_SYNTAX', offset: 0 };
  const rules = {
    ...report.rules,
    state: 'none',
    reason: 'answered 500\n::error::x',
    rejected: [{ ...index, message: 'Nothing to repeat' }],
  };
  const warnings = linesOf(formatAnnotations({ ...report, rules })).filter((line) => line.startsWith('::warning'));
  assert.deepEqual(warnings, [
    '::warning title=No list of known failures was in force::No list: answered 500%0A::error::x',
    '::warning title=1 rule of the list of known failures was refused::rule 3: Nothing to repeat',
  ]);
  const stale = { ...report, rules: { ...report.rules, state: 'stale', reason: 'timed out' } };
  assert.match(
    formatAnnotations(stale),
    /^::warning title=The list of known failures is an earlier one::It is stale: timed out$/m,
  );
  assert.match(formatStepSummary(stale), /The list of known failures is an earlier one: timed out/);
});

test('tests that never ended are an error', async () => {
  const recorder = createRecorder({ warn: () => {} });
  recorder.startTest({ id: '1', suites: ['Cart'], title: 'hangs' });
  const report = await recorder.endRun();
  assert.deepEqual(linesOf(formatAnnotations(report)), [
    '::error title=1 unfinished test::Started and never ended: 1 test:%0ACart › hangs',
  ]);
  assert.match(formatStepSummary(report), /<h3>Unfinished tests<\/h3>\n\n<ul>\n<li>Cart › hangs<\/li>/);
});

test('the summary has the counts, unknown failures with their texts, and known ones by issue', async () => {
  const report = await runOf([
    ['adds', 'Error: boom\n\n  at once'],
    ['pays', 'Timeout'],
    ['passes', null],
  ]);
  report.issues[0].url = 'https://bugs.example/SHOP-1?a=1&b="';
  const summary = formatStepSummary(report);
  assert.match(summary, /^<h2>❌ shop<\/h2>\n\n<p><b>1 unknown<\/b>, 1 known, 1 passed<\/p>/);
  assert.match(summary, /<b>Cart › adds<\/b><\/summary>\n\n<pre>Error: boom\n\n {2}at once<\/pre>/);
  assert.match(summary, /<td><a href="https:\/\/bugs.example\/SHOP-1\?a=1&amp;b=%22">SHOP-1<\/a><\/td><td>1<\/td>/);
  report.issues[0].url = 'javascript:alert(1)';
  assert.match(formatStepSummary(report), /<td>SHOP-1<\/td>/);
});

test('a hostile text stays text in the summary', async () => {
  const summary = formatStepSummary(
    await runOf([
      [HOSTILE, HOSTILE],
      ['known', 'hostile issue'],
    ]),
  );
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  assert.doesNotMatch(summary, /<script|[\u0000\u001b\r]/);
  const tags = [...summary.matchAll(/<\/?(\w+)/g)].map(([, name]) => name);
  assert.deepEqual([...new Set(tags)].sort(), [
    'b',
    'details',
    'h2',
    'h3',
    'li',
    'p',
    'pre',
    'summary',
    'table',
    'td',
    'th',
    'tr',
    'ul',
  ]);
  // Markdown is read again after an empty line, unless it is within <pre>
  const outside = summary.replace(/<pre>.*?<\/pre>/gs, '');
  for (const block of outside.split('\n\n').filter(Boolean)) assert.match(block.trim(), /^</);
});

test('a summary fits, and says what it leaves out', async () => {
  const word = (index) => [...String(index)].map((digit) => 'abcdefghij'[digit]).join('');
  const report = await runOf(
    Array.from({ length: 400 }, (_, index) => [`test ${word(index)}`, `${word(index)} ${'x€'.repeat(9000)}`]),
  );
  assert.equal(report.unknown.length, 400);
  for (const maxBytes of [1024, 5000, 100_000, MIB]) {
    const summary = formatStepSummary(report, { maxBytes });
    assert.ok(Buffer.byteLength(summary) <= maxBytes, `${Buffer.byteLength(summary)} of ${maxBytes}`);
    const shown = summary.split('<details>').length - 1;
    assert.equal(Number(/… and (\d+) more/.exec(summary)[1]), 400 - shown);
  }
  assert.throws(() => formatStepSummary(report, { maxBytes: MIB + 1 }), { code: 'ERR_INVALID_ARG' });
});

test('writeGitHub appends to the summary of the step, within what is left of it', async () => {
  const path = join(folder, 'summary.md');
  const report = await runOf([['adds', 'boom']]);
  const write = async () => {
    const printed = [];
    await writeGitHub(report, (text) => printed.push(text));
    return printed.join('');
  };
  const given = process.env.GITHUB_STEP_SUMMARY;
  try {
    process.env.GITHUB_STEP_SUMMARY = path;
    assert.match(await write(), /^\n::error /);
    await write();
    assert.equal((await readFile(path, 'utf8')).split('<h2>').length, 3);
    await writeFile(path, 'x'.repeat(MIB - 2000));
    await write();
    assert.ok((await readFile(path)).length <= MIB);
    await writeFile(path, 'x'.repeat(MIB - 100));
    await assert.rejects(write(), /no room left/);
    delete process.env.GITHUB_STEP_SUMMARY;
    assert.match(await write(), /^\n::error /);
  } finally {
    if (given !== undefined) process.env.GITHUB_STEP_SUMMARY = given;
  }
});
