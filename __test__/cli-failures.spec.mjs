// The failures that commands read, in all the formats that they come in.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { Readable } from 'node:stream';
import { after, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { formatJUnit } from 'known-failures/junit';
import { createRecorder } from 'known-failures/recorder';

const require = createRequire(import.meta.url);
const { readFailures } = require('../lib/cli/failures/index.js');
const folder = mkdtempSync(join(tmpdir(), 'known-failures-failures-'));
after(() => rmSync(folder, { recursive: true }));

let files = 0;

/** @returns {string} the path */
function file(content, name = `file-${++files}`) {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
  return path;
}

/** What is read, with the sources relative to the folder, and all warnings. */
async function read(paths, stdin = '') {
  const warnings = [];
  const relative = (text) => text.replaceAll(`${folder}${sep}`, '').replaceAll(sep, '/');
  const reader = readFailures(paths, {
    stdin: Readable.from(typeof stdin === 'string' ? [Buffer.from(stdin)] : stdin),
    warn: (message) => warnings.push(relative(message)),
  });
  const failures = [];
  for await (const failure of reader) failures.push({ ...failure, source: relative(failure.source) });
  return { failures, warnings, progress: reader.progress };
}

/** Asserts that a file gives these failures, `[test, error, line?]` each. */
async function assertReads(content, expected, warnings = []) {
  const path = file(content);
  const name = `file-${files}`;
  const result = await read([path]);
  const source = (line) => (line === undefined ? name : `${name}${line}`);
  assert.deepEqual(
    result.failures,
    expected.map(([test, error, line]) => ({ test, error, source: source(line) })),
  );
  assert.deepEqual(
    result.warnings.map((message) => message.replaceAll(name, 'FILE')),
    warnings,
  );
}

async function messageOf(promise) {
  try {
    await promise;
  } catch (error) {
    assert.equal(error.exitCode, 3);
    return error.message.replaceAll(`${folder}${sep}`, '').replace(/file-\d+/g, 'FILE');
  }
  return assert.fail('it was read');
}

describe('JSON Lines', () => {
  test('one failure a line, blank lines and line ends of any kind', () =>
    assertReads('\ufeff{"test":"a","error":"x"}\r\n\n{"test":["S","b"],"error":{"message":"y"}}\n{"error":null}', [
      ['a', 'x', ':1'],
      [['S', 'b'], { message: 'y' }, ':3'],
      ['', null, ':4'],
    ]));

  test('a bad line is a warning with its number, and not the end', () =>
    assertReads(
      '{"test":"a","error":"x"}\n{"test":\n[1]\n{"test":"c"}\n{"test":"d","error":"y"}\n',
      [
        ['a', 'x', ':1'],
        ['d', 'y', ':5'],
      ],
      [
        'FILE:2: is not JSON: Unexpected end of JSON input; skipped',
        'FILE:3: a failure is { "test": …, "error": … }, or in a run report, an Allure result or a JSON report of Playwright, but this is a number; skipped',
        'FILE:4: a failure is { "test": …, "error": … }, or in a run report, an Allure result or a JSON report of Playwright, but this is an object with `test`; skipped',
      ],
    ));

  test('the first line may be the bad one', async () => {
    const { failures, progress } = await read([file('nonsense\n{"test":"a","error":"x"}\n')]);
    assert.deepEqual([failures.length, progress.skipped], [1, 1]);
  });

  test('many bad lines are a number', async () => {
    const { warnings, progress } = await read([file(`{"error":"x"}\n${'oops\n'.repeat(1000)}`)]);
    assert.equal(progress.skipped, 1000);
    assert.deepEqual([warnings.length, warnings.at(-1)], [11, '990 more of such lines and files were skipped']);
  });

  test('lines and characters longer than a chunk, in pieces of any size', async () => {
    const errors = ['€'.repeat(300_000), 'x', '𝒳'.repeat(100_000)];
    const bytes = Buffer.from(errors.map((error) => `${JSON.stringify({ test: 't', error })}\n`).join(''));
    for (const size of [1000, 65_537]) {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
        bytes.subarray(at * size, (at + 1) * size),
      );
      const { failures } = await read(['-'], chunks);
      assert.deepEqual(
        failures.map(({ error }) => error),
        errors,
        `${size}`,
      );
      assert.equal(failures[2].source, 'standard input:3');
    }
  });
});

