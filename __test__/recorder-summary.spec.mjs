// The summary of a run for a console.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { createRecorder, formatSummary } from 'known-failures/recorder';
import { loadRules } from '../index.js';

const rules = [
  { issue: 'PAY-1: card refused', error: 'card \\d+ refused', id: 'cards' },
  { issue: 'PAY-2', error: 'gateway' },
  { issue: 'PAY-3', error: '(', id: 'open' },
  { issue: 'PAY-4', error: '\\Anever' },
];

/** The report of a run with one of everything. */
async function run({ failing = 1, list = null } = {}) {
  if (list !== null) await loadRules(list);
  const recorder = createRecorder({ title: 'shop', warn: () => {} });
  const end = (id, title, status, errors) =>
    recorder.endTest({ id, suites: ['Cart'], title, file: 'cart.spec.mjs', status, errors });
  end('p', 'opens', 'passed');
  end('s', 'is skipped', 'skipped');
  end('k1', 'pays by card', 'failed', ['card 1 refused']);
  end('k2', 'pays by another card', 'failed', ['card 2 refused']);
  end('k3', 'pays', 'failed', ['gateway is gone']);
  for (let index = 0; index < failing; index++) end(index, `fails ${index}`, 'failed', [`boom ${index}\n    at x (/a.js:1:2)`]);
  end('n', 'says nothing', 'failed', []);
  recorder.fail({ kind: 'hook', suites: ['Cart'], title: 'before all', errors: ['no database'] });
  recorder.startTest({ id: 'u', title: 'hangs' });
  recorder.endTest({ status: 'passed' });
  return recorder.endRun();
}

// This one comes first: there are no rules yet.
test('without a list, it says so', async () => {
  const report = await run();
  assert.match(formatSummary(report), /^No list of known failures was in force: the option `rules` names one$/m);
  assert.equal(
    formatSummary({ ...report, rules: { ...report.rules, reason: 'the API answered 503' } }).includes(
      'force: the API answered 503',
    ),
    true,
  );
});

test('the whole of it', async () => {
  const report = await run({ list: rules });
  report.rules.version = '1-abc';
  report.issues[0].url = 'https://example.com/PAY-1';
  report.issues[1].url = `https://example.com/${'x'.repeat(60)}`;
  assert.equal(
    formatSummary(report, { width: 60, color: false }),
    `Known failures: shop  3 unknown, 3 known, 1 unfinished
  1 passed, 1 skipped

Unknown: 3 tests, 3 kinds of failure

1. Cart › fails 0  cart.spec.mjs
     boom 0
         at x (/a.js:1:2)

2. Cart › says nothing  cart.spec.mjs
     It failed without an error.

3. [hook] Cart › before all
     no database

Known: 3 tests, 2 issues
  2  PAY-1: card refused  https://example.com/PAY-1
  1  PAY-2
     https://example.com/${'x'.repeat(60)}

Unfinished: 1 test
  hangs

Rules: 3 of 4 in force, version 1-abc
  1 rule rejected:
    rule 2 (open), PAY-3: error at 0: Unterminated group:
    close it with ) or escape it as \\(
  1 rule doubtful:
    rule 3, PAY-4: error at 0: JavaScript has no \\A and
    reads it as A: write ^ for the start of the text,
    without the flag m

1 warning
  endTest: the test has neither \`id\` nor \`title\`
`,
  );
});

test('a good run is two lines', async () => {
  await loadRules([{ issue: 'A', error: 'a' }]);
  const recorder = createRecorder();
  recorder.endTest({ id: 1, status: 'passed' });
  const report = await recorder.endRun();
  assert.match(formatSummary(report), /^Known failures {2}1 passed\n\nRules: 1 of 1 in force, version \S+\n$/);
});

