// `explain`: which rules match, which would in another test, and what one rule lacks. The JavaScript loop is the judge.

import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { generateErrors, generateRules, toJson } from '../bench/data/index.mjs';
import { classify, classifySync, errorText, explain, loadRules, queueSize, testName } from '../index.js';
import { Random } from '../scripts/lib/random.mjs';
import { assertRejects, hostile, load, revokedProxy } from './support.mjs';
import { inWorker, SLOW_RULES, SLOW_TEXT } from './threads.mjs';

const KEYS = ['verdict', 'text', 'test', 'matches', 'outOfScope', 'truncated', 'rule'];
const RULE_KEYS = ['index', 'id', 'issue', 'missing', 'literal', 'condition', 'reason'];
const SEED = 20260;

/** What the loop says of each rule: `in` or `out` of scope with its match, or undefined. */
function judge(rules, name, text) {
  const expected = { matches: [], outOfScope: [] };
  for (const [index, { issue, id = null, url = null, error, flags, test: scope }] of rules.entries()) {
    const found = new RegExp(error, flags).exec(text);
    if (found === null) continue;
    const match = { start: found.index, end: found.index + found[0].length, text: found[0].slice(0, 200) };
    const inScope = !scope || new RegExp(scope).test(name);
    expected[inScope ? 'matches' : 'outOfScope'].push({ index, id, issue, url, match });
  }
  return expected;
}

const WORDS = ['boom', 'Timeout of ', 'ms', 'Cart', 'session not created', 'жар', 'É', '😀', '\ud800', '7', ' ', '\n', 'K', 'ſ'];
const SYNTAX = ['\\d+', '.', '[a-z]', '\\s*', '(?:boom|bang)', '(?=7)', '^', '$', '(?:ms)?', '\\w', '[^x]'];

const join = (random, parts, most) => Array.from({ length: random.int(1, most) }, () => random.pick(parts)).join('');

test('the lists are those of the loop, for generated rules and texts', async () => {
  const random = new Random(SEED);
  const seen = { matches: 0, outOfScope: 0, literal: 0, pattern: 0, scope: 0 };
  for (let round = 0; round < 40; round++) {
    const rules = Array.from({ length: 30 }, (_, n) => ({
      issue: `I-${n % 7}\ud800`,
      error: join(random, [...WORDS, ...WORDS, ...SYNTAX], 4),
      flags: random.pick(['', '', 'i', 's', 'm', 'u', 'iu', 'y']),
      ...(random.chance(0.4) && { test: join(random, WORDS, 2) }),
      ...(random.chance(0.3) && { id: `id ${n}` }),
      ...(random.chance(0.3) && { url: `https://issues.example/${n}` }),
    }));
    await load(rules);
    for (let n = 0; n < 10; n++) {
      const [name, text] = [join(random, WORDS, 4), join(random, WORDS, 8)];
      const asked = random.int(0, rules.length - 1);
      const { verdict, matches, outOfScope, truncated, rule, ...rest } = await explain(name, text, { rule: asked });
      const where = `seed ${SEED}, round ${round}, ${JSON.stringify({ name, text, rule: rules[asked] })}`;
      assert.deepEqual({ matches, outOfScope }, judge(rules, name, text), where);
      assert.deepEqual(rest, { text, test: name });
      assert.equal(truncated, false);
      assert.deepEqual(verdict, await classify(name, text));
      assert.equal(verdict.rule, matches[0]?.index ?? null);
      const listed = (list) => list.some(({ index }) => index === asked);
      assert.equal(rule.missing === null, listed(matches), where);
      if (listed(outOfScope)) assert.equal(rule.missing, 'scope', where);
      if (rule.literal !== null) {
        assert.equal(rule.missing, 'literal');
        assert.ok(!text.includes(rule.literal), where);
        assert.ok(rule.reason.includes(rule.literal));
      }
      seen.matches += matches.length;
      seen.outOfScope += outOfScope.length;
      if (rule.missing) seen[rule.missing] += 1;
    }
  }
  for (const [what, count] of Object.entries(seen)) assert.ok(count > 20, `${what}: ${count}`);
});

