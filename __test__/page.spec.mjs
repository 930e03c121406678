// The page as a file: what it is made of and that no text of a report becomes markup. `__test__/ci/page.spec.mjs` opens it in a
// browser.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { hostileReport, PAYLOADS } from './page/hostile.mjs';
import { sampleReport } from './page/sample-report.mjs';

const require = createRequire(import.meta.url);
const { renderPage, writePage } = require('known-failures/page');
const client = (name) => require(`../lib/outputs/page/client/${name}.js`);
const folder = mkdtempSync(join(tmpdir(), 'known-failures-page-'));
after(() => rmSync(folder, { recursive: true }));

const report = sampleReport({ tests: 60, failing: 200 });
const html = renderPage(report);

/** What is between a start tag and the next end tag, as a browser finds it. */
function contentOf(page, startTag) {
  const start = page.indexOf(startTag) + startTag.length;
  return page.slice(start, page.indexOf('</', start));
}
const dataOf = (page) => JSON.parse(contentOf(page, '<script type="application/json" id="data">'));
const unescaped = (text) => text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity]);
const ENTITIES = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };

describe('the policy', () => {
  const policy = unescaped(/http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)[1]);
  const directives = Object.fromEntries(policy.split('; ').map((one) => [one.split(' ')[0], one.split(' ').slice(1).join(' ')]));

  for (const [directive, element] of [
    ['script-src', 'script'],
    ['style-src', 'style'],
  ]) {
    test(`${directive} is the hash of the only ${element}`, () => {
      const hash = createHash('sha256')
        .update(contentOf(html, `<${element}>`))
        .digest('base64');
      assert.equal(directives[directive], `'sha256-${hash}'`);
      assert.equal(html.split(`<${element}>`).length, 2);
    });
  }

  test('allows nothing else', () => {
    const { 'script-src': _, 'style-src': __, ...others } = directives;
    assert.deepEqual(others, {
      'default-src': "'none'",
      'img-src': 'data:',
      'base-uri': "'none'",
      'form-action': "'none'",
      'require-trusted-types-for': "'script'",
      'trusted-types': "'none'",
    });
  });

  test('comes before everything that it is about', () => {
    assert.ok(html.indexOf('Content-Security-Policy') < html.search(/<(?:title|link|style|script)/));
  });
});

describe('the page’s own script', () => {
  const folderOfClient = new URL('../lib/outputs/page/client/', import.meta.url);
  for (const name of readdirSync(folderOfClient)) {
    test(`${name} makes no markup of text`, () => {
      const source = readFileSync(new URL(name, folderOfClient), 'utf8');
      assert.doesNotMatch(
        source,
        /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\b|new Function|srcdoc/,
      );
      assert.doesNotMatch(source, /\bfetch\b|XMLHttpRequest|WebSocket|sendBeacon/);
    });
  }
});

describe('a hostile text adds no element', () => {
  const elements = (page) => [...page.matchAll(/<\/?[a-z!]/gi)].length;
  const harmless = elements(renderPage(hostileReport(report, 'harmless')));
  for (const payload of PAYLOADS) {
    test(JSON.stringify(payload), () => {
      const page = renderPage(hostileReport(report, payload));
      assert.equal(elements(page), harmless);
      assert.equal(dataOf(page).run.title, payload);
    });
  }
});

describe('the data', () => {
  const { readModel } = client('model');

  test('has every test with all that the report says of it', () => {
    const model = readModel(dataOf(html));
    assert.equal(model.tests.length, report.tests.length);
    for (const [index, test] of report.tests.entries()) {
      const shown = model.tests[index];
      for (const key of ['id', 'kind', 'title', 'name', 'file', 'status', 'flaky', 'issue', 'messages']) {
        assert.deepEqual(shown[key], test[key], `${key} of test ${index}`);
      }
      assert.deepEqual(shown.suites, test.suites);
      assert.deepEqual(
        shown.attempts.map(({ status, failures }) => [status, failures.map(({ text }) => text)]),
        test.attempts.map(({ status, failures }) => [status, failures.map(({ text }) => text)]),
      );
      assert.deepEqual(titles(shown.steps), titles(test.steps));
    }
    assert.deepEqual(
      model.unknown.map(({ tests }) => tests.map(({ index }) => index)),
      report.unknown.map(({ tests }) => tests),
    );
  });

  test('has a repeated text once', () => {
    const text = 'x'.repeat(1000);
    const failure = { ...report.tests.find(({ status }) => status === 'Failed').attempts[0].failures[0], text };
    const attempts = [{ status: 'Failed', durationMs: 1, failures: [failure, failure] }];
    const page = renderPage({ ...report, unknown: [], tests: report.tests.map((test) => ({ ...test, attempts })) });
    assert.equal(page.split(text).length, 2);
  });

  test('a run of 10,000 tests takes less than 400 bytes a test', () => {
    const large = renderPage(sampleReport({ tests: 10_000 }));
    assert.ok(Buffer.byteLength(large) / 10_000 < 400, `${Buffer.byteLength(large)} bytes`);
  });

  test('suites of one name in different places are different suites', () => {
    const [first] = report.tests;
    const tests = [['A', 'X'], ['B', 'X'], ['A', 'X'], [], ['A']].map((suites, index) => ({ ...first, id: `${index}`, suites }));
    const model = readModel(dataOf(renderPage({ ...report, tests, issues: [], unknown: [] })));
    assert.deepEqual(
      model.suites.map(({ title, tests: own, suites }) => [title, own.length, suites.length]),
      [
        ['A', 1, 1],
        ['X', 2, 0],
        ['B', 0, 1],
        ['X', 1, 0],
      ],
    );
    assert.equal(model.top.tests.length, 1);
  });

  const titles = (steps) => steps.map(({ title, messages = [], steps: inner = [] }) => [title, messages, titles(inner)]);
});

