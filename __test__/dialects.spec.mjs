// Patterns in other dialects: what JavaScript refuses is refused with what to write instead, and what it reads as something else is
// in force with a warning. What only looks like another dialect is left alone. The tables have the cases of real lists, and their kind.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classify, loadRules } from '../index.js';

const raw = String.raw;
/** Stays in force whatever becomes of the others. */
const GOOD = { issue: 'good', error: 'never seen in any text' };

/** Pattern, offset, the message. */
const REFUSED = [
  [raw`(?s).*\[LOCATOR\].*`, 0, 'Invalid group: pass the flag s beside the pattern, or write (?s:…)'],
  ['(?i).*timed out.*', 0, 'Invalid group: pass the flag i beside the pattern, or write (?i:…)'],
  ['a(?m)b', 1, 'Invalid group: pass the flag m beside the pattern, or write (?m:…)'],
  ['(?im)boom', 0, 'Invalid group: pass the flags im beside the pattern, or write (?im:…)'],
  ['(?x) boom # comment', 0, 'Invalid group: JavaScript has no flag x, leave out the white space and comments that it allows'],
  ['(?U)a+', 0, 'Invalid group: JavaScript has no flag U for a group'],
  [raw`(?P<code>\d+) errors`, 0, 'Invalid group: write (?<code>…) for a named group'],
  [raw`(?<code>\d+) (?P=code)`, 13, raw`Invalid group: write \k<code> for the text of a named group`],
  [raw`(?<code>\d+) (?P>code)`, 13, 'Invalid group: JavaScript has no recursion, write the group once more'],
  ['a(?R)?b', 1, 'Invalid group: JavaScript has no recursion, write the group once more'],
  ["(?'code'a)", 0, 'Invalid group: write (?<code>…) for a named group'],
  ['(?>a+)b', 0, 'Invalid group: JavaScript has no atomic groups, write (?:…)'],
  ['a(?#comment)b', 1, 'Invalid group: JavaScript has no comments in patterns, leave it out'],
  ['(?|(a)|(b))', 0, 'Invalid group: JavaScript has no branch reset, write (?:…)'],
  ['(a)?(?(1)b|c)', 4, 'Invalid group: JavaScript has no conditions in patterns, write (?:…|…) with both branches'],
  [raw`\d++ms`, 3, 'Nothing to repeat: JavaScript has no possessive quantifiers, leave out this +'],
  ['a*+', 2, 'Nothing to repeat: JavaScript has no possessive quantifiers, leave out this +'],
  ['a?+', 2, 'Nothing to repeat: JavaScript has no possessive quantifiers, leave out this +'],
  ['a{2}+', 4, 'Nothing to repeat: JavaScript has no possessive quantifiers, leave out this +'],
  ['*timeout*', 0, raw`Nothing to repeat: a pattern is no glob, write .* for any text, or escape it as \*`],
  ['items[0 is missing', 5, raw`Unterminated character class: close it with ] or escape it as \[`],
  ['failed (code 1', 7, raw`Unterminated group: close it with ) or escape it as \(`],
  ['code 1)', 6, raw`Unmatched ')': escape it as \)`],
  ['a{2', 1, raw`Incomplete quantifier: escape it as \{`, 'u'],
  ['a{,3}', 1, 'Incomplete quantifier: write {0,…} for no lower bound', 'u'],
  [raw`\Aboom`, 0, 'Invalid escape: write ^ for the start of the text, without the flag m', 'u'],
  [raw`\e\[31m`, 0, raw`Invalid escape: write \x1b for the escape character`, 'v'],
];

