// `known-failures import`: what becomes of lists of other tools.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { classifySync } from '../index.js';
import { run, sessionOf, specFolder } from './cli-program.mjs';
import { cases } from './import/cases.mjs';
import { load } from './support.mjs';

const require = createRequire(import.meta.url);
const { FORMATS } = require('../lib/cli/import/formats/index.js');
const { outcomesOf } = require('../lib/cli/import/outcomes.js');
const { translate } = require('../lib/cli/import/patterns/index.js');

const folder = new URL('import/', import.meta.url);

async function imported({ file, dialect }) {
  const path = fileURLToPath(new URL(file, folder));
  const [format] = file.split('/');
  return outcomesOf(FORMATS[format]().entries(readFileSync(path, 'utf8'), { path, dialect }));
}

describe('files of every format', () => {
  for (const one of cases) {
    test(one.file, async () => {
      const outcomes = await imported(one);
      const count = (status) => outcomes.filter((outcome) => outcome.status === status).length;
      assert.equal(`${count('kept')} ${count('translated')} ${count('refused')}`, one.counts);
      const good = outcomes.filter(({ rule }) => rule !== null);
      assert.deepEqual(good.map(({ name }) => name).sort(), Object.keys(one.texts).sort(), 'a text for each rule');
      for (const { name, rule } of good) {
        await load([rule]);
        const [meant, ...others] = one.texts[name];
        assert.equal(classifySync('', meant).status, 'Broken', `${name}: /${rule.error}/ and ${JSON.stringify(meant)}`);
        for (const other of others) {
          assert.equal(classifySync('', other).status, 'Failed', `${name}: /${rule.error}/ and ${JSON.stringify(other)}`);
        }
      }
      for (const { status, reason, changes, rule } of outcomes) {
        assert.equal(reason !== null, status === 'refused');
        assert.equal(changes.length > 0, status === 'translated');
        assert.equal(rule === null, status === 'refused');
      }
    });
  }

  test('are all in the table, five of each', () => {
    for (const format of Object.keys(FORMATS)) {
      const files = readdirSync(new URL(`${format}/`, folder)).map((name) => `${format}/${name}`);
      assert.deepEqual(
        files.sort(),
        cases
          .map(({ file }) => file)
          .filter((file) => file.startsWith(`${format}/`))
          .sort(),
      );
      assert.equal(files.length, 5, format);
    }
  });
});

