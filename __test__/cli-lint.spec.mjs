// `known-failures lint`: what it finds, and what it repairs.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { run, sessionOf, specFolder } from './cli-program.mjs';

const require = createRequire(import.meta.url);
const { ERRORS } = require('../lib/cli/lint/corpus.js');
const { applyEdits, unifiedDiff } = require('../lib/cli/lint/diff.js');
const { attacksOn } = require('../lib/cli/lint/pattern/attacks.js');
const { choices, sampler } = require('../lib/cli/lint/pattern/sample.js');
const { translate } = require('../lib/cli/lint/translate.js');
const folder = specFolder('cli-lint');
const inFolder = (args, options) => run(args, { cwd: folder.path, ...options });

const url = 'https://issues.example/1';
const GOOD = { issue: 'A-1', error: 'card \\d+ refused', url };

async function lint(rules, args = []) {
  folder.file('rules.json', `[\n${rules.map((rule) => JSON.stringify(rule)).join(',\n')}\n]\n`);
  const { status, stdout, stderr } = await inFolder(['lint', 'rules.json', '--json', ...args]);
  assert.equal(stderr, '');
  return { status, ...JSON.parse(stdout) };
}

describe('a finding', () => {
  for (const [what, rules, expected] of [
    ['none', [GOOD], []],
    ['refused', [GOOD, { ...GOOD, issue: 'B', error: 'boom(' }], ['3 error ERR_PATTERN_SYNTAX error "boom(" 4']],
    ['every rule refused', [{ ...GOOD, error: 'boom(' }], ['2 error ERR_PATTERN_SYNTAX error "boom(" 4']],
    ['no rule at all', [GOOD, 5], ['3 error ERR_RULE_TYPE null null null']],
    ['flags', [GOOD, { ...GOOD, error: 'x boom', flags: 'iq' }], ['3 error ERR_PATTERN_FLAGS flags "iq" 1']],
    ['in also', [GOOD, { ...GOOD, error: 'x boom', also: ['a', 'b('] }], ['3 error ERR_PATTERN_SYNTAX also[1] "b(" 1']],
    ['another dialect', [{ ...GOOD, error: 'boom\\Z here' }], ['2 warning WARN_DIALECT error "boom\\\\Z here" 4']],
    ['a duplicate', [GOOD, { ...GOOD, issue: 'B' }], ['3 warning WARN_DUPLICATE error null null']],
    ['expired', [GOOD, { ...GOOD, error: 'old card', expires: '2020-01-01' }], ['3 warning WARN_EXPIRED expires null null']],
    ['everything', [{ ...GOOD, error: '.*' }], ['2 warning WARN_MATCHES_EMPTY error null null']],
    ['nearly everything', [{ ...GOOD, error: 'Error: ' }], ['2 warning LINT_MATCHES_MOST error null null']],
    ['much', [{ ...GOOD, error: 'Assertion|Timeout|[Tt]imed' }], ['2 info LINT_MATCHES_MANY error null null']],
    ['no link', [{ ...GOOD, url: undefined }], ['2 info LINT_NO_URL url null null']],
    ['no literal', [{ ...GOOD, error: '^\\d{3}:\\d{2}$' }], ['2 info LINT_NO_LITERAL error null null']],
    ['catastrophic', [{ ...GOOD, error: 'card (\\w+\\s?)+$' }], ['2 info LINT_BACKTRACKING error null null']],
    ['catastrophic here, too', [{ ...GOOD, error: 'card (x)?(\\w+\\s?)+\\1$' }], ['2 warning LINT_BACKTRACKING error null null']],
    ['shadowed', [{ ...GOOD, error: 'refused' }, GOOD], ['3 warning LINT_SHADOWED error null null']],
    ['shadowed, by case', [{ ...GOOD, error: 'CARD', flags: 'i' }, GOOD], ['3 warning LINT_SHADOWED error null null']],
    [
      'shadowed in its scope',
      [
        { ...GOOD, error: 'refused', test: '^Cart' },
        { ...GOOD, test: '^Cart › \\d+' },
      ],
      ['3 warning LINT_SHADOWED error null null'],
    ],
    [
      'shadowed, though it wants more',
      [
        { ...GOOD, error: 'refused' },
        { ...GOOD, also: ['x'] },
      ],
      ['3 warning LINT_SHADOWED error null null'],
    ],
    [
      'not shadowed: another scope',
      [
        { ...GOOD, error: 'refused', test: '^Cart' },
        { ...GOOD, test: '^Login' },
      ],
      [],
    ],
    [
      'not shadowed: one branch is free',
      [
        { ...GOOD, error: 'refused' },
        { ...GOOD, error: 'refused|declined' },
      ],
      [],
    ],
    ['not shadowed: the earlier one is anchored', [{ ...GOOD, error: '^card \\d+ refused$' }, GOOD], []],
    ['not shadowed: it is off', [{ ...GOOD, error: 'refused', enabled: false }, GOOD], []],
  ]) {
    test(what, async () => {
      const { status, findings } = await lint(rules);
      const found = findings.map(
        ({ line, level, code, field, pattern, offset }) =>
          `${line} ${level} ${code} ${field} ${JSON.stringify(pattern)} ${offset}`,
      );
      const ignored = (one) => what !== 'no literal' && /LINT_NO_LITERAL/.test(one);
      assert.deepEqual(
        found.filter((one) => !ignored(one)),
        expected,
      );
      assert.equal(status, expected.some((one) => !one.includes(' info ')) ? 1 : 0);
    });
  }

  test('names the other rule and a sample', async () => {
    const [shadow] = (await lint([{ ...GOOD, error: 'refused' }, GOOD])).findings;
    assert.equal(shadow.other, 0);
    assert.match(shadow.sample, /card \d+ refused/);
  });

  test('counts from a level on', async () => {
    const rules = [
      { issue: 'A', error: 'Error: ' },
      { issue: 'B', error: 'boom(' },
    ];
    const counts = async (level) => (await lint(rules, ['--level', level])).counts;
    assert.deepEqual(await counts('error'), { error: 1, warning: 0, info: 0 });
    assert.deepEqual(await counts('warning'), { error: 1, warning: 1, info: 0 });
    assert.deepEqual(await counts('info'), { error: 1, warning: 1, info: 2 });
    assert.equal((await lint(rules.slice(0, 1), ['--level', 'error'])).status, 0);
  });
});

