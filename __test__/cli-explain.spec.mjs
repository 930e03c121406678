// `known-failures explain`: why an error gets its verdict.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { describe, test } from 'node:test';
import { run, specFolder } from './cli-program.mjs';

const require = createRequire(import.meta.url);
const { excerpt } = require('../lib/cli/excerpt.js');
const { terminalOf } = require('../lib/cli/terminal.js');
const folder = specFolder('cli-explain');
const inFolder = (args, options) => run(args, { cwd: folder.path, ...options });

folder.file(
  'rules.json',
  `[
  { "issue": "SHOP-1432", "error": "Timeout of \\\\d+ms", "test": "^Cart › " },
  { "issue": "GRID-7", "id": "slow", "error": "Timeout of \\\\d+ms exceeded", "url": "https://issues.example/GRID-7" },
  { "issue": "GRID-8", "error": "Timeout of \\\\d+ms exceeded by node" },
  { "issue": "GRID-9", "error": "Timeout of \\\\d+ms exceeded", "also": ["firefox"] },
  { "issue": "OLD-1", "error": "Timeout", "enabled": false }
]
`,
);
const ERROR = 'Error: Timeout of 500ms exceeded\n    at pay (cart.js:7:3)\n';

async function explained(args, error = ERROR) {
  const { status, stdout, stderr } = await inFolder(['explain', 'rules.json', '--json', ...args], { stdin: error });
  assert.deepEqual([status, stderr], [0, '']);
  return JSON.parse(stdout);
}

const issues = (rules) => rules.map(({ issue, line }) => `${issue}:${line}`);

test('all rules that match, in list order, and those that nearly do', async () => {
  const { verdict, matches, outOfScope, nearMisses, text } = await explained([]);
  assert.equal(verdict.issue, 'GRID-7');
  assert.equal(text, ERROR.slice(0, -1));
  assert.deepEqual([issues(matches), issues(outOfScope)], [['GRID-7:3'], ['SHOP-1432:2']]);
  const misses = nearMisses.map(({ issue, missing, literal }) => [issue, missing, literal]).sort();
  assert.deepEqual(misses, [
    ['GRID-8', 'literal', 'ms exceeded by node'],
    ['GRID-9', 'also', null],
  ]);
});

test('in a test, from a file', async () => {
  folder.file('error.txt', ERROR);
  const { matches, test: name } = await explained(['error.txt', '--test', 'Cart › pays']);
  assert.deepEqual([issues(matches), name], [['SHOP-1432:2', 'GRID-7:3'], 'Cart › pays']);
});

describe('--rule', () => {
  for (const [rule, index, missing] of [
    ['GRID-7', 1, null],
    ['slow', 1, null],
    ['0', 0, 'scope'],
    ['GRID-9', 3, 'also'],
    ['OLD-1', 4, 'rule'],
    ['nobody', null, 'rule'],
    ['99', null, 'rule'],
  ]) {
    test(rule, async () => {
      const explanation = await explained(['--rule', rule]);
      assert.deepEqual([explanation.rule.index, explanation.rule.missing], [index, missing]);
      assert.ok(!explanation.nearMisses.some((one) => one.index === index));
      assert.equal((await inFolder(['explain', 'rules.json', '--rule', rule], { stdin: ERROR })).status, 0);
    });
  }
});

test('an error that nothing matches', async () => {
  const { status, stdout } = await inFolder(['explain', 'rules.json'], { stdin: 'boom' });
  assert.deepEqual([status, stdout], [0, 'Failed: no rule matches\n']);
});

test('what is wrong with the command line', async () => {
  assert.equal((await inFolder(['explain'])).status, 2);
  assert.equal((await inFolder(['explain', '-'])).status, 2);
  assert.equal((await inFolder(['explain', 'rules.json', 'a', 'b'])).status, 2);
  assert.equal((await inFolder(['explain', 'rules.json', 'missing.txt'])).status, 3);
});

describe('a place in its line', () => {
  const shown = (text, start, end, width = 80) =>
    excerpt(text, { start, end }, { terminal: terminalOf({}, { COLUMNS: String(width) }), indent: 2 }).split('\n');
  for (const [what, args, line, carets] of [
    ['in the middle', ['ab\ncdef\ngh', 4, 6], '  cdef', '   ^^'],
    ['at the end', ['ab', 2, 2], '  ab', '    ^'],
    ['at a line break', ['ab\r\ncd', 1, 2], '  ab', '   ^'],
    ['over lines', ['ab\ncd', 1, 4], '  ab ↵', '   ^'],
    ['behind wide characters and a tab', ['日本\tx', 3, 4], '  日本 x', '       ^'],
    ['nowhere', ['', 0, 0], '  ', '  ^'],
    ['behind much', [`${'a'.repeat(100)}boom`, 100, 104, 40], '  …aaaaaaaaaaaaaaaboom', `  ${' '.repeat(16)}^^^^`],
    ['before much', [`boom${'a'.repeat(100)}`, 0, 4, 40], `  boom${'a'.repeat(33)}…`, '  ^^^^'],
    ['too long', ['a'.repeat(100), 0, 100, 40], `  ${'a'.repeat(37)}…`, `  ${'^'.repeat(38)}`],
    ['hostile', ['\u001b[2J', 1, 2], '  \ufffd[2J', '   ^'],
  ]) {
    test(what, () => assert.deepEqual(shown(...args), [line, carets, '']));
  }
});