describe('words for numbers', () => {
  const { duration, percent } = client('format');
  for (const [ms, words] of [
    [undefined, ''],
    [0, '0 ms'],
    [0.4, '<1 ms'],
    [999.4, '999 ms'],
    [999.6, '1.0 s'],
    [9949, '9.9 s'],
    [9950, '10 s'],
    [59_499, '59 s'],
    [59_500, '1 min'],
    [125_000, '2 min 5 s'],
    [3_599_499, '59 min 59 s'],
    [3_599_500, '1 h'],
    [7_380_000, '2 h 3 min'],
  ]) {
    test(`${ms} ms is ${JSON.stringify(words)}`, () => assert.equal(duration(ms), words));
  }
  for (const [part, whole, words] of [
    [0, 0, '0%'],
    [0, 9, '0%'],
    [1, 10_000, '<0.1%'],
    [9999, 10_000, '>99.9%'],
    [1, 3, '33%'],
    [1, 40, '2.5%'],
    [1, 20, '5%'],
    [7, 7, '100%'],
  ]) {
    test(`${part} of ${whole} is ${words}`, () => assert.equal(percent(part, whole), words));
  }
});

describe('addresses within the page', () => {
  const { linkTo, readAddress } = client('address');
  for (const name of ['t1', 'a/b#c?d', 'grün 100%', '\ud83d\ude00', '\'"<>']) {
    test(JSON.stringify(name), () => assert.deepEqual(readAddress(linkTo('test', name)), { kind: 'test', name }));
  }
  for (const hash of ['', '#tests', '#test', '#test/%', '#other/x']) {
    test(`${JSON.stringify(hash)} is none`, () => assert.equal(readAddress(hash), null));
  }
});

test('a run without a title has a heading', () => {
  const page = renderPage({ ...report, title: '' });
  assert.match(page, /<title>\S+ \d+ Test run<\/title>/);
  assert.match(page, /<h1>Test run<\/h1>/);
  assert.equal(dataOf(page).run.title, 'Test run');
});

describe('writePage', () => {
  test('makes the folder and leaves only the page', async () => {
    const path = join(folder, 'a/b/page.html');
    await writePage(path, report);
    await writePage(path, report);
    assert.equal(readFileSync(path, 'utf8'), html);
    assert.deepEqual(readdirSync(join(folder, 'a/b')), ['page.html']);
  });

  test('writes to what is no file of its own, and leaves it there', { skip: process.platform === 'win32' }, async () => {
    const [target, link, pipe] = ['target', 'link', 'pipe'].map((name) => join(folder, name));
    symlinkSync('target', link);
    execFileSync('mkfifo', [pipe]);
    await writePage(link, report);
    assert.deepEqual([lstatSync(link).isSymbolicLink(), readFileSync(target, 'utf8') === html], [true, true]);
    const [read] = await Promise.all([readFile(pipe, 'utf8'), writePage(pipe, report)]);
    assert.deepEqual([lstatSync(pipe).isFIFO(), read === html], [true, true]);
  });

  test('leaves nothing where it cannot write', async () => {
    writeFileSync(join(folder, 'file'), '');
    await assert.rejects(writePage(join(folder, 'file/page.html'), report), { code: /ENOTDIR|EEXIST/ });
    await assert.rejects(writePage(folder, report), { code: /EISDIR|EEXIST|ENOTEMPTY|EPERM/ });
    assert.deepEqual(
      readdirSync(tmpdir()).filter((name) => name.startsWith(`${folder.split(/[\\/]/).at(-1)}.`)),
      [],
    );
  });
});
