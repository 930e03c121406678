// A pattern of another dialect becomes a tree. The tree has constructs, not characters: how JavaScript writes them is `write.js`.
//
// Flags within a pattern, like `(?i)`, become nodes `modified` around what they apply to.
'use strict';

const { parseClass } = require('./class.js');
const { parseEscape } = require('./escapes.js');
const { parseGroup } = require('./group.js');
const { Reader } = require('./reader.js');
const { Untranslatable } = require('./untranslatable.js');

/**
 * @typedef {{ type: string, [key: string]: any }} Node
 * @typedef {{ type: 'alternation', branches: Node[][] }} Alternation
 * @typedef {{ i: boolean, m: boolean, s: boolean, x: boolean, n: boolean }} Flags
 */

const NO_FLAGS = { i: false, m: false, s: false, x: false, n: false };

/**
 * @param {string} source
 * @param {import('./dialects.js').Dialect} dialect
 * @param {string} flags `i`, `m`, `s`, `x`: those that the pattern is compiled with
 * @returns {{ body: Alternation, flags: Flags, changes: Set<string>, hasNumbered: boolean,
 *   hasNamed: boolean, hasReferences: boolean }} `flags`: of the whole
 * @throws {Untranslatable}
 */
function parse(source, dialect, flags) {
  const reader = new Reader(source, dialect);
  const given = { ...NO_FLAGS, ...Object.fromEntries([...flags].map((flag) => [flag, true])) };
  const base = leadingFlags(reader, given);
  const body = parseAlternation(reader, base);
  if (!reader.isAtEnd) throw new Untranslatable('has a ) without a (', reader.offset);
  const { changes, hasNumbered, hasReferences, names } = reader;
  return { body, flags: base, changes, hasNumbered, hasNamed: names.size > 0, hasReferences };
}

/** Flags at the very start are those of the whole pattern. */
function leadingFlags(reader, flags) {
  let base = flags;
  for (;;) {
    const found = /^\(\?([a-zA-Z]*(?:-[a-zA-Z]+)?)\)/.exec(reader.rest);
    if (found === null || found[1] === '') return base;
    base = reader.flagsOf(found[1], base);
    reader.skip(found[0].length);
    reader.changes.add(`${found[0]} → flags`);
  }
}

/** @returns {Alternation} up to a `)` or the end */
function parseAlternation(reader, flags) {
  const branches = [];
  let current = flags;
  do {
    const branch = parseBranch(reader, current, flags);
    branches.push(branch.terms);
    current = branch.flags;
    if (branch.rest) return { type: 'alternation', branches: [...branches.slice(0, -1), ...branch.rest] };
  } while (reader.take('|'));
  return { type: 'alternation', branches };
}

/** One branch. `flags` are in force at its start, `outer` around the group: what differs needs a `modified`. */
function parseBranch(reader, flags, outer) {
  let current = flags;
  let terms = [];
  const all = [];
  const close = () => {
    if (terms.length > 0) all.push(...modified(terms, current, outer));
    terms = [];
  };
  while (reader.hasQuoted || (!reader.isAtEnd && reader.next !== '|' && reader.next !== ')')) {
    const isolated = reader.hasQuoted ? null : /^\(\?([a-zA-Z]+(?:-[a-zA-Z]+)?|-[a-zA-Z]+)\)/.exec(reader.rest);
    if (isolated === null) {
      const term = reader.takeQuoted() ?? parseTerm(reader, current);
      if (term !== null) terms.push(reader.hasQuoted ? term : parseQuantifier(reader, term, current));
      continue;
    }
    if (reader.dialect.flagsAtStartOnly) throw new Untranslatable(`has ${isolated[0]} after its start`, reader.offset);
    close();
    current = reader.flagsOf(isolated[1], current);
    reader.skip(isolated[0].length);
    reader.changes.add(`${isolated[0]} → a group with flags`);
    if (reader.dialect.flagsSpanBranches) {
      const rest = reader.nest(() => parseAlternation(reader, current));
      return { terms: all, flags, rest: [[...all, ...modified([{ type: 'group', body: rest }], current, outer)]] };
    }
  }
  close();
  return { terms: all, flags: current };
}

function modified(terms, flags, outer) {
  if (flags.i === outer.i && flags.m === outer.m && flags.s === outer.s) return terms;
  return [{ type: 'modified', flags, body: { type: 'alternation', branches: [terms] } }];
}

/** @returns {Node | null} null: nothing, like a comment */
function parseTerm(reader, flags) {
  const { offset } = reader;
  if (flags.x && reader.skipSpace()) return null;
  const character = reader.takeCharacter();
  switch (character) {
    case '.':
      return { type: 'any' };
    case '^':
      return { type: 'assertion', kind: 'start' };
    case '$':
      return { type: 'assertion', kind: 'end' };
    case '[':
      return parseClass(reader, flags);
    case '(':
      return reader.nest(() => parseGroup(reader, flags, parseAlternation));
    case '\\':
      return parseEscape(reader);
    case '*':
    case '+':
    case '?':
      throw new Untranslatable(`has a ${character} with nothing to repeat`, offset);
    case '{':
      if (boundsIn(reader, offset) !== null) throw new Untranslatable('has bounds with nothing to repeat', offset);
      return { type: 'character', code: 123 };
    default:
      return { type: 'character', code: character.codePointAt(0) };
  }
}

function parseQuantifier(reader, term, flags) {
  while (flags.x && reader.skipSpace());
  const { offset } = reader;
  const bounds = boundsOf(reader);
  if (bounds === null) return term;
  if (term.type === 'assertion') throw new Untranslatable('repeats a place in the text', offset);
  let mode = 'greedy';
  if (reader.take('?')) mode = 'lazy';
  else if (reader.dialect.atomic && reader.next === '+' && !(reader.dialect === reader.dialects.ruby && bounds.braces)) {
    reader.skip(1);
    mode = 'possessive';
  }
  const repeated = { type: 'repeat', body: term, min: bounds.min, max: bounds.max, mode, offset };
  if (/^[*+?]/.test(reader.rest) || boundsIn(reader) !== null) throw new Untranslatable('repeats a repetition', reader.offset);
  return repeated;
}

function boundsOf(reader) {
  if (reader.take('*')) return { min: 0, max: Infinity };
  if (reader.take('+')) return { min: 1, max: Infinity };
  if (reader.take('?')) return { min: 0, max: 1 };
  const found = boundsIn(reader);
  if (found === null) return null;
  reader.skip(found[0].length);
  const [, min, comma, max] = found;
  if (min === '') reader.changes.add(`${found[0]} → {0,${max}}`);
  return { min: Number(min), max: comma === '' ? Number(min) : max === '' ? Infinity : Number(max), braces: true };
}

function boundsIn(reader, offset = reader.offset) {
  const found = /^\{(\d*)(,?)(\d*)\}/.exec(reader.source.slice(offset));
  if (found === null || (found[1] === '' && (found[3] === '' || !reader.dialect.noLowerBound))) return null;
  return found;
}

module.exports = { parse };