test('many rules without a link are one line', async () => {
  const rules = Array.from({ length: 40 }, (_, at) => ({ issue: `I-${at}`, error: `boom ${at}!` }));
  folder.file('rules.json', JSON.stringify(rules));
  const { status, stdout } = await inFolder(['lint', 'rules.json']);
  assert.equal(status, 0);
  assert.equal(
    stdout,
    'rules.json: info: 40 rules have no `url`: I-0, I-1, I-2 and 37 more [LINT_NO_URL]\nrules.json: 40 notes in 40 rules\n',
  );
});

describe('--fix', () => {
  const before = `{
  "rules": [
    { "issue": "A", "error": "(?i)boom (?P<n>\\\\d+) (?P=n)", "owner": "x" },
    {
      "issue": "B",
      "error": "(?is)boom.*",
      "flags": "m"
    },
    {
      "issue": "C",
      "error": "(?s)a\\u0028b\\u0029",
      "test": "(?i)^cart"
    },
    {"issue":"D","error":{"source":"(?i)d"},"also":["x","(?i)y"]},
    { "issue": "E", "error": "[(?P<]" },
    { "issue": "F", "error": "(?x)not certain" },
    { "issue": "G", "error": "boom(?P<" }
  ]
}
`;
  const after = `{
  "rules": [
    { "issue": "A", "error": "boom (?<n>\\\\d+) \\\\k<n>", "flags": "i", "owner": "x" },
    {
      "issue": "B",
      "error": "boom.*",
      "flags": "mis"
    },
    {
      "issue": "C",
      "error": "a\\u0028b\\u0029",
      "flags": "s",
      "test": { "source": "^cart", "flags": "i" }
    },
    {"issue":"D","error":{"source":"d","flags":"i"},"also":["x",{ "source": "y", "flags": "i" }]},
    { "issue": "E", "error": "[(?P<]" },
    { "issue": "F", "error": "(?x)not certain" },
    { "issue": "G", "error": "boom(?P<" }
  ]
}
`;

  test('prints a diff, and changes nothing', async () => {
    folder.file('fix.json', before);
    const { status, stdout, stderr } = await inFolder(['lint', 'fix.json', '--fix']);
    assert.deepEqual([status, stderr], [1, 'known-failures: fix.json: 6 patterns to repair; --fix --write does it\n']);
    assert.equal(patched(before, stdout), after);
    assert.equal(readFileSync(join(folder.path, 'fix.json'), 'utf8'), before);
  });

  test('--write makes it, once, and keeps a byte order mark', async () => {
    folder.file('fix.json', `\ufeff${before}`);
    assert.equal((await inFolder(['lint', 'fix.json', '--fix', '--write'])).status, 0);
    assert.equal(readFileSync(join(folder.path, 'fix.json'), 'utf8'), `\ufeff${after}`);
    const again = await inFolder(['lint', 'fix.json', '--fix', '--write']);
    assert.deepEqual(again, { status: 0, stdout: '', stderr: 'known-failures: fix.json: nothing to repair for certain\n' });
  });

  test('keeps the flags of the command line, and keys of the list', async () => {
    folder.file('fix.json', '[{"ticket":"A","re":"(?s)a"}]');
    await inFolder(['lint', 'fix.json', '--fix', '--write', '--flags', 'i', '--fields', 'issue=ticket,error=re,flags=f']);
    assert.equal(readFileSync(join(folder.path, 'fix.json'), 'utf8'), '[{"ticket":"A","re":"a","f":"is"}]');
  });

  test('does not write what it cannot', async () => {
    const list = '[{"issue":"A","error":"(?s)a"}]';
    folder.file('fix.json.gz', gzipSync(list));
    assert.equal((await inFolder(['lint', 'fix.json.gz', '--fix', '--write'])).status, 2);
    assert.equal((await inFolder(['lint', '-', '--fix', '--write'], { stdin: list })).status, 2);
    assert.equal((await inFolder(['lint', 'fix.json.gz', '--write'])).status, 2);
  });
});

