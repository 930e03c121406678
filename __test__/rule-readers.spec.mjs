// A list means the same as an array of objects, as a string and as bytes: random lists, most of their rules bad.
//
// `SEED=… node --test __test__/rule-readers.spec.mjs` repeats a run.

import assert from 'node:assert/strict';
import test from 'node:test';
import { classifyAll, loadRules } from '../index.js';
import { Random } from '../scripts/lib/random.mjs';

const SEED = process.env.SEED ?? Math.floor(Math.random() * 1e9);
const KEYS = ['issue', 'error', 'test', 'flags', 'id', 'source', 'other'];
const FIELDS = ['issue', 'error', 'test', 'flags', 'id'];
const TEXTS = ['', 'boom', 'a+', '(', '[z-a]', 'é😀', '\ud83d', '\udca9\\', '"\n\0', 'i', 'ii', 'q', 'm'];
const PATTERNS = ['', 'boom', 'a+', '^b', '(', 'é', '\ud83d', '\\d+', 'a|b'];
const FLAGS = ['', 'i', 'm', 'q', 'ii', 'u'];
const ITEMS = ['boom', 'aaa', 'BOOM', 'é😀', '7', ''].map((error) => ({ test: 'boom b', error }));

/** @returns {unknown} a value that JSON can express, or a `RegExp` */
function value(random) {
  const flags = random.pick([undefined, null, ...FLAGS, 7]);
  switch (random.int(0, 9)) {
    case 0:
      return null;
    case 1:
      return random.pick([7, -0.5, 1e21, -0, true, false]);
    case 2:
      return random.pick([[], ['boom'], {}, { flags }, { source: 7 }, { source: { source: 'a' } }]);
    case 3:
      return { source: random.pick(PATTERNS), flags };
    case 4:
      return random.pick([/boom/, /a+/i, /é/u, /^b/m]);
    default:
      return random.pick(TEXTS);
  }
}

/** What JSON has for a value. */
const plain = (_key, value) => (value instanceof RegExp ? { source: value.source, flags: value.flags } : value);

function rule(random, fields) {
  if (random.chance(0.05)) return random.pick([null, 7, 'boom', [], true]);
  const rule = {};
  // most rules are good but for what is put in afterwards, or none would get past its first field
  rule[fields.issue ?? 'issue'] = random.pick(TEXTS);
  rule[fields.error ?? 'error'] = random.pick(PATTERNS);
  for (let i = random.int(0, 3); i > 0; i--) rule[random.pick(KEYS)] = value(random);
  if (random.chance(0.1)) delete rule[random.pick(KEYS)];
  // beside a `RegExp` they replace its own, which JSON cannot say
  const { error = 'error', flags = 'flags' } = fields;
  if (rule[error] instanceof RegExp && rule[flags] != null) rule[error] = plain('', rule[error]);
  return rule;
}

/** What a list means: its report, but for what names the load, and the verdicts. */
async function meaning(rules, fields, flags) {
  const report = await loadRules(rules, { fields, flags }).catch(({ code, message, rejected }) => ({ code, message, rejected }));
  if (report.code !== undefined) {
    // every rule was refused
    assert.equal(report.code, 'ERR_RULES_UNUSABLE');
    return { ...report, active: 0 };
  }
  const verdicts = await classifyAll(ITEMS);
  return {
    ...report,
    version: report.version.split('-')[1],
    durationMs: null,
    verdicts: verdicts.map((verdict) => ({ ...verdict, rulesVersion: null })),
  };
}

test('every form of a list gives the same rules, rejections and verdicts', async (t) => {
  t.diagnostic(`SEED=${SEED}`);
  const random = new Random(SEED);
  let active = 0;
  const fault = new Set();
  for (let round = 0; round < 300; round++) {
    const fields = {};
    while (random.chance(0.3)) fields[random.pick(FIELDS)] = random.pick(KEYS);
    const flags = random.pick([undefined, '', 'i', 'm']);
    const rules = Array.from({ length: random.int(0, 12) }, () => rule(random, fields));
    const json = JSON.stringify({ rules }, plain);
    const expected = await meaning(rules, fields, flags);
    for (const form of [{ rules }, JSON.stringify(rules, plain), json, new TextEncoder().encode(json)]) {
      assert.deepEqual(await meaning(form, fields, flags), expected, `SEED=${SEED}, round ${round}: ${json}`);
    }
    active += expected.active;
    for (const { field, code } of expected.rejected) fault.add(`${field} ${code}`);
  }
  // a test that loads nothing, or rejects nothing, would prove nothing
  assert.ok(active > 300, `SEED=${SEED}: ${active} rules in force`);
  for (const field of FIELDS) assert.ok(fault.has(`${field} ERR_RULE_TYPE`), `SEED=${SEED}: ${[...fault]}`);
});