test('the lists are those of the loop, for a list and errors like real ones', async () => {
  const list = generateRules({ seed: 61, profile: 'plain', rules: 300 });
  const { rules } = JSON.parse(toJson(list));
  rules.push({ issue: 'any', error: '\\d' }, { issue: 'scoped', error: 'error', flags: 'i', test: '^[A-M]' });
  await load(rules);
  let several = 0;
  for (const { test: name, error } of generateErrors(list, { count: 100 })) {
    const { matches, outOfScope, text } = await explain(name, error);
    assert.deepEqual({ matches, outOfScope }, judge(rules, testName(name), text));
    if (matches.length + outOfScope.length > 1) several += 1;
  }
  assert.ok(several > 0);
});

test('an explanation is a plain object that has every key, before any load, too', async () => {
  const [before, none] = await inFreshProcess();
  assert.deepEqual(Object.keys(before), KEYS);
  assert.deepEqual([before.verdict.reason, before.text, before.matches], ['no-rules', 'boom', []]);
  assert.deepEqual(before.rule, {
    index: null,
    id: null,
    issue: null,
    missing: 'rule',
    literal: null,
    condition: null,
    reason: 'no rules are in force',
  });
  assert.deepEqual([none.verdict.reason, none.text, none.rule], ['no-error', null, null]);
  await load([{ issue: 'A', error: 'boom', id: 'a' }]);
  const explanation = await explain('a test', 'boom', { rule: 0 });
  assert.deepEqual(Object.keys(explanation), KEYS);
  assert.deepEqual(Object.keys(explanation.rule), RULE_KEYS);
  assert.deepEqual(Object.keys(explanation.verdict), Object.keys(await classify('a test', 'boom')));
  for (const object of [explanation, explanation.rule, explanation.matches[0], explanation.matches[0].match]) {
    assert.equal(Object.getPrototypeOf(object), Object.prototype);
  }
});

