// The fields of a rule besides its pattern, its scope and its names: what they do, and what is wrong with them.
//
// `SEED=… node --test __test__/rule-fields.spec.mjs` repeats a run.

import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { classify, classifyAll, classifySync, explain, loadRules } from '../index.js';
import { assertEverythingSeen, judgeLists } from './rule-lists.mjs';
import { hostile, load } from './support.mjs';

const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 1e9));

test('random lists give the verdicts of the loop, as an array and as JSON', async (t) => {
  t.diagnostic(`SEED=${SEED}`);
  assertEverythingSeen(await judgeLists(SEED, 1500), 20);
});

/** What is wrong with a field, for an array and, where JSON can say it, for JSON. */
async function rejection(fields) {
  const rules = [
    { issue: 'A', error: 'a', id: 'r', ...fields },
    { issue: 'B', error: 'b' },
  ];
  const { rejected } = await loadRules(rules);
  assert.equal(rejected.length, 1);
  const [{ index, id, issue, field, code, message, offset }] = rejected;
  assert.deepEqual([index, id, issue], [0, 'r', 'A']);
  return { field, code, message, offset };
}

const MANY = Array.from({ length: 101 }, (_, n) => `p${n}`);
const DATE = '`expires` must be a day like 2026-12-31 or a time like 2026-12-31T18:00:00Z, but is';
const PATTERN = 'must be a string, a RegExp or an object { source, flags }, but is';

for (const [fields, code, message, offset = null] of [
  [{ url: 7 }, 'ERR_RULE_TYPE', '`url` must be a string, but is a number'],
  [{ url: {} }, 'ERR_RULE_TYPE', '`url` must be a string, but is an object'],
  [{ enabled: 'false' }, 'ERR_RULE_TYPE', '`enabled` must be true or false, but is a string'],
  [{ enabled: 0 }, 'ERR_RULE_TYPE', '`enabled` must be true or false, but is a number'],
  [{ expires: 1798761600000 }, 'ERR_RULE_TYPE', '`expires` must be a day or a time in a string, but is a number'],
  [{ expires: '' }, 'ERR_RULE_VALUE', `${DATE} ""`],
  [{ expires: '31.12.2026' }, 'ERR_RULE_VALUE', `${DATE} "31.12.2026"`],
  [{ expires: '2025-02-30' }, 'ERR_RULE_VALUE', `${DATE} "2025-02-30": there is no such day in the calendar`],
  [
    { expires: '2026-12-31T18:00:00' },
    'ERR_RULE_VALUE',
    `${DATE} "2026-12-31T18:00:00": a time needs \`Z\` or an offset like \`+02:00\` at its end`,
  ],
  [{ also: 'b' }, 'ERR_RULE_TYPE', '`also` must be an array of patterns, but is a string'],
  [{ also: { source: 'b' } }, 'ERR_RULE_TYPE', '`also` must be an array of patterns, but is an object'],
  [{ also: ['b', 7] }, 'ERR_RULE_TYPE', `\`also[1]\` ${PATTERN} a number`],
  [{ also: [null] }, 'ERR_RULE_TYPE', `\`also[0]\` ${PATTERN} null`],
  [{ also: [['b']] }, 'ERR_RULE_TYPE', `\`also[0]\` ${PATTERN} an array`],
  [{ unless: [{ flags: 'i' }] }, 'ERR_RULE_TYPE', `\`unless[0]\` ${PATTERN} an object without a string \`source\``],
  [{ unless: MANY }, 'ERR_RULE_VALUE', '`unless` has more than 100 patterns: join some with `|`, or make rules'],
  [{ also: ['b', 'c('] }, 'ERR_PATTERN_SYNTAX', 'At index 1: Unterminated group: close it with ) or escape it as \\(', 1],
  [{ unless: [{ source: 'b', flags: 'ii' }] }, 'ERR_PATTERN_FLAGS', /^At index 0: /, 1],
]) {
  const [field] = Object.keys(fields);
  test(`a wrong \`${field}\` rejects its rule: ${JSON.stringify(fields[field]).slice(0, 40)}`, async () => {
    for (const form of [fields, JSON.parse(JSON.stringify(fields))]) {
      const found = await rejection(form);
      assert.deepEqual({ ...found, message: '' }, { field, code, message: '', offset });
      if (typeof message === 'string') assert.equal(found.message, message);
      else assert.match(found.message, message);
    }
    const json = await loadRules(
      JSON.stringify([
        { issue: 'A', error: 'a', ...fields },
        { issue: 'B', error: 'b' },
      ]),
    );
    assert.equal(json.rejected[0].message, (await rejection(fields)).message);
  });
}

