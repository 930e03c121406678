// `known-failures suggest`: which rules are proposed for unknown failures, and what they match.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, test } from 'node:test';
import { classifySync, errorText, loadRules } from '../index.js';
import { run, sessionOf, specFolder } from './cli-program.mjs';
import { load } from './support.mjs';

const require = createRequire(import.meta.url);
const { candidatesOf } = require('../lib/cli/suggest/candidates.js');
const { Groups } = require('../lib/cli/suggest/groups.js');
const { propose } = require('../lib/cli/suggest/proposals.js');

const corpus = JSON.parse(readFileSync(new URL('corpus/real-errors.json', import.meta.url), 'utf8'));

/** Proposals for texts of which none is known. */
async function proposed(texts, { known = [], loadOptions = {} } = {}) {
  const groups = new Groups();
  for (const text of texts) groups.add({ test: 'a test', text, isKnown: false });
  for (const text of known) groups.add({ test: 'a test', text, isKnown: true });
  return propose(groups, groups.sorted(), { issue: 'NEW', loadOptions, onProgress() {} });
}

const isExact = ({ failures, matches }) => matches.group === failures && matches.others === 0;

describe('a proposed rule', () => {
  for (const [what, texts, others = []] of [
    [
      'numbers and durations',
      ['Error: Timeout of 500ms exceeded after 3 tries', 'Error: Timeout of 1,000 ms exceeded after -14 tries'],
    ],
    ['ids and hashes', ['Error: invalid session id: 5af3c1d2e4', 'Error: invalid session id: 00ff17aab3']],
    [
      'a UUID',
      ['Error: order 3f2504e0-4f89-11d3-9a0c-0305e82c3301 is gone', 'Error: order 6ba7b810-9dad-11d1-80b4-00c04fd430c8 is gone'],
    ],
    ['quoted values', [`Error: Field "Name" can't be 'x'`, `Error: Field "Last \\"name\\"" can't be 'it's so'`]],
    ['paths', ['Error: cannot read /home/ci/a/rules.json now', 'Error: cannot read C:\\ci\\b\\rules.json now']],
    [
      'URLs',
      ['Error: GET https://jane:pw@shop.example:8443/cart/17?a=b#c gave 502', 'Error: GET https://shop.example/cart/4 gave 502'],
      ['Error: GET https://shop.example/cart/4 gave nothing'],
    ],
    [
      'URLs of machines',
      ['GET http://127.0.0.1:8080/cart2/ failed', 'GET http://10.0.0.7/ca-17/ failed'],
      ['GET http://shop.example/ failed'],
    ],
    ['times', ['Error: at 2026-11-29T03:00:00.123Z it failed', 'Error: at 2026-01-02 13:14:15 it failed']],
    ['addresses', ['Error: connect ECONNREFUSED 127.0.0.1:4444', 'Error: connect ECONNREFUSED 10.0.0.7:80']],
    ['lists of numbers', ['Error: rows 1, 2, 3 differ', 'Error: rows 17, 4 differ']],
    ['characters that patterns have', ['Error: f(x) = [a|b]* + {c}? ^$ \\ . 1', 'Error: f(x) = [a|b]* + {c}? ^$ \\ . 2']],
    ['stacks', ['Error: the cart is empty\n    at pay (a.js:1:2)', 'Error: the cart is empty\n    at run (b.js:3:4)\n    at x']],
    ['ANSI sequences', ['\u001b[31mError: expected 1\u001b[39m to be odd', 'Error: expected 2 to be odd']],
    [
      'several lines',
      ['Error: not equal\n\nExpected: 1\nReceived: 2', 'Error: not equal\n\nExpected: 3\nReceived: 4'],
      ['Error: not equal\n\nExpected: true'],
    ],
    ['an error that begins another', ['Error: boom'], ['Error: boom at last', 'Error: boom\nand more']],
    ['an error within another', ['boom'], ['Error: boom', 'Error: x\n  boom']],
    [
      'causes',
      [
        'Error: failed\n    at a\nCaused by:\nError: no space left',
        'Error: failed\n    at b\nCaused by:\nError: no space left\n    at c',
      ],
      ['Error: failed\n    at a', 'Error: failed\nCaused by:\nError: other'],
    ],
    ['an error without its cause', ['Error: failed\n    at a'], ['Error: failed\n    at a\nCaused by:\nError: other']],
    ['regular expressions', ['Error: did not match /^a b$/. Input: 1', 'Error: did not match /^a b$/. Input: 2']],
    ['long lines', [`Error: ${'a long story '.repeat(80)}`], ['Error: a long story']],
    ['an empty text', ['', '  \n']],
  ]) {
    test(`for ${what}`, async () => {
      const proposals = await proposed([...texts, ...others]);
      const groups = proposals.filter(({ rule }) => rule.examples?.match.some((text) => texts.includes(text)) ?? true);
      assert.equal(groups[0].failures, texts.length, `one group: ${JSON.stringify(proposals)}`);
      const [{ rule }] = groups;
      assert.ok(isExact(groups[0]), JSON.stringify(groups[0]));
      // what is said is so
      await load([rule]);
      for (const text of texts)
        assert.equal(classifySync('', text).status, 'Broken', `/${rule.error}/ and ${JSON.stringify(text)}`);
      for (const text of others)
        assert.equal(classifySync('', text).status, 'Failed', `/${rule.error}/ and ${JSON.stringify(text)}`);
      for (const { error, flags } of candidatesOf(texts)) assert.ok(new RegExp(error, flags));
    });
  }

  test('does not match failures that are known already, if it can be', async () => {
    const [{ rule, matches }] = await proposed(['Error: no answer from the grid'], {
      known: ['Error: no answer from the grid node 7'],
    });
    assert.deepEqual(matches, { group: 1, others: 0 });
    assert.equal(rule.error, '^Error: no answer from the grid$');
  });

  test('says what it matches besides', async () => {
    // nothing tells these apart but the name of a group
    const [first] = await proposed(['', ''], { known: ['\n'] });
    assert.deepEqual(first.matches, { group: 2, others: 1 });
  });

  test('has an example, and no flags of the list', async () => {
    const [{ rule }] = await proposed(['Error: the cart is empty'], { loadOptions: { flags: 'i' } });
    assert.deepEqual(rule, {
      issue: 'NEW-1',
      error: 'Error: the cart is empty',
      flags: '',
      examples: { match: ['Error: the cart is empty'] },
    });
    const report = await loadRules([rule], { flags: 'i', strict: true });
    assert.deepEqual(report.warnings, []);
    assert.equal(classifySync('', 'error: THE CART is empty').status, 'Failed');
  });
});