/** Two explanations in a process where nothing was loaded. */
async function inFreshProcess() {
  const { execFile } = await import('node:child_process');
  const { promisify } = await import('node:util');
  const source = `import { explain } from ${JSON.stringify(new URL('../index.js', import.meta.url).href)};
    console.log(JSON.stringify([await explain('a test', '\\u001b[1mboom', { rule: 'A' }), await explain('a test', null)]));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', source]);
  return JSON.parse(stdout);
}

test('of a rule the first part that is missing is named', async () => {
  await loadRules([
    { issue: 'GRID-7', error: 'Session (?:deleted|expired)', id: 'grid' },
    { issue: 'SHOP-1', error: 'items[0', id: 'broken' },
    { issue: 'SHOP-2', error: 'Timeout of \\d+ms', test: '^Cart' },
    { issue: 'SHOP-2', error: 'never' },
    { issue: 'grid', error: 'x' },
    { issue: '\ud800', error: '\udc00 boom' },
    { issue: 'slow', error: '^(?:(a+|b)+\\1)+$' },
    { issue: 'kelvin', error: 'kelvin scale \\d', flags: 'iu' },
  ]);
  for (const [name, error, rule, expected] of [
    ['Cart', 'Timeout of 7ms', 2, [2, 'SHOP-2', null, null]],
    ['Cart', 'Timeout of 7ms', 'SHOP-2', [2, 'SHOP-2', null, null]],
    ['Home', 'Timeout of 7ms', 2, [2, 'SHOP-2', 'scope', null]],
    ['Cart', 'Time out', 2, [2, 'SHOP-2', 'literal', 'Timeout of ']],
    ['Cart', 'TIMEOUT OF 7ms', 2, [2, 'SHOP-2', 'pattern', null]],
    ['', 'Session gone', 'grid', [0, 'GRID-7', 'literal', 'Session deleted']],
    ['', 'Session expired', 'GRID-7', [0, 'GRID-7', null, null]],
    ['', 'items[0', 'broken', [1, 'SHOP-1', 'rule', null]],
    ['', 'items[0', 'SHOP-1', [1, 'SHOP-1', 'rule', null]],
    ['', 'items[0', 1, [1, 'SHOP-1', 'rule', null]],
    ['', 'boom', 8, [null, null, 'rule', null]],
    ['', 'boom', 4294967295, [null, null, 'rule', null]],
    ['', 'boom', 'SHOP-3', [null, null, 'rule', null]],
    ['', 'boom', '', [null, null, 'rule', null]],
    ['', 'boom', '\ud800', [5, '\ud800', 'literal', ' boom']],
    ['', `${'a'.repeat(40)}b`, 'slow', [6, 'slow', 'pattern', null]],
    ['', 'kevin scale x', 'kelvin', [7, 'kelvin', 'literal', 'kelvin scale ']],
    // U+212A is a `k` under these flags
    ['', '\u212Aelvin scale x', 'kelvin', [7, 'kelvin', 'pattern', null]],
    ['Cart', null, 2, [2, 'SHOP-2', 'pattern', null]],
    ['Home', undefined, 2, [2, 'SHOP-2', 'scope', null]],
  ]) {
    const { rule: found } = await explain(name, error, { rule });
    assert.deepEqual([found.index, found.issue, found.missing, found.literal], expected, JSON.stringify({ name, error, rule }));
    assert.ok(found.reason.length > 10);
  }
  const reason = async (...args) => (await explain(...args)).rule.reason;
  assert.match(await reason('', 'x', { rule: 'broken' }), /^the rule was refused: error: .*\[/);
  assert.equal(await reason('', 'x', { rule: 9 }), 'there is no rule 9: the list has 8');
  assert.equal(await reason('Cart', 'never, Timeout of 7ms', { rule: 3 }), 'it matches, but rule 2 comes before it');
  assert.equal(await reason('Cart', 'Timeout of 7ms', { rule: 2 }), 'it matches and gives the verdict');
  assert.match(await reason('', `${'a'.repeat(40)}b`, { rule: 6 }), /limit/);
});

test('text and test are what classify reads', async () => {
  await load([{ issue: 'A', error: 'boom' }]);
  const values = [
    new Error('boom'),
    { message: 'x' },
    ['a', 'b'],
    Symbol('s'),
    7,
    revokedProxy(),
    hostile('stack'),
    '\ud800',
    '',
  ];
  for (const value of values) {
    const { text, test: name, verdict } = await explain(value, value);
    assert.deepEqual([text, name], [errorText(value), testName(value)]);
    assert.deepEqual(verdict, await classify(value, value));
  }
  assert.equal((await explain('', '\u001b[31mred\u001b[0m')).text, 'red');
  await load([{ issue: 'A', error: 'boom' }], { ansi: 'keep' });
  assert.equal((await explain('', '\u001b[31mred')).text, '\u001b[31mred');
  await load([{ issue: 'A', error: 'boom' }], { stackFrames: 'strip' });
  const error = new Error('boom');
  assert.equal((await explain('', error)).text, errorText(error));
  assert.equal(errorText(error), 'Error: boom\n');
  const long = ['ж', 'a'.repeat(100_000), new Error('x'.repeat(50_000))];
  const [{ text }, { match }] = [
    await explain('', long),
    classifySync('', ['b'.repeat(100_000), 'boom', 'c'.repeat(50_000)], { timeLimitMs: 60_000 }),
  ];
  assert.equal(text, errorText(long));
  assert.deepEqual([match.start, match.end], [100_001, 100_005]);
});

test('the lists are cut at 1,000 rules each, and a flag says so', async () => {
  await load(Array(1000).fill({ issue: 'A', error: 'boom' }));
  assert.deepEqual(await explain('', 'boom').then((e) => [e.matches.length, e.truncated]), [1000, false]);
  const scoped = { issue: 'B', error: '\\w', test: 'never' };
  await load([...Array(1001).fill(scoped), ...Array(1500).fill({ issue: 'A', error: 'boom' })]);
  const { matches, outOfScope, truncated, verdict } = await explain('', 'boom');
  assert.deepEqual([matches.length, outOfScope.length, truncated], [1000, 1000, true]);
  assert.deepEqual([matches[0].index, outOfScope[999].index, verdict.rule], [1001, 999, 1001]);
});

test('it is by the rules that were in force when it was called', async () => {
  const { version } = await load([{ issue: 'A', error: 'boom' }]);
  const explanations = Array.from({ length: 50 }, () => explain('', 'boom', { rule: 'A' }));
  await load([{ issue: 'B', error: 'boom' }]);
  for (const { verdict, matches, rule } of await Promise.all(explanations)) {
    assert.deepEqual([verdict.rulesVersion, matches[0].issue, rule.missing], [version, 'A', null]);
  }
  assert.equal((await explain('', 'boom', { rule: 'A' })).rule.missing, 'rule');
});

test('an abort rejects at once, and stops the work', async () => {
  await load(SLOW_RULES);
  const early = AbortSignal.abort('early');
  await assert.rejects(explain('', 'boom', { signal: early }), (reason) => reason === 'early');
  const controller = new AbortController();
  const { signal } = controller;
  const calls = Array.from({ length: 20 }, () => explain('', SLOW_TEXT, { signal, rule: 3 }));
  const outcomes = Promise.allSettled(calls);
  assert.equal(getEventListeners(signal, 'abort').length, 1);
  assert.equal(queueSize(), 0);
  // the event loop and the queue go on meanwhile
  let turns = 0;
  for (const end = performance.now() + 100; performance.now() < end; turns++) await sleep(1);
  assert.ok(turns > 10, `${turns} turns`);
  assert.equal((await classify('', 'xxx')).issue, 'S-0');
  const start = performance.now();
  controller.abort(new Error('enough'));
  for (const { reason } of await outcomes) assert.equal(reason.message, 'enough');
  assert.equal(getEventListeners(signal, 'abort').length, 0);
  assert.equal((await explain('', 'xxx')).matches.length, 1);
  assert.ok(performance.now() - start < 2000, 'stopped, not run to its end');
});

test('invalid arguments reject', async () => {
  await load([{ issue: 'A', error: 'boom' }]);
  const refuses = (call, message) => assertRejects(call, TypeError, 'ERR_INVALID_ARG', message);
  await refuses(explain(), 'explain takes a test and its error: explain(test, error)');
  await refuses(explain('boom'), 'explain takes a test and its error: explain(test, error)');
  await refuses(explain('', '', 7), 'options must be an object, but is a number');
  await refuses(explain('', '', { signal: 7 }), 'options.signal must be an AbortSignal');
  await refuses(explain('', '', { rules: 7 }), 'options has no `rules`: did you mean `rule`?');
  await refuses(explain('', '', hostile('rule')), 'options.rule could not be read: Error: rule is private');
  await refuses(explain('', '', hostile('signal')), 'options.signal could not be read: Error: signal is private');
  const rule = 'options.rule must be the index of a rule, its id or its issue, but is ';
  for (const [value, found] of [
    [-1, '-1'],
    [1.5, '1.5'],
    [Number.NaN, 'NaN'],
    [2 ** 32, '4294967296'],
    [{}, 'an object'],
    [1n, 'a bigint'],
  ]) {
    await refuses(explain('', '', { rule: value }), rule + found);
  }
  for (const options of [undefined, null, {}, { rule: null, signal: null }, []]) {
    assert.equal((await explain('', 'boom', options)).rule, null);
  }
});

test('every worker thread has it, and one that ends with explanations under way harms nobody', async () => {
  await load([{ issue: 'A', error: 'boom' }]);
  const issues = await inWorker(`return (await kf.explain('', 'a boom')).matches.map(({ issue }) => issue);`);
  assert.deepEqual(issues, ['A']);
  await load(SLOW_RULES);
  const text = JSON.stringify('xy'.repeat(20_000));
  await inWorker(`
    for (let n = 0; n < 5; n++) kf.explain('', ${text}.repeat(10)).catch(() => {});
    setTimeout(() => process.exit(), 100);
    return 0;`);
  const start = performance.now();
  assert.equal((await explain('', 'xxx')).matches.length, 1);
  assert.ok(performance.now() - start < 2000, 'nobody waits for the rest of them');
});