test('a field that throws rejects its rule, an example that throws does not', async () => {
  const also = await rejection({ also: hostile(0, [null]) });
  assert.deepEqual([also.code, also.message], ['ERR_RULE_READ', '`also[0]` could not be read: Error: 0 is private']);
  const { rejected } = await loadRules([hostile('enabled', { issue: 'A', error: 'a' }), { issue: 'B', error: 'b' }]);
  assert.deepEqual(
    [rejected[0].code, rejected[0].message],
    ['ERR_RULE_READ', '`enabled` could not be read: Error: enabled is private'],
  );
});

test('a rule that is disabled or expired is counted and gives no verdict', async () => {
  const report = await load([
    { issue: 'off', error: 'boom', enabled: false, expires: '2020-01-01' },
    { issue: 'old', id: 'o', error: 'boom', expires: '2020-01-01' },
    { issue: 'on', error: 'boom', enabled: true, expires: '2999-01-01' },
  ]);
  assert.deepEqual([report.total, report.active, report.disabled, report.expired], [3, 1, 1, 1]);
  const [{ message, ...warning }, ...others] = report.warnings;
  assert.deepEqual(warning, { index: 1, id: 'o', issue: 'old', field: 'expires', code: 'WARN_EXPIRED', offset: null });
  assert.match(message, /expired \(2020-01-01\)/);
  assert.deepEqual(others, []);
  const verdict = await classify('', 'boom');
  assert.deepEqual([verdict.issue, verdict.rule], ['on', 2]);
  for (const [rule, reason] of [
    [0, /not in force: its `enabled` is false/],
    ['o', /not in force: it has expired/],
  ]) {
    const { rule: about, matches } = await explain('', 'boom', { rule });
    assert.equal(about.missing, 'rule');
    assert.match(about.reason, reason);
    assert.deepEqual(
      matches.map(({ issue }) => issue),
      ['on'],
    );
  }
});

test('a list of which no rule is in force is a good one', async () => {
  const report = await load([
    { issue: 'A', error: 'boom', enabled: false },
    { issue: 'B', error: 'boom', expires: '2020-01-01' },
  ]);
  assert.equal(report.active, 0);
  assert.equal((await classify('', 'boom')).reason, 'no-rules');
});

test('a rule that is not in force must be a good one all the same', async () => {
  const { rejected } = await loadRules([
    { issue: 'A', error: '(', enabled: false },
    { issue: 'B', error: 'b', also: ['['], expires: '2020-01-01' },
    { issue: 'C', error: 'c' },
  ]);
  assert.deepEqual(
    rejected.map(({ issue, field }) => [issue, field]),
    [
      ['A', 'error'],
      ['B', 'also'],
    ],
  );
});

test('a rule that expires while it is loaded is not used any more', async () => {
  const at = Date.now() + 1500;
  const report = await load([{ issue: 'A', error: 'boom', expires: new Date(at).toISOString() }]);
  assert.equal(report.active, 1);
  const verdicts = [classifySync('', 'boom'), await classify('', 'boom'), (await explain('', 'boom')).verdict];
  if (Date.now() < at) assert.deepEqual([...new Set(verdicts.map(({ issue }) => issue))], ['A']);
  while (Date.now() < at) await sleep(at - Date.now());
  const { verdict, matches, rule } = await explain('', 'boom', { rule: 0 });
  const later = [classifySync('', 'boom'), await classify('', 'boom'), ...(await classifyAll([{ error: 'boom' }])), verdict];
  assert.deepEqual([...new Set(later.map(({ reason }) => reason))], ['no-rules']);
  assert.deepEqual([matches, rule.missing], [[], 'rule']);
  assert.match(rule.reason, /it has expired/);
});

test('an expired rule makes way for the next one', async () => {
  const at = Date.now() + 300;
  await load([
    { issue: 'A', error: 'boom', expires: new Date(at).toISOString() },
    { issue: 'B', error: 'boom' },
  ]);
  while (Date.now() < at) await sleep(at - Date.now());
  assert.equal((await classify('', 'boom')).issue, 'B');
});