test('colours and width are those of the stream', async () => {
  const report = await run({ failing: 30, list: rules });
  const given = process.env.NO_COLOR;
  const render = (options) => formatSummary(report, options);
  const isColoured = (text) => text.includes('\u001b[31m');
  try {
    delete process.env.NO_COLOR;
    assert.equal(isColoured(render({ stream: { isTTY: true, columns: 80 } })), true);
    assert.equal(isColoured(render({ stream: { isTTY: false } })), false);
    process.env.NO_COLOR = '1';
    assert.equal(isColoured(render({ stream: { isTTY: true } })), false);
    assert.equal(isColoured(render({ color: true })), true);
  } finally {
    if (given === undefined) delete process.env.NO_COLOR;
    else process.env.NO_COLOR = given;
  }
  for (const columns of [40, 57, 80, 200]) {
    const lines = stripVTControlCharacters(render({ stream: { isTTY: true, columns } })).split('\n');
    assert.deepEqual(
      lines.filter((line) => line.length > columns),
      [],
    );
  }
});

test('stale lists, and what is cut', async () => {
  const report = await run({ failing: 30, list: rules });
  report.rules = { ...report.rules, state: 'stale', confirmedAt: '2026-01-02T03:04:05.000Z', reason: 'the API answered 503' };
  const text = formatSummary(report, { width: 100, maxTests: 3, maxGroups: 1, maxLines: 1 });
  assert.match(text, /^ {2}The list is an earlier one of 2026-01-02T03:04:05.000Z: the API answered 503$/m);
  assert.match(
    text,
    /^1\. Cart › fails 0 .*\n {3}Cart › fails 1 .*\n {3}Cart › fails 2 .*\n {3}and 27 more tests\n {5}boom 0\n {5}…$/m,
  );
  assert.match(text, /^ {2}and 2 more kinds of failure$/m);
  assert.match(text, /^ {2}and 1 more issue$/m);
});

test('nothing in a text moves the cursor, and wide characters take two columns', async () => {
  const recorder = createRecorder({ warn: () => {} });
  const title = `\u001b]0;title\u0007\u009b2J\r決${'済'.repeat(40)}`;
  recorder.endTest({ id: 1, title, status: 'failed', errors: [`\u001b[2Ja\u0000b\tc\u202ed\r\n${'漢'.repeat(40)}`] });
  const text = formatSummary(await recorder.endRun(), { width: 40, color: false });
  assert.doesNotMatch(text.replaceAll('\n', ''), /\p{Cc}/u);
  assert.match(text, /^ {5}a�b {2}c�d$/m);
  assert.match(text, /^ {5}漢{17}\n {5}漢{17}\n {5}漢{6}$/m);
  assert.match(text, /^1\. .*決済{1,17}…$/m);
});

test('a frame of a stack stays on its line, so that its place can be opened', async () => {
  const recorder = createRecorder({ warn: () => {} });
  const frame = `    at pay (/home/ci/shop/${'deep/'.repeat(20)}cart.js:1:2)`;
  recorder.endTest({
    id: 1,
    title: 'pays',
    status: 'failed',
    errors: [`boom ${'boom '.repeat(20)}\n${frame}\n    at ${'x'.repeat(400)}`],
  });
  const lines = formatSummary(await recorder.endRun(), { width: 60, color: false }).split('\n');
  assert.ok(lines.includes(`     ${frame}`));
  assert.deepEqual(
    lines.filter((line) => line.length > 60),
    [`     ${frame}`],
  );
});

test('what is wrong with the list is told once, and other warnings stay', async () => {
  const sources = [
    ['file:///there-is-none.json', /does not exist/g],
    [
      async () => [
        { issue: 'A', error: 'boom' },
        { issue: 'B', error: '(' },
      ],
      /Unterminated group/g,
    ],
  ];
  for (const [source, trouble] of sources) {
    const recorder = createRecorder({ rules: source, rulesOptions: { attempts: 1 }, warn: () => {} });
    recorder.endTest({ id: 1, title: 'pays', status: 'failed', errors: ['boom'] });
    recorder.endTest({ id: 2, title: 'ends', status: 'somehow' });
    const report = await recorder.endRun();
    assert.equal(report.warnings.length, 2, 'the report has both');
    const summary = formatSummary(report, { width: 200 });
    assert.equal(summary.match(trouble)?.length, 1, summary);
    assert.match(summary, /^1 warning\n.*somehow/m);
  }
});

test('options', () => {
  assert.throws(() => formatSummary({}, { colour: true }), {
    code: 'ERR_INVALID_ARG',
    message: 'formatSummary: options has no `colour`: did you mean `color`?',
  });
});
