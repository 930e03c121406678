// Random lists of rules with every field, judged by the loop of docs/rules.md: as an array and as JSON.

import assert from 'node:assert/strict';
import { classifyAll, loadRules } from '../index.js';
import { Random } from '../scripts/lib/random.mjs';

const DAY_MS = 86_400_000;
const PATTERNS = [
  ...['boom', 'Boom', 'session not created', 'Timeout of \\d+ms', 'a+', '^b', 'm$', '\\d+', '(a|b)\\1', 'é', '😀', '.'],
  ...['\\ud83d', '(?=7)7', '(?<=a)b', '(?!boom)b', 'x|timeout', '[^a]', '', '^$', '\\bnot\\b', '(?:ab)?c', '(', 'boom|bang'],
];
const FLAGS = ['', '', 'i', 'm', 's', 'u', 'y', 'g'];
const WORDS = [
  'boom',
  'BOOM',
  'bang',
  'session not created',
  'Timeout of 5000ms',
  'timeout',
  'a',
  'b',
  'bb',
  'é',
  '😀',
  '\ud83d',
];
const SEPARATORS = ['', ' ', '\n', '7', 'x'];
// none is so near that it passes while a test runs
const EXPIRIES = ['2020-02-29', '2020-01-01T00:00:00+05:00', '2999-12-31', '2999-12-31T10:00Z', '1969-12-31'];

/** @returns {boolean} */
export function isInForce({ enabled, expires }, now) {
  if (enabled === false) return false;
  if (expires === undefined || expires === null) return true;
  // a day ends where the next one begins
  return now < Date.parse(expires) + (expires.length === 10 ? DAY_MS : 0);
}

const compiled = (pattern, flags) =>
  typeof pattern === 'string' ? new RegExp(pattern, flags ?? '') : new RegExp(pattern.source, flags ?? pattern.flags ?? '');

/** A rule with its patterns compiled, or undefined if one of them is none. */
function compile(rule) {
  try {
    const all = (patterns) => (patterns ?? []).map((pattern) => compiled(pattern));
    const scope = rule.test ? compiled(rule.test) : null;
    return { scope, error: compiled(rule.error, rule.flags), also: all(rule.also), unless: all(rule.unless) };
  } catch {
    return undefined;
  }
}

/** The loop: the index of the first rule that matches and where it does. `seen` counts what keeps a rule from matching. */
export function judge(rules, { test: name, error: text }, now, seen = {}) {
  const note = (what) => {
    seen[what] = (seen[what] ?? 0) + 1;
    return false;
  };
  const test = (regExp, text) => {
    regExp.lastIndex = 0;
    return regExp.test(text);
  };
  const index = rules.findIndex((rule) => {
    const patterns = compile(rule);
    if (patterns === undefined) return note('rejected');
    if (!isInForce(rule, now)) return note(rule.enabled === false ? 'disabled' : 'expired');
    const { scope, error, also, unless } = patterns;
    if (scope !== null && !test(scope, name)) return note('scope');
    if (!test(error, text)) return note('error');
    if (!also.every((pattern) => test(pattern, text))) return note('also');
    if (unless.some((pattern) => test(pattern, text))) return note('unless');
    if (also.length > 0) note('with also');
    if (unless.length > 0) note('with unless');
    return true;
  });
  if (index < 0) return { rule: null, url: null, match: null };
  const { error, flags, url = null } = rules[index];
  const regExp = compiled(error, flags);
  const found = regExp.exec(text);
  return { rule: index, url, match: { start: found.index, end: found.index + found[0].length, text: found[0].slice(0, 200) } };
}

function pattern(random) {
  const source = random.pick(PATTERNS);
  switch (random.int(0, 5)) {
    case 0:
      return { source, flags: random.pick(FLAGS) };
    case 1:
      return { source };
    case 2:
      return source === '(' ? source : new RegExp(source, random.pick(FLAGS));
    default:
      return source;
  }
}

const patterns = (random) => random.pick([null, [], ...Array.from({ length: 6 }, () => undefined)]) ?? list(random, 3, pattern);
const list = (random, most, one) => Array.from({ length: random.int(1, most) }, () => one(random));

export function rule(random, n) {
  const error = random.pick(PATTERNS);
  return {
    issue: `I-${n}`,
    error,
    ...(random.chance(0.3) && { flags: random.pick(FLAGS) }),
    ...(random.chance(0.2) && { test: random.pick(['a', 'b', '', /B/i, { source: 'B', flags: 'i' }]) }),
    ...(random.chance(0.3) && { url: `https://issues.example/${n}` }),
    ...(random.chance(0.3) && { enabled: random.pick([true, false, null]) }),
    ...(random.chance(0.3) && { expires: random.pick([null, ...EXPIRIES]) }),
    ...(random.chance(0.5) && { also: patterns(random) }),
    ...(random.chance(0.4) && { unless: patterns(random) }),
    ...(random.chance(0.1) && { examples: random.pick([{ match: ['boom'] }, 7, { noMatch: [{ error: 'a' }] }]) }),
  };
}

const text = (random) => list(random, 5, () => random.pick(WORDS) + random.pick(SEPARATORS)).join('');

/** What JSON has for a value. */
const plain = (_key, value) => (value instanceof RegExp ? { source: value.source, flags: value.flags } : value);

/**
 * Judges so many lists, each as an array and as JSON.
 *
 * @returns {Promise<Record<string, number>>} how often each part of a rule has decided
 */
export async function judgeLists(seed, lists) {
  const random = new Random(seed);
  const seen = {};
  for (let round = 0; round < lists; round++) {
    // the last rule makes a list of it whatever becomes of the others
    const rules = [...list(random, 7, () => undefined).map((_, n) => rule(random, n)), { issue: 'last', error: 'never there' }];
    const items = list(random, 4, () => ({ test: random.pick(['a', 'b', 'B a']), error: text(random) }));
    const where = `SEED=${seed}, list ${round}: ${JSON.stringify({ rules, items }, plain)}`;
    for (const form of [rules, JSON.stringify(rules, plain)]) {
      const report = await loadRules(form);
      const now = Date.now();
      const verdicts = await classifyAll(items);
      for (const [at, { rule, url, match }] of verdicts.entries()) {
        assert.deepEqual({ rule, url, match }, judge(rules, items[at], now, form === rules ? seen : {}), where);
      }
      const good = rules.filter((rule) => compile(rule) !== undefined);
      const disabled = good.filter(({ enabled }) => enabled === false).length;
      const active = good.filter((rule) => isInForce(rule, now)).length;
      const { total, rejected } = report;
      assert.deepEqual(
        [report.active, report.disabled, report.expired, rejected.length],
        [active, disabled, good.length - active - disabled, total - good.length],
        where,
      );
    }
  }
  return seen;
}

/** Asserts that a run has decided by every part of a rule. */
export function assertEverythingSeen(seen, least) {
  for (const what of ['rejected', 'disabled', 'expired', 'scope', 'error', 'also', 'unless', 'with also', 'with unless']) {
    assert.ok(seen[what] >= least, `${what}: ${seen[what]} times`);
  }
}