test('explain tells which condition fails', async () => {
  await load([
    {
      issue: 'A',
      id: 'a',
      error: 'boom',
      also: ['session', 'grid \\d'],
      unless: ['ignore', 'known'],
      url: 'https://issues.example/A',
    },
    { issue: 'B', id: 'b', error: 'a word of its own', also: ['session'] },
  ]);
  for (const [text, rule, missing, condition, reason] of [
    ['boom session grid 7', 'a', null, null, /./],
    ['boom session grid x', 'a', 'also', 1, /its `also\[1\]` does not match/],
    ['boom grid 7', 'a', 'also', 0, /its `also\[0\]` does not match/],
    ['boom session grid 7 known', 'a', 'unless', 1, /its `unless\[1\]` matches/],
    ['session grid 7', 'a', 'literal', null, /boom/],
    ['a word of its own', 'b', 'also', 0, /its `also\[0\]` does not match/],
    ['session', 'b', 'literal', null, /a word of its own/],
  ]) {
    const { rule: about, matches } = await explain('', text, { rule });
    assert.deepEqual([about.missing, about.condition], [missing, condition], text);
    assert.match(about.reason, reason);
    assert.deepEqual(
      matches.map(({ id, url }) => [id, url]),
      missing === null ? [['a', 'https://issues.example/A']] : [],
    );
  }
});

test('a condition that gives up makes its rule undecided', async () => {
  const slow = '^(?:(a+|b)+\\1)+$';
  const text = `${'a'.repeat(40)}b`;
  for (const fields of [{ also: [slow] }, { unless: [slow] }]) {
    await load([
      { issue: 'A', error: 'b', ...fields },
      { issue: 'B', error: 'b' },
    ]);
    const { issue, undecided } = await classify('', text);
    assert.deepEqual([issue, undecided], ['B', [0]]);
    const { rule } = await explain('', text, { rule: 0 });
    assert.deepEqual([rule.missing, rule.condition], [Object.keys(fields)[0], 0]);
    assert.match(rule.reason, /reached a limit/);
  }
});

test('a literal of `also` is looked for as one of `error` is', async () => {
  const report = await load([
    { issue: 'A', error: '\\d+' },
    { issue: 'B', error: '\\d+', also: ['session not created'] },
    { issue: 'C', error: '\\d+', unless: ['session not created'] },
  ]);
  assert.deepEqual(report.literals.none, [0, 2]);
});

test('the load report names the rules that are looked for neither by a literal nor by a shape', async () => {
  const { literals } = await load([
    { issue: 'A', error: '[A-Z]{3,}-\\d{4,8}' },
    { issue: 'B', error: '\\d+|failed' },
    { issue: 'C', error: '^\\d+$' },
    { issue: 'D', error: '\\b[a-f0-9]{32}\\b' },
    { issue: 'E', error: 'EPIPE' },
  ]);
  assert.deepEqual(literals, { short: [], none: [1, 2] });
});

test('warnings know the conditions', async () => {
  const found = async (rules) =>
    (await load(rules)).warnings.map(({ index, field, code, offset }) => [index, field, code, offset]);
  assert.deepEqual(
    await found([
      { issue: 'A', error: 'a', also: ['b', 'a\\h'] },
      { issue: 'B', error: 'b', unless: ['\\Ac'] },
      { issue: 'C', error: 'c', unless: ['x', ''] },
      { issue: 'D', error: '', also: ['d'] },
      { issue: 'E', error: '', also: ['.*'] },
    ]),
    [
      [0, 'also', 'WARN_DIALECT', 1],
      [1, 'unless', 'WARN_DIALECT', 0],
      [2, 'unless', 'WARN_MATCHES_EMPTY', null],
      [4, 'error', 'WARN_MATCHES_EMPTY', null],
    ],
  );
  assert.deepEqual(
    await found([
      { issue: 'A', error: 'a', also: ['b', 'c'] },
      { issue: 'B', error: 'a' },
      { issue: 'C', error: 'a', also: ['c', 'b', 'c'] },
      { issue: 'D', error: 'a', unless: ['b', 'c'] },
      { issue: 'E', error: 'a', also: [] },
    ]),
    [
      [2, 'error', 'WARN_DUPLICATE', null],
      [4, 'error', 'WARN_DUPLICATE', null],
    ],
  );
  // the later one takes over when the earlier one has expired
  assert.deepEqual(
    await found([
      { issue: 'A', error: 'a', expires: '2998-01-01' },
      { issue: 'B', error: 'a', expires: '2999-01-01' },
      { issue: 'C', error: 'a', expires: '2998-06-01' },
      { issue: 'D', error: 'a' },
      { issue: 'E', error: 'a', enabled: false },
    ]),
    [[2, 'error', 'WARN_DUPLICATE', null]],
  );
});

