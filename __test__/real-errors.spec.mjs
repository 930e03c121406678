// 265 texts of real runs, and some 500 rules made from them: the verdict is that of the JavaScript loop, for the texts as strings and
// for objects of the shape that each came in.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { classify, classifyAll, errorText, loadRules } from '../index.js';
import shape from './runners/shape.cjs';

const corpus = JSON.parse(readFileSync(new URL('corpus/real-errors.json', import.meta.url), 'utf8'));
const SEED = 20261128;
const MATCH_TEXT_UNITS = 200;
/** Shorter lines, `}` or `Error:`, are in nearly every text. */
const MIN_LINE_UNITS = 12;

/** Numbers that look random, the same in each run (xorshift32): `random(below)` is an integer in [0, below). */
function seeded(seed) {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

const FRAME = /^\s+at /;
const SYNTAX = /[\\^$.*+?()[\]{}|/]/g;
const escaped = (text) => text.replace(SYNTAX, '\\$&');
/** A pattern of a text, of whatever numbers. */
const generalised = (text) => escaped(text).replace(/\d+/g, '\\d+');

/** Rules as authors write them when they see a text. */
const AUTHORS = [
  // the first line
  ({ lines }) => ({ error: generalised(lines[0]) }),
  // three of its words, whatever is between them
  ({ lines }, random) => {
    const words = lines[0].match(/[\w.'"-]+/g) ?? [''];
    const from = random(Math.max(1, words.length - 2));
    return {
      error: words
        .slice(from, from + 3)
        .map(generalised)
        .join('.*?'),
      flags: 'i',
    };
  },
  // a later line, from its start to its end
  ({ lines }, random) => ({ error: `^${generalised(lines[random(lines.length)].trimEnd())}\\s*$`, flags: 'm' }),
  // the first line and a later one
  ({ lines }, random) => ({
    error: `${generalised(lines[0])}[^]*?${generalised(lines[random(lines.length)])}`,
    flags: 'u',
  }),
  // an alternative that nobody throws
  ({ lines }) => ({ error: `^(?:nobody throws this|(?:\\w+: )?${generalised(lines[0].replace(/^\w+: /, ''))})`, flags: 's' }),
  // a frame of whatever line
  ({ frames, lines }, random) => ({ error: generalised(frames[random(frames.length)] ?? lines[0]) }),
];

/** Scopes: none, the test's own suite, another suite, the last words of the name. */
const SCOPES = [
  () => undefined,
  () => undefined,
  (name) => `^${escaped(name.slice(0, 5))}`,
  (name) => `${escaped(name.slice(-6))}$`,
  () => '^Basket\\b',
];

function rulesOf(texts) {
  const random = seeded(SEED);
  const rules = [];
  for (const { test: name, text } of texts) {
    const all = text.split('\n').filter((line) => line.trim() !== '');
    const lines = all.filter((line) => !FRAME.test(line) && line.trim().length >= MIN_LINE_UNITS);
    if (lines.length === 0) continue;
    const frames = all.filter((line) => FRAME.test(line));
    for (let count = 0; count < 2; count++) {
      const rule = AUTHORS[random(AUTHORS.length)]({ lines, frames }, random);
      const scope = SCOPES[random(SCOPES.length)](name);
      rules.push({ issue: `issue ${rules.length}`, ...rule, ...(scope === undefined ? {} : { test: scope }) });
    }
  }
  return shuffled(rules, random);
}

function shuffled(items, random) {
  for (let last = items.length - 1; last > 0; last--) {
    const other = random(last + 1);
    [items[last], items[other]] = [items[other], items[last]];
  }
  return items;
}

/** The JavaScript loop. */
function loop(compiled, name, text) {
  for (const [index, { test, error }] of compiled.entries()) {
    if (test !== undefined && !test.test(name)) continue;
    const found = error.exec(text);
    if (found !== null)
      return {
        rule: index,
        match: { text: found[0].slice(0, MATCH_TEXT_UNITS), start: found.index, end: found.index + found[0].length },
      };
  }
  return { rule: null, match: null };
}

/** The value that had this text, by the shape that was recorded with it. */
function valueOfShape({ error, raw }) {
  if (raw.type === 'string') return error;
  return shape.buildShape(shapeOf(raw, error));
}

/** `text` is a stack, and after `Caused by: ` that of its cause. */
function shapeOf(raw, text) {
  if (raw.type === 'string') return text;
  const at = raw.cause ? text.indexOf('\nCaused by: ') : -1;
  const stack = at < 0 ? text : text.slice(0, at);
  const cause = raw.cause && shapeOf(raw.cause, at < 0 ? 'Error: the cause' : text.slice(at + '\nCaused by: '.length));
  const own = new Map([
    ['stack', stack],
    ['message', messageOf(raw, stack)],
    ['name', raw.name],
    ['cause', cause],
    // as Vitest has them
    ['constructor', 'Function<Error>'],
    ['toString', 'Function<toString>'],
  ]);
  const hidden = raw.nativeError ? ['stack', 'message', 'cause'] : [];
  const properties = raw.keys.map((key) => [key, own.has(key) ? own.get(key) : `its ${key}`, !hidden.includes(key)]);
  return { ...kindOf(raw), properties };
}

function kindOf({ nativeError, instanceofError, ctor = 'Object' }) {
  if (nativeError) return { kind: 'native', class: ctor, far: !instanceofError };
  return { kind: instanceofError ? 'derived' : 'object', class: ctor };
}

/** What a stack has before its first frame, without the name. */
function messageOf({ name, code }, stack) {
  const frame = stack.search(/\n\s+at /);
  const head = frame < 0 ? stack : stack.slice(0, frame);
  for (const prefix of [`${name} [${code}]: `, `${name}: `]) if (head.startsWith(prefix)) return head.slice(prefix.length);
  return head;
}

const compile = (rules) =>
  rules.map(({ error, flags, test }) => ({
    error: new RegExp(error, flags),
    test: test === undefined ? undefined : new RegExp(test),
  }));

describe('rules of real errors', () => {
  const texts = corpus.map(({ test, error }) => ({ test, text: stripVTControlCharacters(error) }));
  const rules = rulesOf(texts);
  const compiled = compile(rules);

  test('there are some 500 rules, and they tell texts apart', () => {
    assert.equal(corpus.length, 265);
    assert.ok(rules.length >= 500, `${rules.length} rules`);
    const found = texts.map(({ test, text }) => loop(compiled, test, text).rule);
    const different = new Set(found).size;
    assert.ok(different > 100, `${different} rules are the first to match a text`);
    assert.ok(found.includes(null), 'a text that no rule matches');
  });

  for (const [order, list] of [
    ['last rule first', rules.toReversed()],
    ['first rule first', rules],
  ]) {
    test(`texts, ${order}`, async () => {
      await loadRules(list, { strict: true });
      const patterns = compile(list);
      const verdicts = await classifyAll(corpus);
      for (const [index, { rule, match, issue, undecided }] of verdicts.entries()) {
        const { test, text } = texts[index];
        assert.deepEqual({ rule, match }, loop(patterns, test, text), text);
        assert.equal(issue, rule === null ? null : list[rule].issue);
        assert.deepEqual(undecided, []);
      }
    });
  }

  // by the rules that the last test has loaded
  for (const runner of new Set(corpus.map((entry) => entry.runner))) {
    test(`shapes of ${runner}`, async () => {
      for (const entry of corpus.filter((other) => other.runner === runner)) {
        const error = valueOfShape(entry);
        const text = errorText(error);
        const { rule, match } = await classify(entry.test, error);
        assert.deepEqual({ rule, match }, loop(compiled, entry.test, text), text);
        if (entry.raw.cause === undefined) assert.equal(text, stripVTControlCharacters(entry.error));
        else assert.match(text, /\nCaused by:\n/);
      }
    });
  }
});
