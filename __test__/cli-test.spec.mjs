// `known-failures test`: the examples of a list.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { run, specFolder } from './cli-program.mjs';

const folder = specFolder('cli-test');
const inFolder = (args, options) => run(args, { cwd: folder.path, ...options });

function list(name, rules) {
  return folder.file(name, `[\n${rules.map((rule) => JSON.stringify(rule)).join(',\n')}\n]\n`);
}

const outcomes = async (rules) => {
  list('rules.json', rules);
  const { status, stdout } = await inFolder(['test', 'rules.json', '--json']);
  const { examples, failures, malformed } = JSON.parse(stdout);
  return {
    status,
    examples,
    failures: failures.map(({ line, kind, number, reason, takenBy }) => [line, kind, number, reason, takenBy]),
    malformed,
  };
};

const GRID = { issue: 'GRID-7', error: 'session' };

describe('an example', () => {
  for (const [what, rules, expected] of [
    ['is given to its rule', [{ ...GRID, examples: { match: ['a session'], noMatch: ['boom'] } }], []],
    [
      'is given to its rule in its test',
      [{ ...GRID, test: '^Cart', examples: { match: [{ test: 'Cart', error: 'a session' }] } }],
      [],
    ],
    [
      'is in another test',
      [{ ...GRID, test: '^Cart', examples: { match: ['a session'] } }],
      [[2, 'match', 0, 'its `test` does not match the name of the test', null]],
    ],
    [
      'is taken by an earlier rule',
      [GRID, { issue: 'B', error: 'a session', examples: { match: ['a session'] } }],
      [[3, 'match', 0, 'an earlier rule takes it', 0]],
    ],
    [
      'lacks a literal',
      [{ ...GRID, examples: { match: ['boom'] } }],
      [[2, 'match', 0, 'the text does not have what its `error` requires: "session"', null]],
    ],
    [
      'of noMatch is matched',
      [{ ...GRID, examples: { noMatch: ['boom', 'a session'] } }],
      [[2, 'noMatch', 1, 'its rule matches it', null]],
    ],
    [
      'of noMatch is matched behind an earlier rule',
      [GRID, { issue: 'B', error: 'a session', examples: { noMatch: ['a session'] } }],
      [[3, 'noMatch', 0, 'its rule matches it', null]],
    ],
    ['of noMatch is an earlier rule’s', [GRID, { issue: 'B', error: 'boom', examples: { noMatch: ['a session'] } }], []],
    ['of noMatch is a later rule’s', [{ issue: 'B', error: 'boom', examples: { noMatch: ['a session'] } }, GRID], []],
  ]) {
    test(what, async () => {
      const { status, failures } = await outcomes(rules);
      assert.deepEqual(failures, expected);
      assert.equal(status, expected.length > 0 ? 1 : 0);
    });
  }

  test('of a rule that is not in force is skipped, of a refused one fails', async () => {
    const examples = { match: ['a session'] };
    const { examples: counts, failures } = await outcomes([
      { ...GRID, enabled: false, examples },
      { ...GRID, expires: '2020-01-01', examples },
      { ...GRID, error: '(', examples },
      GRID,
    ]);
    assert.deepEqual(counts, { total: 3, passed: 0, failed: 1, skipped: 2 });
    assert.match(failures[0][3], /^the rule was refused: .*Unterminated group/);
  });

  test('of another shape is a finding', async () => {
    const { status, malformed } = await outcomes([{ ...GRID, examples: { match: 'a session' } }]);
    assert.equal(status, 1);
    assert.deepEqual(malformed, [
      { id: null, issue: 'GRID-7', line: 2, index: 0, message: '`examples.match` must be an array, but is a string' },
    ]);
  });
});

test('TAP', async () => {
  const examples = { match: ['a session', 'boom # \n'] };
  list('rules.json', [
    { ...GRID, examples },
    { issue: 'B', error: 'x', enabled: false, examples: { match: ['x'] } },
  ]);
  const { status, stdout } = await inFolder(['test', 'rules.json', '--tap']);
  assert.equal(status, 1);
  const expected = [
    'TAP version 14',
    '1..3',
    'ok 1 - GRID-7 match 1',
    'not ok 2 - GRID-7 match 2',
    '  ---',
    '  at: "rules.json:2"',
    '  reason: "the text does not have what its `error` requires: \\"session\\""',
    '  test: ""',
    '  error: "boom # \\n"',
    '  ...',
    'ok 3 - B match 1 # SKIP the rule is disabled',
    '',
  ];
  assert.equal(stdout, expected.join('\n'));
});

test('10,000 examples, and no control characters on the terminal', async () => {
  const rules = Array.from({ length: 1000 }, (_, at) => ({
    issue: `I-${at}`,
    error: `boom ${at}:`,
    examples: { match: Array.from({ length: 10 }, (__, number) => `Error: boom ${at}: ${number}`) },
  }));
  rules[0].examples.match[0] = 'a\u001b]0;b\u0007';
  list('rules.json', rules);
  const { status, stdout } = await inFolder(['test', 'rules.json']);
  assert.equal(status, 1);
  assert.match(stdout, /^rules\.json: 9999 of 10000 examples pass; 1000 of 1000 rules have examples$/m);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  assert.doesNotMatch(stdout, /[\u001b\u0007]/);
});

test('two formats at once are a wrong command line', async () => {
  assert.equal((await inFolder(['test', 'rules.json', '--tap', '--json'])).status, 2);
  assert.equal((await inFolder(['test'])).status, 2);
});