test('examples of another shape are a warning', async () => {
  for (const [examples, message] of [
    [{ match: ['a', { error: 'b' }], noMatch: [{ test: 't', error: 'c' }] }, null],
    [{ match: [] }, null],
    [null, null],
    [{}, '`examples` has neither `match` nor `noMatch`'],
    [['a'], '`examples` must be an object { match, noMatch }, but is an array'],
    ['a', '`examples` must be an object { match, noMatch }, but is a string'],
    [{ match: 'a' }, '`examples.match` must be an array, but is a string'],
    [{ match: ['a', 7] }, '`examples.match[1]` must be a string or an object { test, error }, but is a number'],
    [{ noMatch: [null] }, '`examples.noMatch[0]` must be a string or an object { test, error }, but is null'],
    [{ noMatch: [{ test: 't' }] }, '`examples.noMatch[0].error` must be a string, but is null'],
    [{ noMatch: [{ test: 7, error: 'e' }] }, '`examples.noMatch[0].test` must be a string, but is a number'],
  ]) {
    const rules = [{ issue: 'A', error: 'boom', examples }];
    for (const form of [rules, JSON.stringify(rules)]) {
      const { warnings, active } = await load(form);
      assert.deepEqual(
        warnings.map(({ field, code, message }) => [field, code, message]),
        message === null ? [] : [['examples', 'WARN_EXAMPLES', message]],
      );
      assert.equal(active, 1);
    }
  }
  const { warnings } = await load([{ issue: 'A', error: 'boom', examples: hostile('match') }]);
  assert.deepEqual(
    [warnings[0].code, warnings[0].message],
    ['WARN_EXAMPLES', '`examples.match` could not be read: Error: match is private'],
  );
});

test('keys of the list’s own hold the fields, and messages speak of them', async () => {
  const fields = { enabled: 'on', expires: 'until', also: 'and', unless: 'not', url: 'link', examples: 'samples' };
  const rules = [
    { issue: 'A', error: 'boom', on: false },
    { issue: 'B', error: 'boom', until: '2020-01-01' },
    { issue: 'C', error: 'boom', and: ['x'] },
    { issue: 'D', error: 'boom', not: ['boom'] },
    { issue: 'E', error: 'boom', link: 'https://issues.example/E', samples: 7 },
    { issue: 'F', error: 'boom', and: 'x' },
  ];
  for (const form of [rules, JSON.stringify(rules)]) {
    const { rejected, warnings, active } = await loadRules(form, { fields });
    assert.equal(active, 3);
    assert.match(rejected[0].message, /^`and` must be an array/);
    assert.equal(rejected[0].field, 'also');
    assert.match(warnings.find(({ code }) => code === 'WARN_EXAMPLES').message, /^`samples` must be/);
    assert.equal((await classify('', 'boom')).url, 'https://issues.example/E');
  }
});

test('lists that can differ in a verdict differ in their version, and the day of the load does not matter', async () => {
  const rule = { issue: 'A', error: 'boom' };
  const hash = async (fields) => (await load([{ ...rule, ...fields }])).version.split('-')[1];
  const lists = [
    {},
    { url: '' },
    { url: 'x' },
    { enabled: false },
    { expires: '2999-01-01' },
    { expires: '2999-01-02' },
    { expires: '2020-01-01' },
    { also: ['a'] },
    { also: ['a', 'b'] },
    { also: ['a'], unless: ['b'] },
    { unless: ['a'] },
    { unless: [/a/i] },
  ];
  const hashes = await Promise.all(lists.map(hash));
  assert.equal(new Set(hashes).size, lists.length);
  for (const same of [{ enabled: true }, { also: [], unless: null }, { examples: { match: ['boom'] } }]) {
    assert.equal(await hash(same), hashes[0], JSON.stringify(same));
  }
  assert.equal(await hash({ expires: '2999-01-02T00:00:00Z' }), hashes[4]);
});