/** Pattern, offset, the message. */
const WARNED = [
  [raw`\AError`, 0, raw`JavaScript has no \A and reads it as A: write ^ for the start of the text, without the flag m`],
  [raw`done\Z`, 4, raw`JavaScript has no \Z and reads it as Z: write $ for the end of the text, without the flag m`],
  [raw`done\z`, 4, raw`JavaScript has no \z and reads it as z: write $ for the end of the text, without the flag m`],
  [
    raw`\QFailed (code=1)\E`,
    0,
    raw`JavaScript has no \Q and reads it as Q: escape each special character by itself, as in \( and \.`,
  ],
  ['a[[:space:]]+b', 2, raw`JavaScript has no [:space:] and reads its characters: write \s`],
  ['code [[:digit:]]+', 6, raw`JavaScript has no [:digit:] and reads its characters: write \d`],
  ['[[:alpha:]]', 1, 'JavaScript has no [:alpha:] and reads its characters: write [A-Za-z]'],
  ['[:upper:]', 0, 'JavaScript has no [:upper:] and reads its characters: write [A-Z]'],
  [raw`\p{Lu}rror`, 0, raw`JavaScript reads \p as p: add the flag u`],
  [raw`\p{Alpha}+`, 0, raw`JavaScript reads \p as p: add the flag u`],
  [raw`[^\P{L}]`, 2, raw`JavaScript reads \P as P: add the flag u`],
  [raw`\p{IsLatin}`, 0, raw`JavaScript reads \p as p: add the flag u, and write a name that JavaScript knows, as in \p{L}`],
  ['^[a-z&&[^b]]$', 5, 'JavaScript reads && in a class as the character &: add the flag v'],
  ['[a-z-[aeiou]]', 5, 'JavaScript has no classes in classes, and ends this one at the next ]: add the flag v'],
  [raw`\x{41}BC`, 0, raw`JavaScript reads \x{…} as a repeated x: write two digits, as in \x41`],
  [raw`\u{1F600}`, 0, raw`JavaScript reads \u{…} as a repeated u: add the flag u`],
  [raw`a\hb`, 1, raw`JavaScript has no \h and reads it as h: write [ \t] for a space or a tab`],
  [raw`a\Rb`, 1, raw`JavaScript has no \R and reads it as R: write \r?\n for a line break`],
  [raw`foo\Kbar`, 3, raw`JavaScript has no \K and reads it as K: put what comes before it into (?<=…)`],
  [raw`\Gboom`, 0, raw`JavaScript has no \G and reads it as G: write ^ for the start of the text, without the flag m`],
  ['^a{,3}$', 2, 'JavaScript reads {,…} as characters: write {0,…} for a quantifier'],
  ['a{1, 3}', 1, 'JavaScript reads these braces as characters: leave the space out for a quantifier'],
  [raw`\(foo\|bar\)`, 0, raw`JavaScript reads \( \| \) as characters: write ( | ) for a group`],
  [raw`\<word\>`, 0, raw`JavaScript reads \< as <: write \b for the edge of a word`],
  [raw`/Timed out \d+/i`, 0, 'JavaScript reads the slashes as characters: leave them out, and pass the flags beside the pattern'],
  ['/boom/', 0, 'JavaScript reads the slashes as characters: leave them out'],
  [raw`\e\[31m`, 0, raw`JavaScript has no \e and reads it as e: write \x1b for the escape character`],
  [raw`beep\a`, 4, raw`JavaScript has no \a and reads it as a: write \x07 for the bell`],
  ['[]abc]', 0, raw`JavaScript reads [] as no character: write [\] for the bracket`],
  ['<[^]]*>', 1, raw`JavaScript reads [^] as any character: write [^\] for the bracket`],
];

/** JavaScript through and through, though some of it looks odd. */
const FINE = [
  raw`\b\d+\s\w\.\-\/\(\)\[\]\{\}\|\"\'\<br\/\>`,
  raw`\\A\\Z`,
  raw`^Timed out after \d+ms$`,
  '(?i:timed out) (?<code>a)',
  '[[]',
  raw`[[\]]`,
  '[^[]*]',
  '[&&]',
  '[a&b]',
  '[^]*a',
  'a{1,3}b{2,}',
  '{,3}',
  '{"code":1}',
  '/usr/bin/env',
  '/',
  raw`a\|b`,
  raw`f\(a\) \| f\(b\)`,
  raw`\u0041\x41\cA\0`,
  ' ',
];

test('what JavaScript refuses is refused with what to write', async () => {
  for (const [error, offset, message, flags] of REFUSED) {
    const { active, rejected, warnings } = await loadRules([GOOD, { issue: 'A', error, flags }]);
    assert.equal(active, 1, error);
    assert.deepEqual(rejected[0], {
      index: 1,
      id: null,
      issue: 'A',
      field: 'error',
      code: 'ERR_PATTERN_SYNTAX',
      message,
      offset,
    });
    assert.deepEqual(warnings, []);
  }
});