describe('JSON documents', () => {
  const expected = [
    ['a', 'x', '[0]'],
    ['b', 'y', '[1]'],
  ];
  const failures = [
    { test: 'a', error: 'x' },
    { test: 'b', error: 'y' },
  ];

  test('an array, on one line and on many', async () => {
    await assertReads(JSON.stringify(failures), expected);
    await assertReads(JSON.stringify(failures, null, 2), expected);
  });

  test('a run report: each error of each attempt, as it was recorded', async () => {
    const recorder = createRecorder({ title: 'Shop' });
    recorder.startRun();
    const run = async (id, attempt, errors) => {
      recorder.startTest({ id, attempt, suites: ['Cart'], title: id });
      await recorder.endTest({ id, attempt, status: errors === null ? 'passed' : 'failed', errors: errors ?? [] });
    };
    await run('flaky', 0, ['first', 'second']);
    await run('flaky', 1, null);
    await run('mute', 0, []);
    const report = await recorder.endRun();
    const named = [
      ['Cart › flaky', 'first'],
      ['Cart › flaky', 'second'],
      ['Cart › mute', null],
    ];
    await assertReads(JSON.stringify(report, null, 2), named);
    await assertReads(
      `${JSON.stringify(report)}\n${JSON.stringify(report)}\n`,
      [1, 2].flatMap((line) => named.map((one) => [...one, `:${line}`])),
    );
    report.tests[0].attempts[0].failures[0].cut = true;
    const { failures } = await read([file(JSON.stringify(report))]);
    assert.deepEqual(
      failures.map(({ isCut = false }) => isCut),
      [true, false, false],
    );
  });

  test('an Allure result', async () => {
    const result = {
      uuid: '1',
      name: 'pays',
      status: 'broken',
      statusDetails: { message: 'm', trace: 'Error: m\n    at a' },
      titlePath: ['shop', 'tests', 'cart.spec.ts', 'Cart'],
    };
    await assertReads(JSON.stringify(result), [[['Cart', 'pays'], { message: 'm', trace: 'Error: m\n    at a' }]]);
    await assertReads(JSON.stringify({ ...result, status: 'passed' }), []);
  });

  test('a JSON report of Playwright: failed attempts, without the file and the project', async () => {
    const result = (status, ...errors) => ({ status, errors, error: errors[0] });
    const spec = (title, expectedStatus, ...results) => ({
      title,
      tests: [{ projectName: 'chromium', expectedStatus, results }],
    });
    const report = {
      config: {},
      suites: [
        {
          title: 'cart.spec.ts',
          specs: [spec('is open', 'passed', result('passed'))],
          suites: [
            {
              title: 'Cart',
              specs: [
                spec(
                  'pays',
                  'passed',
                  result('failed', { message: 'one' }, { message: 'two' }),
                  result('timedOut', { message: 'three' }),
                ),
                spec('must fail', 'failed', result('failed', { message: 'as expected' })),
                spec('is mute', 'passed', { status: 'failed' }),
              ],
            },
          ],
        },
      ],
      errors: [{ message: 'no tests' }],
    };
    await assertReads(JSON.stringify(report), [
      ['', { message: 'no tests' }],
      [['Cart', 'pays'], { message: 'one' }],
      [['Cart', 'pays'], { message: 'two' }],
      [['Cart', 'pays'], { message: 'three' }],
      [['Cart', 'is mute'], null],
    ]);
  });

  for (const [what, content, message] of [
    [
      'another document',
      '{\n"name": "x", "version": "1"\n}',
      /^FILE: a failure is .* but this is an object with `name`, `version`$/,
    ],
    ['a number', '17', /but this is a number$/],
    ['a document that is cut', '[\n{"test":', /^FILE: is not JSON: /],
    ['a damaged run report', '{"format":"known-failures-run","formatVersion":1}', /^FILE: the report: `title` must be/],
    ['text', 'a\nb\n', /^FILE: has no failures\. FILE:1: is not JSON: /],
    ['nothing', '', /^FILE: is empty$/],
    ['blanks', '\n\n', /^FILE: is empty$/],
    ['XML of another kind', '<html></html>', /^FILE: is XML, but no JUnit report: it begins with <html>/],
    ['gzip that is cut', gzipSync('{"error":"x"}\n'.repeat(1000)).subarray(0, 40), /^FILE: cannot be unzipped: /],
    [
      'an encoding that is none',
      '<?xml version="1.0" encoding="x-none"?><testsuite/>',
      /^FILE: its encoding x-none is not known; write it as UTF-8$/,
    ],
  ]) {
    test(`${what} is refused`, async () => assert.match(await messageOf(read([file(content)])), message));
  }
});