describe('a pattern', () => {
  for (const [dialect, source, expected, options] of [
    ['java', '(?i)boom', '/boom/i'],
    ['java', 'a(?i)b|c', '/a(?i:b)|(?i:c)/'],
    ['ruby', 'a(?i)b|c', '/a(?i:(?:b|c))/'],
    ['java', '\\Qa.b\\E+', '/a\\.b+/'],
    ['java', '\\Q\\E+', 'has a + with nothing to repeat, at 4'],
    ['java', '(?m)\\Aa$\\z', '/(?<![^])a$(?![^])/m'],
    ['java', '(?m)^', '/^(?=[^])/m'],
    ['java', 'a$', '/a(?=\\n?$)/'],
    ['python', 'a\\Z', '/a$/'],
    ['java', 'a\\Z', '/a(?=\\n?$)/'],
    ['ruby', '^a$', '/^a$/m'],
    ['ruby', '\\h\\H', '/[0-9a-fA-F][^0-9a-fA-F]/'],
    ['pcre', '[[:^digit:]x]', '/[[^0-9]x]/v'],
    ['rust', '\\x{1F600}+', '/😀+/u'],
    ['java', '[\\x{1F600}]', '/[😀]/u'],
    ['dotnet', '[a-z-[aeiou]]', '/[[a-z]--[aeiou]]/v'],
    ['java', '[a-z&&[^b]]', '/[[a-z]&&[[^b]]]/v'],
    ['java', '\\p{IsLatin}\\pL', '/\\p{Script=Latin}\\p{L}/u'],
    ['pcre', '(?<q>a)\\k{q}(?(q)b)', 'has a conditional (?(…), at 12'],
    ['python', '(?P<a>x)(?P=a)', '/(?<a>x)\\k<a>/'],
    ['python', '(a)|\\1', 'refers to a group that may not have matched'],
    ['python', '(?:(a)|b)*\\1', 'refers to a group that may not have matched'],
    ['dotnet', '(?<a>x)(y)\\1', 'has named groups and a reference by number, which .NET counts in another order'],
    ['pcre', '\\d++x', '/\\d+x/'],
    ['pcre', '\\d++5', 'has a possessive quantifier that makes a difference, at 2'],
    ['pcre', '(?i)[a-c]++D', '/[a-c]+D/i'],
    ['pcre', '(?i)[a-c]++C', 'has a possessive quantifier that makes a difference, at 9'],
    ['pcre', 'x(?>a|ab)', '/x(?:a|ab)/'],
    ['pcre', '(?:(?>a|ab)c)', 'has an atomic group (?>…) that makes a difference, at 3'],
    ['pcre', '(?:a++b?)*', 'has a possessive quantifier that makes a difference, at 4'],
    ['java', '(?<=a++)b', 'has a lookbehind without a greatest length'],
    ['java', '(?<!a?+)b', 'has a possessive quantifier that makes a difference, at 5'],
    ['pcre', '(?|(a)|(b))\\1', 'has a branch reset (?|…) and references'],
    ['pcre', 'a(?R)?', 'calls itself, (?R), at 1'],
    ['pcre', '(a)(?1)', 'calls a part of itself as a subroutine, at 3'],
    ['go', 'x{,3}', '/x\\{,3\\}/'],
    ['python', 'x{,3}', '/x{0,3}/'],
    ['java', 'a b # c', '/ab/', { flags: 'x' }],
    ['java', '.*timeout.*', '/timeout/', { whole: true, flags: 's' }],
    ['java', '.*timeout.*', '/^.*timeout.*$/', { whole: true }],
    ['java', '^.*a|b$', '/a$|^b$/', { whole: true, flags: 's' }],
    ['java', '.+a', '/.a$/s', { whole: true, flags: 's' }],
    ['java', '.*[^x]\\s+\\W.*', '/[^x\\n\\r][^\\S\\n\\r]+[^\\w\\n\\r]/', { whole: true, lines: true }],
    ['javascript', '^a', '/^a/'],
    ['java', 'a**', 'repeats a repetition, at 2'],
    ['java', '(a', 'has a ( without a ), at 0'],
    ['java', 'a)', 'has a ) without a (, at 1'],
    ['java', '[a', 'has a [ without a ], at 0'],
    ['java', 'a\\', 'ends in the middle of something'],
  ]) {
    test(`of ${dialect}: ${source} ${JSON.stringify(options ?? {})}`, () => {
      let result;
      try {
        const { source: written, flags } = translate(source, { dialect, ...options });
        result = `/${written}/${flags}`;
      } catch (error) {
        assert.equal(error.name, 'Untranslatable', error.stack);
        result = error.message;
      }
      assert.equal(result, expected);
    });
  }

  test('may be long, but not deep', () => {
    const { source } = translate('a(?i)\\Qb.\\E[[:alpha:]]'.repeat(5000), { dialect: 'go' });
    assert.equal(source.match(/b\\\./g).length, 5000);
    assert.throws(() => translate('('.repeat(100_000), { dialect: 'pcre' }), /is nested too deeply/);
    assert.throws(() => translate('['.repeat(100_000), { dialect: 'java' }), /is nested too deeply/);
  });
});

