// known-failures/junit: a run report as JUnit XML, read back by a parser.

import assert from 'node:assert/strict';
import test, { before } from 'node:test';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { formatJUnit } from 'known-failures/junit';
import { createRecorder } from 'known-failures/recorder';
import { load } from './support.mjs';

const LISTS = ['testsuite', 'testcase', 'property'];
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseAttributeValue: false,
  parseTagValue: false,
  trimValues: false,
  htmlEntities: true, // numeric ones, too
  isArray: (name) => LISTS.includes(name),
});

before(() =>
  load([
    { issue: 'SHOP-1', error: 'Timeout', id: 'timeout' },
    { issue: 'A & "B" <c>\n\u0000', error: 'hostile issue' },
    { issue: 'SHOP-3', error: 'refused' },
  ]),
);

/** Records a run, and gives its test cases by name. */
async function casesOf(record, change = () => {}) {
  const recorder = createRecorder({ title: 'shop', warn: () => {} });
  record(recorder);
  const report = await recorder.endRun();
  change(report);
  const xml = formatJUnit(report);
  assert.equal(XMLValidator.validate(xml), true);
  const { testsuites } = parser.parse(xml);
  const cases = testsuites.testsuite.flatMap(({ testcase }) => testcase);
  return { xml, testsuites, cases: Object.fromEntries(cases.map((one) => [one.name, one])) };
}

const propertiesOf = ({ properties }) => (properties?.property ?? []).map(({ name, value }) => [name, value]);

test('the message is what the error says, the text is all of it', async () => {
  const stack = 'Error: 1 !== 2\n\nmore\n    at a.js:1:2\nCaused by:\nno';
  const { cases } = await casesOf((recorder) => {
    recorder.endTest({ title: 'adds', status: 'failed', error: stack });
    recorder.endTest({ title: 'only a stack', status: 'failed', error: '\n    at a.js:1:2' });
  });
  assert.deepEqual([cases.adds.failure.message, cases.adds.failure['#text']], ['Error: 1 !== 2 more', stack]);
  assert.equal(cases['only a stack'].failure.message, 'at a.js:1:2');
});

test('each test is a case of its suite, with its status', async () => {
  const { testsuites, cases } = await casesOf((recorder) => {
    const end = (title, status, error) =>
      recorder.endTest({ suites: ['Cart', 'checkout'], title, file: 'cart.js', status, error, durationMs: 1500 });
    end('passes', 'passed');
    end('skips', 'skipped');
    end('pays', 'failed', 'Timeout of 5 s\n  at pay');
    end('adds', 'failed', '1 !== 2');
    recorder.startTest({ suites: ['Cart'], title: 'hangs' });
    recorder.fail({ kind: 'hook', suites: ['Cart'], title: 'before all', error: 'refused' });
  });
  const { name, tests, failures, errors, skipped } = testsuites;
  assert.deepEqual([name, tests, failures, errors, skipped], ['shop', '6', '2', '2', '1']);
  assert.deepEqual(
    testsuites.testsuite.map((suite) => [suite.name, suite.tests, suite.failures, suite.errors, suite.skipped, suite.time]),
    [
      ['Cart › checkout', '4', '2', '0', '1', '6.000'],
      ['Cart', '2', '0', '2', '0', testsuites.testsuite[1].time],
    ],
  );
  assert.equal(cases.passes.classname, 'Cart › checkout');
  assert.equal(cases.passes.file, 'cart.js');
  assert.ok(!('failure' in cases.passes) && 'skipped' in cases.skips);
  assert.deepEqual(cases.pays.failure, {
    '#text': 'Timeout of 5 s\n  at pay',
    message: 'SHOP-1: Timeout of 5 s',
    type: 'known-failure',
  });
  assert.deepEqual(cases.adds.failure, { '#text': '1 !== 2', message: '1 !== 2', type: 'failure' });
  assert.equal(cases.hangs.error.type, 'unfinished');
  assert.equal(cases['before all'].error.type, 'known-failure');
});

test('a known failure has issue, url and rule as properties; an unknown one has none', async () => {
  const { cases } = await casesOf(
    (recorder) => {
      recorder.endTest({ title: 'several', status: 'failed', errors: ['Timeout', 'refused', 'Timeout'] });
      recorder.endTest({ title: 'mixed', status: 'failed', errors: ['Timeout', 'boom'] });
      recorder.startTest({ id: 'f', title: 'flaky' });
      recorder.endTest({ id: 'f', status: 'failed', error: 'boom' });
      recorder.startTest({ id: 'f' });
      recorder.endTest({ id: 'f', status: 'passed' });
    },
    (report) => {
      report.tests[0].attempts[0].failures[0].url = 'https://bugs.example/SHOP-1?a&b';
    },
  );
  assert.deepEqual(propertiesOf(cases.several), [
    ['issue', 'SHOP-1'],
    ['url', 'https://bugs.example/SHOP-1?a&b'],
    ['rule', 'timeout'],
    ['issue', 'SHOP-3'],
    ['rule', '2'],
  ]);
  assert.deepEqual(propertiesOf(cases.mixed), []);
  assert.equal(cases.mixed.failure['#text'], 'Timeout\n\nboom');
  assert.deepEqual(propertiesOf(cases.flaky), [
    ['attempts', '2'],
    ['flaky', 'true'],
  ]);
});

test('whatever a text has, the XML is well-formed, and the text is in it', async () => {
  const controls = Array.from({ length: 0x20 }, (_, code) => String.fromCharCode(code)).join('');
  const text = `a & b ]]> <c/> "d" 'e' ${controls}\u007f\u0085\ud800\ufffe\uffff 💥 \u001b[31mred\u001b[0m`;
  const { xml, cases } = await casesOf((recorder) => {
    recorder.endTest({ title: 'hostile', status: 'failed', error: text });
    recorder.endTest({ title: 'known', status: 'failed', error: 'hostile issue' });
    recorder.endTest({ title: 'a "title" <b>\n&amp;', status: 'passed' });
  });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  assert.doesNotMatch(xml, /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])/);
  assert.equal(cases.hostile.failure['#text'], `a & b ]]> <c/> "d" 'e' \t\n\n\ufffd\ufffd\ufffd 💥 red`);
  assert.deepEqual(propertiesOf(cases.known)[0], ['issue', 'A & "B" <c>\n']);
  assert.ok('a "title" <b>\n&amp;' in cases, Object.keys(cases).join());
});

test('a run without tests', async () => {
  const report = await createRecorder().endRun();
  const xml = formatJUnit(report);
  assert.equal(XMLValidator.validate(xml), true);
  assert.equal(parser.parse(xml).testsuites.tests, '0');
});