describe('JUnit XML', () => {
  const suite = (content) => `<?xml version="1.0"?>\n<testsuites><testsuite name="s">${content}</testsuite></testsuites>`;

  test('failures and errors, with entities, CDATA and line breaks', () =>
    assertReads(
      suite(`
<testcase classname="com.shop.CartTest" name="pays"><failure message="a &lt; b&#10;c" type="java.lang.AssertionError"/></testcase>
<testcase classname="com.shop.CartTest" name="refunds"><error type="T"><![CDATA[boom & <more>]]>
  at x</error><system-out>noise</system-out></testcase>
<testcase name="passes"/><testcase name="skipped"><skipped message="no"/></testcase>
<testcase name="mute"><failure/></testcase>`),
      [
        [['com.shop.CartTest', 'pays'], { name: 'java.lang.AssertionError', message: 'a < b\nc' }, ':3'],
        [['com.shop.CartTest', 'refunds'], 'boom & <more>\n  at x', ':4'],
        ['mute', null, ':7'],
      ],
    ));

  test('a message that the body has is not repeated, also if it was cut', () =>
    assertReads(
      suite(
        '<testcase name="a"><failure message="x  y">Error: x\ny\n  at z</failure></testcase>' +
          '<testcase name="b"><failure message="long beg…">long beginning</failure></testcase>' +
          '<testcase name="c"><failure message="other">stack</failure></testcase>',
      ),
      [
        ['a', 'Error: x\ny\n  at z', ':2'],
        ['b', 'long beginning', ':4'],
        ['c', { name: undefined, message: 'other', stack: 'stack' }, ':4'],
      ],
    ));

  test('attempts of Surefire, without their output', () =>
    assertReads(
      suite(
        '<testcase name="a"><failure message="m1"/><rerunFailure message="m2"><stackTrace>m2 at b</stackTrace><system-out>noise</system-out></rerunFailure></testcase>' +
          '<testcase name="b"><flakyError message="m3"/></testcase>',
      ),
      [
        ['a', { name: undefined, message: 'm1' }, ':2'],
        ['a', 'm2 at b', ':2'],
        ['b', { name: undefined, message: 'm3' }, ':2'],
      ],
    ));

  test('a class name that is the file or the whole name is no title', () =>
    assertReads(
      suite(
        '<testcase classname="tests/cart.spec.ts" name="Cart › pays"><failure>x</failure></testcase>' +
          '<testcase classname="Cart pays" name="Cart pays"><failure>x</failure></testcase>' +
          '<testcase classname="/a/b" file="/a/b" name="pays"><failure>x</failure></testcase>',
      ),
      [
        ['Cart › pays', 'x', ':2'],
        ['Cart pays', 'x', ':2'],
        ['pays', 'x', ':2'],
      ],
    ));

  test('what this package writes is read as it was', async () => {
    const recorder = createRecorder({ title: 'Shop', rules: async () => [{ issue: 'SHOP-1', error: 'Timeout' }] });
    recorder.startTest({ id: '1', suites: ['Cart', 'card'], title: 'pays' });
    await recorder.endTest({ id: '1', status: 'failed', errors: ['Timeout\nof 5 ms'] });
    const { failures } = await read([file(formatJUnit(await recorder.endRun()))]);
    assert.deepEqual(
      failures.map(({ test, error }) => [test.join(' › '), error]),
      [['Cart › card › pays', 'Timeout\nof 5 ms']],
    );
  });

  test('long messages and texts are whole', async () => {
    const long = 'x'.repeat(3_000_000);
    const { failures, warnings } = await read([
      file(suite(`<testcase name="a"><failure message="${long}">${'y'.repeat(1_000_000)}</failure></testcase>`)),
    ]);
    assert.deepEqual([failures[0].error.message.length, failures[0].error.stack.length, warnings], [3_000_000, 1_000_000, []]);
  });

  test('what is not quite XML is read as far as it goes, with a warning', async () => {
    const first = '<testcase name="a"><failure>x &oops; y</failure></testcase>';
    await assertReads(
      suite(first),
      [['a', 'x &oops; y', ':2']],
      ['FILE:2: Invalid character entity; what comes after it may be missing'],
    );
    await assertReads(
      `<testsuite><testcase name="a"><failure>x</failure></testcase><testcase name="b"><fail`,
      [['a', 'x', ':1']],
      ['FILE:1: Unclosed root tag; what comes after it may be missing'],
    );
  });

  test('in the encoding that it says', async () => {
    const latin = Buffer.from(
      '<?xml version="1.0" encoding="ISO-8859-1"?><testsuite><testcase name="\u00fc"><failure>\u00e4</failure></testcase></testsuite>',
      'latin1',
    );
    await assertReads(latin, [['ü', 'ä', ':1']]);
  });
});

