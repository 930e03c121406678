// `npm run bench -- own`: peers and this addon on a user's own list and failures.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { toPcre, traitsOf } from '../../bench/harness/pcre.mjs';

const MAIN = fileURLToPath(new URL('../../bench/main.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'known-failures-own-'));
after(() => rmSync(folder, { recursive: true }));

const RULES = [
  { issue: 'A-1', error: 'Timeout of \\d+ms', flags: 'gi' },
  { issue: 'A-2', error: { source: '^hub .*dropped$', flags: 'ms' }, test: 'Grid' },
  { issue: 'A-3', error: '(unclosed' },
  { issue: 'A-4', error: 'a(?=b)|(x)\\1', test: { source: '^LOGIN', flags: 'i' } },
  { error: 'no issue' },
  { issue: 'A-5', error: 'grün.' },
];

const FAILURES = [
  { test: 'Cart', error: 'TIMEOUT of 500ms' },
  { test: 'Grid', error: 'x\nhub\r\nis dropped\n' },
  { test: 'Other', error: 'hub is dropped' },
  { test: 'Login', error: { name: 'TypeError', message: 'xx', stack: '    at f (a.js:1:1)' } },
  { error: { message: 'grün!' } },
  { test: 'Cart', error: '\u001b[31mTimeout of 7ms\u001b[0m' },
  { test: 'Cart', error: 'nothing known' },
];

function write(name, content) {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const rules = write('rules.json', JSON.stringify({ rules: RULES }));
const failures = write('failures.jsonl', `${FAILURES.map((one) => JSON.stringify(one)).join('\n')}\n\n`);

/** @param {{ path?: string }} [options] `path`: where programs are found */
function own(args, { path = process.env.PATH } = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, 'own', ...args], {
    encoding: 'utf8',
    env: { ...process.env, PATH: path, COLUMNS: '80' },
  });
  return { status, stdout, stderr };
}

const few = ['--rounds', '2', '--slice-ms', '5'];

describe('a list and its failures', () => {
  test('the engine, the addon and the JavaScript loop agree, and are written as JSON', () => {
    const json = join(folder, 'out.json');
    const peers = ['engine', 'classifyAll', 'javascript'];
    const files = ['--rules', rules, '--failures', failures];
    const { status, stdout, stderr } = own([...files, '--json', json, '--peers', peers.join(), ...few]);
    assert.equal(status, 0, stdout + stderr);
    const result = JSON.parse(readFileSync(json, 'utf8'));
    assert.deepEqual(Object.keys(result), ['peers']);
    assert.deepEqual(Object.keys(result.peers), peers);
    for (const [name, figures] of Object.entries(result.peers)) {
      assert.deepEqual(Object.keys(figures), ['cpuUs', 'loadMs', 'refused', 'disagreements']);
      assert.ok(figures.cpuUs > 0 && figures.loadMs > 0, name);
      assert.equal(figures.disagreements, 0, name);
      assert.equal(figures.refused, name === 'javascript' ? 1 : 0, name);
    }
    assert.match(stdout, /^javascript .* the judge$/m);
    assert.match(stdout, /All 7 texts were compared/);
    assert.match(stdout, /entry 4 has no `issue`/);
    assert.ok(
      stdout.split('\n').every((line) => line.length <= 80),
      stdout,
    );
  });

  test('a peer that is not installed is skipped, with how to install it', () => {
    const json = join(folder, 'few.json');
    // no program is found
    const files = ['--rules', rules, '--failures', failures];
    const { status, stdout, stderr } = own([...files, '--json', json, ...few], { path: '' });
    assert.equal(status, 0, stdout + stderr);
    assert.match(stdout, /^engine: skipped .*rustup/m);
    assert.match(stdout, /^vectorscan: skipped .*apt-get install libvectorscan-dev/m);
    const { peers } = JSON.parse(readFileSync(json, 'utf8'));
    assert.ok(!('engine' in peers) && !('vectorscan' in peers));
    assert.equal(peers.classifyAll.disagreements, 0);
    assert.equal(peers.javascript.disagreements, 0);
  });

  test('the keys of a list can be other ones', () => {
    const renamed = write('renamed.json', JSON.stringify([{ ticket: 7, pattern: 'known' }]));
    const peers = ['--peers', 'classifyAll,javascript', '--fields', 'issue=ticket,error=pattern'];
    const { status, stdout, stderr } = own(['--rules', renamed, '--failures', failures, ...peers, ...few]);
    assert.equal(status, 0, stdout + stderr);
    assert.match(stdout, /^1 rules, 7 failures/m);
  });
});

describe('bad input is a sentence with its line, and exit code 2', () => {
  const cases = [
    ['no files', [], /--rules and --failures are needed/],
    ['a list that is no JSON', ['{\n "rules": [\n{,}]}', 'x'], /rules: line 3: not JSON/],
    ['an empty list file', ['\n', 'x'], /rules: is empty/],
    ['a list without rules', ['[]', 'x'], /rules: no rule to compare with: the list is empty/],
    ['something else than a list', ['{}', 'x'], /rules: must be an array of rules/],
    ['a list that V8 refuses', ['[{"issue":"a","error":"("}]', 'x'], /V8 refuses every pattern/],
    ['no failures', ['[{"issue":"a","error":"a"}]', ' \n'], /failures: is empty/],
    ['a line that is no JSON', ['[{"issue":"a","error":"a"}]', '{"error":"a"}\n\n{'], /failures: line 3: not JSON/],
    ['a line that is no object', ['[{"issue":"a","error":"a"}]', '[]'], /failures: line 1: must be an object/],
    ['a failure without an error', ['[{"issue":"a","error":"a"}]', '{"test":"a"}'], /failures: line 1: `error` must be text/],
    ['an error without text', ['[{"issue":"a","error":"a"}]', '{"error":{}}'], /neither `stack` nor `message`/],
  ];
  for (const [name, contents, message] of cases) {
    test(name, () => {
      const [given, errors] = contents;
      const args = given === undefined ? [] : ['--rules', write('rules', given), '--failures', write('failures', errors)];
      const { status, stderr } = own(args);
      assert.match(stderr, message);
      assert.doesNotMatch(stderr, /\n {4}at /);
      assert.equal(status, 2);
    });
  }
});

describe('patterns for Vectorscan', () => {
  const german = traitsOf(['grün']);
  for (const [source, flags, traits, pattern, ownFlags] of [
    ['a$', '', undefined, 'a\\z', ''],
    ['a$', 'gm', undefined, 'a$', 'm'],
    ['[^]\\v\\q', '', undefined, '[\\s\\S]\\x0bq', ''],
    ['\\u00fc\\ud83d\\ude00', 'i', undefined, '\\x{00fc}\\x{1f600}', 'i8'],
    ['a.*b.+[^c]*', '', german, 'a.*b.+[^c]*', ''],
    ['a.b', '', german, 'a.b', '8'],
    ['grün.*', '', german, 'grün.*', ''],
    ['grün', 'i', german, 'grün', 'i8'],
    ['日本', 'i', undefined, '日本', 'i'],
    ['grü+n', '', german, 'grü+n', '8'],
    ['[üö]', '', german, '[üö]', '8'],
    ['a.b', '', undefined, 'a.b', ''],
    ['a.b', 'y', traitsOf(['a\r\n']), '\\A(?:a[^\\n\\r]b)', ''],
    ['[a&&b]', 'v', undefined, '(?!)', ''],
  ]) {
    test(`/${source}/${flags}`, () => assert.deepEqual(toPcre(source, flags, traits), { pattern, flags: ownFlags }));
  }
});
