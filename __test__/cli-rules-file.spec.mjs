// A list as the commands read it: where it is, what its options are, and where its rules are in the text.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import { describe, test } from 'node:test';
import { specFolder } from './cli-program.mjs';
import { startServer } from './rules-server.mjs';

const require = createRequire(import.meta.url);
const { loadRulesFile, readRules, ruleName } = require('../lib/cli/rules-file.js');
const { elementsOf, linesOf, membersOf, offsetInText, rootOf } = require('../lib/cli/json-text.js');
const folder = specFolder('rules-file');

const LIST = '[\n  { "issue": "A-1", "error": "boom" }\n]\n';

test('a list comes from a file, from standard input and from a URL', async () => {
  const server = await startServer((_, response) => response.end(LIST));
  try {
    const fromFile = await readRules(folder.file('a.json', `\ufeff${LIST}`), {}, {});
    const fromInput = await readRules('-', {}, { stdin: Readable.from([Buffer.from(LIST)]) });
    const fromUrl = await readRules(`${server.url}?token=secret`, { header: ['X-Api-Key: 5'] }, {});
    for (const file of [fromFile, fromInput, fromUrl]) {
      assert.deepEqual([file.text, file.rules, file.lineOf(0)], [LIST, [{ issue: 'A-1', error: 'boom' }], 2]);
      assert.equal((await loadRulesFile(file)).active, 1);
    }
    assert.equal(server.requests[0].headers['x-api-key'], '5');
    assert.deepEqual([fromUrl.name, fromUrl.path], [`${server.url}?token=…`, null]);
    assert.equal(fromInput.placeOf(0), 'standard input:2');
  } finally {
    await server.stop();
  }
});

test('fields of other names', async () => {
  const path = folder.file(
    'fields.json',
    '{ "rules": [5, { "ticket": "A-1", "pattern": "boom", "error": "no field", "owner": "me" }] }',
  );
  const file = await readRules(path, { fields: 'issue=ticket, error=pattern' }, {});
  assert.deepEqual(file.rules, [5, { ticket: 'A-1', pattern: 'boom', owner: 'me', issue: 'A-1', error: 'boom' }]);
  const { active, rejected } = await loadRulesFile(file);
  assert.deepEqual([active, rejected.map(({ index }) => index)], [1, [0]]);
});

describe('what is wrong', () => {
  folder.file('broken.json', '[\n  { "issue": }\n]');
  folder.file('shape.json', '{ "rulez": [] }');
  folder.file('refused.json', '[{ "error": "boom" }]');
  folder.file('good.json', LIST);
  for (const [name, values, exitCode, message] of [
    ['missing.json', {}, 3, /missing\.json: no such file or folder$/],
    ['broken.json', {}, 3, /broken\.json: The list of rules is not valid JSON: .*line 2/],
    ['shape.json', {}, 3, /shape\.json: a list is an array of rules, or an object with an array `rules`$/],
    ['refused.json', {}, 3, /refused\.json: The only rule was refused: .* --fields says which keys/],
    ['good.json', { flags: 'ii' }, 2, /^--flags: .*'ii'/],
    ['good.json', { fields: 'isue=x' }, 2, /^--fields: a rule has no field isue; did you mean issue\?$/],
    ['good.json', { fields: 'issue' }, 2, /^--fields: "issue" is no FIELD=KEY; write issue=ticket,error=pattern$/],
  ]) {
    test(`${name} ${JSON.stringify(values)}`, async () => {
      await assert.rejects(readRules(`${folder.path}/${name}`, values, {}).then(loadRulesFile), (error) => {
        assert.equal(error.exitCode, exitCode);
        assert.match(error.message, message);
        return true;
      });
    });
  }

  test('a URL', async () => {
    await assert.rejects(readRules('ftp://x/y', {}, {}), { exitCode: 2, message: /^source must be a URL of http:/ });
    await assert.rejects(readRules('http://127.0.0.1:1/', {}, {}), { exitCode: 3, message: /could not be fetched/ });
    await assert.rejects(readRules('http://127.0.0.1:1/', { header: ['secret'] }, {}), (error) => {
      assert.equal(error.exitCode, 2);
      assert.doesNotMatch(error.message, /secret/);
      return true;
    });
  });
});

test('a rule is called by its issue, and by its id if that is another', () => {
  const names = [{ issue: 'A' }, { issue: 'A', id: 'A' }, { issue: 'A', id: 'b' }, { issue: 7, id: null }, { id: 'b' }, {}].map(
    ruleName,
  );
  assert.deepEqual(names, ['A', 'A', 'A (b)', '7', 'b', '(no issue)']);
});

/** Every value that `JSON.parse` finds, where it is in the text. */
function check(text, span, value) {
  assert.deepEqual(JSON.parse(text.slice(span.start, span.end)), value);
  if (Array.isArray(value)) {
    const spans = elementsOf(text, span);
    assert.equal(spans.length, value.length);
    for (const [index, item] of value.entries()) check(text, spans[index], item);
  } else if (typeof value === 'object' && value !== null) {
    const members = membersOf(text, span);
    assert.deepEqual([...members.keys()].sort(), Object.keys(value).sort());
    for (const [key, item] of Object.entries(value)) check(text, members.get(key), item);
  }
}

describe('positions in JSON', () => {
  for (const text of [
    '[]',
    ' { } ',
    '[1,-2.5e3,"a\\"]","\\u005d",[[],{}],{"a":{"b":[null,true]},"c":false}]',
    '{"a":1,"a":{"b":2},"\\u0061b":"}"}\n',
    '[\r\n\t{ "issue" : "A" , "error" : "\\\\[" }\r\n]',
  ]) {
    test(JSON.stringify(text), () => check(text, rootOf(text), JSON.parse(text)));
  }

  test('100,000 arrays in each other', () => {
    const text = '['.repeat(100_000) + ']'.repeat(100_000);
    assert.deepEqual(rootOf(text), { start: 0, end: 200_000 });
  });

  test('an offset in a string', () => {
    const text = '"a\\n\\u0041b"';
    const at = [0, 1, 2, 3, 4].map((offset) => offsetInText(text, rootOf(text), offset));
    assert.deepEqual(at, [1, 2, 4, 10, 11]);
  });

  test('lines', () => {
    const placeOf = linesOf('ab\n\nc');
    assert.deepEqual([0, 2, 3, 4].map(placeOf), [
      { line: 1, column: 1 },
      { line: 1, column: 3 },
      { line: 2, column: 1 },
      { line: 3, column: 1 },
    ]);
  });
});