describe('the command', () => {
  const { path: cwd, file } = specFolder('import');
  const categories = JSON.stringify([
    { name: 'GRID-7', messageRegex: '.*session not created.*', matchedStatuses: ['broken', 'failed'] },
    { name: 'SHOP-31', messageRegex: 'Timeout of \\d++ms exceeded' },
    { name: 'Skipped', messageRegex: '.*on hold.*', matchedStatuses: ['skipped'] },
  ]);
  file('categories.json', categories);
  file('gone.toml', '[[rule]]\nname = "x"\npattern = "gone"\n');

  test('docs/cli.md shows what it says', async () => {
    const [{ typed, printed }] = sessionOf('docs/cli.md', 'import');
    const { status, stdout, stderr } = await run(typed.split(' ').slice(1), { cwd });
    assert.deepEqual([status, stdout + stderr], [1, printed]);
    const rules = JSON.parse(readFileSync(`${cwd}/known-failures.json`, 'utf8'));
    assert.deepEqual(
      rules.map(({ issue }) => issue),
      ['GRID-7', 'SHOP-31'],
    );
    const report = await load(rules);
    assert.deepEqual([report.active, report.warnings], [2, []]);
  });

  test('prints the rules, and 0 if nothing is refused', async () => {
    const { status, stdout, stderr } = await run(['import', 'pytorch', 'gone.toml'], { cwd });
    assert.deepEqual([status, JSON.parse(stdout)], [0, [{ issue: 'x', error: 'gone' }]]);
    assert.equal(stderr, 'known-failures: gone.toml: 1 entry, 1 kept, 0 translated, 0 refused\n');
  });

  test('prints all as JSON, of standard input, too', async () => {
    const { status, stdout, stderr } = await run(['import', 'allure2', '-', '--json'], { cwd, stdin: categories });
    assert.deepEqual([status, stderr], [1, '']);
    const { rules, counts, entries } = JSON.parse(stdout);
    assert.deepEqual(counts, { total: 3, kept: 0, translated: 2, refused: 1 });
    assert.deepEqual(
      rules,
      entries.slice(0, 2).map(({ rule }) => rule),
    );
    assert.deepEqual(entries[2], {
      name: 'Skipped',
      status: 'refused',
      reason: 'is about tests that are skipped, and a rule is about failures',
      changes: [],
      losses: [],
      rule: null,
    });
  });

  test('says that a rule never gives a verdict', async () => {
    const { stderr } = await run(['import', 'pytorch', 'gone.toml', 'gone.toml'], { cwd });
    assert.match(stderr, /lost: x: an earlier rule has the same patterns/);
  });

  test('names the parser that is missing', async () => {
    file(
      'bare.cjs',
      `const { Module } = require('node:module');
      const resolve = Module._resolveFilename;
      Module._resolveFilename = (request, ...rest) => {
        if (request === 'smol-toml') throw Object.assign(new Error('no ' + request), { code: 'MODULE_NOT_FOUND' });
        return resolve.call(Module, request, ...rest);
      };`,
    );
    const env = { NODE_OPTIONS: '--require ./bare.cjs' };
    const { status, stderr } = await run(['import', 'pytorch', 'gone.toml'], { cwd, env });
    assert.equal(status, 3);
    assert.match(stderr, /^known-failures: to read TOML, install smol-toml: npm install smol-toml, or npx /);
    assert.equal((await run(['import', 'allure2', 'categories.json'], { cwd, env })).status, 1, 'others do not need it');
  });

  for (const [args, status, message, stdin = ''] of [
    [[], 2, 'which format? write one of allure2, allure3, dotnet, gitlab, jenkins, lines, pytorch'],
    [['alure2', 'x'], 2, 'unknown format alure2; did you mean allure2?'],
    [['jenkins'], 2, 'which file? write known-failures import jenkins FILE'],
    [['lines', '-'], 2, /^of which dialect\? write --dialect java, /, 'x'],
    [['lines', '-', '--dialect', 'perl'], 2, /^--dialect cannot be "perl"; write one of java, /, 'x'],
    [['allure2', 'categories.json', '--json', '-o', 'x'], 2, '--json prints the rules, too; leave out --output'],
    [['allure2', 'nowhere.json'], 3, 'nowhere.json: no such file or folder'],
    [['allure2', '-'], 3, 'standard input: is not an array of categories', '{}'],
    [['allure2', '-'], 3, /^standard input: is no JSON: /, '{'],
    [['allure3', '-'], 3, 'standard input: is not a configuration with categories', '{"categories":5}'],
    [['dotnet', '-'], 3, 'standard input: is not a known issue, or an array of them', '[5]'],
    [['gitlab', '-'], 3, 'standard input: is not a file with failure_categories', 'a: 1'],
    [['gitlab', '-'], 3, /^standard input: is no YAML: /, 'a: [1'],
    [['pytorch', '-'], 3, 'standard input: is not a file with [[rule]] tables', 'a = 1'],
    [['pytorch', '-'], 3, /^standard input: is no TOML: /, 'a = '],
    [['jenkins', '-'], 3, 'standard input: is not a list of causes', '<a/>'],
    [['jenkins', '-'], 3, /^standard input:1: Unclosed root tag/, '<a>'],
    [['jenkins', '-'], 3, 'standard input: is not a list of causes with names', '[{"id":1}]'],
  ]) {
    test(`refuses ${args.join(' ') || 'nothing'} ${stdin}`, async () => {
      const failed = await run(['import', ...args], { cwd, stdin });
      assert.deepEqual([failed.status, failed.stdout], [status, '']);
      const said = failed.stderr
        .replace(/^known-failures: /, '')
        .replace(/(?:; known-failures import --help shows examples)?\n$/, '');
      if (message instanceof RegExp) assert.match(said, message);
      else assert.equal(said, message);
    });
  }
});