describe('paths', () => {
  const line = (error) => `{"test":"t","error":"${error}"}\n`;

  test('in the order that they are given, gzip and plain', async () => {
    const { failures, progress } = await read(
      [file(gzipSync(line('a')), 'one.jsonl.gz'), '-', file(line('c'), 'two.txt')],
      line('b'),
    );
    assert.deepEqual(
      failures.map(({ error, source }) => [error, source]),
      [
        ['a', 'one.jsonl.gz:1'],
        ['b', 'standard input:1'],
        ['c', 'two.txt:1'],
      ],
    );
    assert.equal(progress.totalBytes, null);
  });

  test('a folder: what is below it, by name; of Allure the results only', async () => {
    file(line('2'), 'past/b.jsonl');
    file(line('1'), 'past/a/x.ndjson');
    file('<testsuite><testcase name="t"><failure>3</failure></testcase></testsuite>', 'past/c.xml');
    file('notes', 'past/readme.md');
    file('{"some":"other"}', 'past/d.json');
    file('{"uuid":"1","name":"t","status":"failed","statusDetails":{"message":"m"}}', 'past/allure/1-result.json');
    file('{"uuid":"2","children":[]}', 'past/allure/2-container.json');
    const { failures, warnings, progress } = await read([join(folder, 'past')]);
    assert.deepEqual(
      failures.map(({ source }) => source),
      ['past/b.jsonl:1', 'past/c.xml:1', 'past/a/x.ndjson:1', 'past/allure/1-result.json'],
    );
    assert.match(warnings.join(), /^past\/d\.json: .* but this is an object with `some`; skipped$/);
    assert.equal(progress.bytes, progress.totalBytes);
  });

  test('what is not there, an empty folder, standard input twice', async () => {
    assert.equal(await messageOf(read([join(folder, 'missing')])), 'missing: no such file or folder');
    mkdirSync(join(folder, 'empty'));
    assert.match(await messageOf(read([join(folder, 'empty')])), /^empty: has no \.json, \.jsonl, \.ndjson or \.xml file/);
    await assert.rejects(read(['-', '-']), { exitCode: 2, message: 'standard input, -, can be read once only' });
  });

  test('nothing is read ahead of the consumer, who may stop', async () => {
    let given = 0;
    const chunks = (async function* () {
      for (; ; given++) yield Buffer.from(line(given).repeat(100));
    })();
    const reader = readFailures(['-'], { stdin: chunks, warn: assert.fail });
    let taken = 0;
    for await (const _ of reader) if (++taken === 500) break;
    assert.ok(given <= 8, `${given}`);
  });
});