/** Applies a unified diff, strictly. */
function patched(text, diff) {
  const lines = text.split('\n');
  const made = [];
  let at = 0;
  for (const hunk of diff.split(/^(?=@@ )/m).slice(1)) {
    const [head, ...body] = hunk.replace(/\n$/, '').split('\n');
    const [, from, removed, to, added] = /^@@ -(\d+),(\d+) \+(\d+),(\d+) @@$/.exec(head).map(Number);
    made.push(...lines.slice(at, from - 1));
    assert.equal(made.length, to - 1);
    const old = body.filter((line) => line[0] !== '+').map((line) => line.slice(1));
    assert.deepEqual(old, lines.slice(from - 1, from - 1 + removed));
    const fresh = body.filter((line) => line[0] !== '-').map((line) => line.slice(1));
    assert.equal(fresh.length, added);
    made.push(...fresh);
    at = from - 1 + removed;
  }
  return [...made, ...lines.slice(at)].join('\n');
}

test('a diff of edits that are far from each other', () => {
  const text = Array.from({ length: 40 }, (_, at) => `line ${at}\n`).join('');
  const edits = ['line 2\n', 'line 3\n', 'line 20\n', 'line 39\n'].map((line, number) => {
    const start = text.indexOf(line);
    return { start, end: start + 4, text: number === 1 ? 'two\nlines' : 'new' };
  });
  const diff = unifiedDiff('x', text, edits);
  assert.equal(diff.match(/^@@/gm).length, 3);
  assert.equal(patched(text, diff), applyEdits(text, edits));
});