test('errors of real runners: each rule matches its whole group, and nothing else', async () => {
  const texts = corpus.map(({ error }) => errorText(error)).filter((text) => text !== null);
  const proposals = await proposed(texts);
  assert.ok(proposals.length > 100, `${proposals.length} groups`);
  assert.deepEqual(
    proposals.filter((proposal) => !isExact(proposal)).map(({ signature, matches }) => ({ signature, matches })),
    [],
  );
});

describe('the command', () => {
  const { path: cwd, file } = specFolder('suggest');
  const failures = [
    ['Cart › pays by card', 'Error: card 4711 refused by https://pay.example/v2/charges/81\n    at pay (cart.spec.js:10:3)'],
    ['Cart › pays by invoice', 'Error: card 1234 refused by https://pay.example/v2/charges/7\n    at pay (cart.spec.js:20:3)'],
    ['Search › finds', 'Error: Timeout of 500ms exceeded'],
    ['Account › logs in', 'Error: session not created'],
    ['Account › logs out', "TypeError: Cannot read properties of undefined (reading 'name')\n    at out (account.spec.js:3:9)"],
  ];
  const lines = failures.map(([name, error]) => `${JSON.stringify({ test: name, error })}\n`).join('');
  file('past.jsonl', lines);
  file('known-failures.json', '[{"issue":"GRID-7","error":"session not created"},{"issue":"SHOP-31","error":"Timeout of"}]');

  test('docs/cli.md shows what it prints', async () => {
    const steps = sessionOf('docs/cli.md', 'suggest');
    assert.equal(steps.length, 2);
    for (const { typed, printed } of steps) {
      assert.deepEqual(await run(typed.split(' ').slice(1), { cwd }), { status: 0, stdout: printed, stderr: '' });
    }
  });

  test('prints all as JSON', async () => {
    const { stdout } = await run(['suggest', '-', '--rules', 'known-failures.json', '--json', '--top', '1'], {
      cwd,
      stdin: lines,
    });
    const { proposals, ...counts } = JSON.parse(stdout);
    assert.deepEqual(counts, { failures: 5, known: 2, withoutError: 0, groups: 2 });
    const [{ rule, ...proposal }] = proposals;
    assert.deepEqual(proposal, {
      signature: 'Error: card <n> refused by https://pay.example/<id>/charges/<id>',
      failures: 2,
      tests: ['Cart › pays by card', 'Cart › pays by invoice'],
      matches: { group: 2, others: 0 },
    });
    assert.equal(rule.issue, 'TODO-1');
  });

  test('writes the rules, which then know all failures', async () => {
    const written = await run(['suggest', 'past.jsonl', '-o', 'new.json'], { cwd });
    assert.match(written.stdout, /^5 of 5 failures are unknown, in 4 groups\n/);
    assert.deepEqual(await run(['suggest', 'past.jsonl', '--rules', 'new.json'], { cwd }), {
      status: 0,
      stdout: '0 of 5 failures are unknown, in 0 groups\n',
      stderr: '',
    });
    const { status } = await run(['test', 'new.json'], { cwd });
    assert.equal(status, 0, 'their examples are good');
  });

  test('counts failures without an error', async () => {
    const { stdout } = await run(['suggest', '-'], { cwd, stdin: '{"test":"a","error":null}\n' });
    assert.equal(stdout, '1 of 1 failures are unknown, in 0 groups, 1 without an error\n');
  });

  for (const [args, status, message, stdin = ''] of [
    [[], 2, 'which failures? write known-failures suggest FAILURES… --rules RULES'],
    [['past.jsonl', '--min', '0'], 2, '--min cannot be "0"; write a number from 1'],
    [['past.jsonl', '--json', '-o', 'x'], 2, '--json prints the rules, too; leave out --output'],
    [['-', '--rules', '-'], 2, 'standard input, -, can be only one of RULES and FAILURES'],
    [['nowhere'], 3, 'nowhere: no such file or folder'],
    [['-'], 3, 'standard input: no failures there', '[]'],
  ]) {
    test(`refuses ${args.join(' ') || 'nothing'}`, async () => {
      const failed = await run(['suggest', ...args], { cwd, stdin });
      assert.deepEqual([failed.status, failed.stdout, failed.stderr], [status, '', `known-failures: ${message}\n`]);
    });
  }
});