test('what JavaScript reads as something else is in force, with a warning', async () => {
  for (const [error, offset, message] of WARNED) {
    const rules = [GOOD, { issue: 'A', id: 7, error }];
    for (const list of [rules, JSON.stringify(rules)]) {
      const { active, warnings } = await loadRules(list);
      assert.equal(active, 2, error);
      assert.deepEqual(warnings, [{ index: 1, id: '7', issue: 'A', field: 'error', code: 'WARN_DIALECT', message, offset }]);
    }
  }
  const { warnings } = await loadRules(WARNED.map(([test]) => ({ ...GOOD, test })));
  const found = warnings
    .filter(({ code }) => code === 'WARN_DIALECT')
    .map(({ index, field, message }) => [index, field, message]);
  assert.deepEqual(
    found,
    WARNED.map(([, , message], index) => [index, 'test', message]),
  );
});

test('with the flag that makes it JavaScript, there is no warning', async () => {
  for (const [error, flags] of [
    [raw`\p{Lu}rror`, 'u'],
    [raw`\u{1F600}`, 'u'],
    [raw`[\w&&[^b]]`, 'v'],
    [raw`[\w--[aeiou]]`, 'v'],
  ]) {
    assert.deepEqual((await loadRules([{ issue: 'A', error, flags }])).warnings, []);
  }
});

test('what only looks like another dialect is left alone', async () => {
  for (const error of FINE) {
    const { active, warnings } = await loadRules([{ issue: 'A', error }]);
    assert.deepEqual([error, active, warnings], [error, 1, []]);
  }
});

test('a warning changes no verdict: it is that of new RegExp', async () => {
  const texts = ['AError', 'doneZ', 'QFailed code=1E', 'p{Lu}rror', `${'x'.repeat(41)}BC`, 'foobar', '(foo|bar)', 'a b', ''];
  for (const [error] of WARNED) {
    await loadRules([{ issue: 'A', error }]);
    for (const text of texts) {
      assert.equal((await classify('', text)).issue !== null, new RegExp(error).test(text), `/${error}/ on ${text}`);
    }
  }
});

test('a pattern that matches every text is in force, with a warning', async () => {
  for (const error of ['', 'boom|', '.*', '(?:)', 'x*', '^', '$', raw`[^]*`, { source: '^.*$', flags: 's' }, /.*/]) {
    const { active, warnings } = await loadRules([{ issue: 'A', error }]);
    assert.equal(active, 1);
    assert.deepEqual(warnings, [
      {
        index: 0,
        id: null,
        issue: 'A',
        field: 'error',
        code: 'WARN_MATCHES_EMPTY',
        message: 'The pattern matches every text: every failed test is this issue, unless an earlier rule matches',
        offset: null,
      },
    ]);
    assert.equal((await classify('', 'something else entirely')).status, 'Broken');
  }
  for (const error of [' ', '.+', '^$', raw`\b`, '(?!x)', '.*boom', '^.*$']) {
    assert.deepEqual((await loadRules([{ issue: 'A', error }])).warnings, []);
  }
  const [scoped] = (await loadRules([{ issue: 'A', error: '', test: 'Cart' }])).warnings;
  assert.match(scoped.message, /every error of the tests in its scope is this issue/);
  // a scope that every test is in does no harm
  assert.deepEqual((await loadRules([{ ...GOOD, test: '.*' }])).warnings, []);
});

test('a rule with the patterns of an earlier one never gives a verdict, and a warning says so', async () => {
  const { warnings } = await loadRules([
    { issue: 'A', error: 'boom' },
    { issue: 'B', error: 'boom', test: 'Cart' },
    { issue: 'C', error: 'boom', flags: 'i' },
    { issue: 'D', error: /boom/ },
    { issue: 'E', error: { source: 'boom' }, test: 'Cart' },
  ]);
  assert.deepEqual(
    warnings.map(({ index, field, code, message, offset }) => [index, field, code, message, offset]),
    [
      [3, 'error', 'WARN_DUPLICATE', 'Rule 0 has the same patterns, and goes first', null],
      [4, 'error', 'WARN_DUPLICATE', 'Rule 1 has the same patterns, and goes first', null],
    ],
  );
});