describe('what is translated', () => {
  for (const [source, result, flags = ''] of [
    ['boom', null],
    ['(?i)(?m)boom', 'boom', 'im'],
    ['a(?i)b', null],
    ['(?i:b)', null],
    ['(?P<a>x)[(?P<b>]\\(?P<', '(?<a>x)[(?P<b>]\\(?P<'],
  ]) {
    test(source, () => {
      const translation = translate(source);
      assert.equal(translation && applyEdits(source, translation.changes), result);
      assert.equal(translation?.flags ?? '', flags);
    });
  }
});

describe('samples of a pattern match it', () => {
  for (const [source, flags = ''] of [
    ['session (deleted|not created)'],
    ['a(b|c)+?\\d{3,}[^\\n"]x(?<n>q|r)\\k<n>\\1?'],
    ['Timeout of \\d+ms\\b.*\\bexceeded'],
    ['[\\u4e00-\\u9fff]+x{2,}?'],
    ['a{,3}x{2}'],
    ['(?=.*foo)a|^b$'],
    ['(?<!x)y(?!z)(?:w)'],
    ['\\cA\\x41\\u0042\\u{43}\\p{Lu}', 'u'],
    ['[[a-z]--[aeiou]]+[\\q{ab|c}x]?', 'v'],
    ['[]|\\[[\\]a]'],
    ['(?i:ab)c.', 's'],
  ]) {
    test(`/${source}/${flags}`, (t) => {
      let pattern;
      try {
        pattern = new RegExp(source, flags);
      } catch {
        return t.skip('not in this runtime');
      }
      const { tree, sample } = sampler({ source, flags });
      const samples = Array.from({ length: 24 }, (_, number) => sample(tree, choices(number))).filter((one) => one !== null);
      const good = samples.filter((one) => pattern.test(one));
      assert.ok(good.length >= 8, JSON.stringify(samples));
    });
  }

  test('a pattern that is nested deeply has none', () => {
    assert.equal(sampler({ source: `${'('.repeat(50_000)}${')'.repeat(50_000)}`, flags: '' }), null);
  });

  test('patterns that cannot be catastrophic are not measured', () => {
    for (const source of ['boom', 'Timeout of \\d+ms', '(a|b){3}', 'x?y?']) {
      assert.deepEqual(attacksOn({ source, flags: '' }), { short: [], long: [] }, source);
    }
  });
});

describe('the corpus', () => {
  test('has errors of many kinds', () => {
    assert.ok(ERRORS.length >= 60);
    assert.equal(new Set(ERRORS).size, ERRORS.length);
  });

  const real = JSON.parse(readFileSync(new URL('corpus/real-errors.json', import.meta.url), 'utf8')).map(({ error }) =>
    String(error),
  );
  for (const source of [
    'Error: ',
    'AssertionError',
    'node:internal',
    '[Tt]ime(d )?out',
    'expected',
    '\\d',
    '^TypeError',
    'net::ERR_',
  ]) {
    test(`/${source}/ matches about as many of it as of errors of real runners`, () => {
      const share = (errors) => errors.filter((error) => new RegExp(source).test(error)).length / errors.length;
      assert.ok(Math.abs(share(ERRORS) - share(real)) < 0.25, `${share(ERRORS)} and ${share(real)}`);
    });
  }
});

for (const command of ['explain', 'lint', 'test']) {
  test(`docs/cli.md shows what ${command} prints`, async () => {
    const docs = specFolder(`docs-${command}`);
    const steps = sessionOf('docs/cli.md', command);
    assert.ok(steps.some(({ typed }) => typed.startsWith(`known-failures ${command} `)));
    for (const { typed, printed } of steps) {
      const [program, ...args] = [...typed.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain);
      if (program === 'cat') docs.file(args[0], printed);
      else {
        const { stdout, stderr } = await run(args, { cwd: docs.path });
        assert.equal(stdout + stderr, printed, typed);
      }
    }
  });
}
