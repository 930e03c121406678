// What a parenthesis opens.
'use strict';

const { Untranslatable } = require('./untranslatable.js');

/** Constructs that JavaScript lacks and that change what matches. */
const REFUSED = [
  [/^\?\(/, 'has a conditional (?(…)'],
  [/^\?(?:R|0|[+-]?\d+|&\w+|P>\w+)\)/, 'calls a part of itself as a subroutine'],
  [/^\?<\w*-\w+>/, 'has a balancing group'],
  [/^\?~/, 'has an absence operator (?~…)'],
  [/^\*[A-Z]/, 'has a verb like (*SKIP)'],
  [/^\?C\d*\)/, 'has a callout'],
];

/**
 * @param {import('./reader.js').Reader} reader behind the `(`
 * @param {import('./parse.js').Flags} flags
 * @param {(reader: import('./reader.js').Reader, flags: import('./parse.js').Flags) => import('./parse.js').Alternation} parseAlternation
 * @returns {import('./parse.js').Node | null} null: a comment
 */
function parseGroup(reader, flags, parseAlternation) {
  const start = reader.offset - 1;
  for (const [pattern, what] of REFUSED) if (pattern.test(reader.rest)) throw new Untranslatable(what, start);
  if (reader.takeMatch(/^\?#[^)]*\)/)) {
    reader.changes.add('(?#…) → nothing');
    return null;
  }
  const reference = reader.dialect.namedP && reader.takeMatch(/^\?P=(\w+)\)/);
  if (reference) {
    reader.changes.add(`(${reference[0]} → \\k<${reference[1]}>`);
    reader.hasReferences = true;
    return { type: 'reference', name: reference[1] };
  }
  const { node, inner } = opened(reader, flags, start);
  node.body = parseAlternation(reader, inner);
  if (!reader.take(')')) throw new Untranslatable('has a ( without a )', start);
  return node;
}

/** What the characters behind `(` say, and the flags within. */
function opened(reader, flags, start) {
  if (reader.next !== '?') return { node: { type: 'group', captures: !flags.n }, inner: flags };
  const look = reader.takeMatch(/^\?(<?)([=!])/);
  if (look) return { node: { type: 'look', isBehind: look[1] === '<', isNegated: look[2] === '!' }, inner: flags };
  const named = namedGroup(reader);
  if (named !== null) return { node: { type: 'group', captures: true, name: named }, inner: flags };
  if (reader.take('?>')) return { node: { type: 'group', isAtomic: true, offset: start }, inner: flags };
  if (reader.take('?|')) {
    reader.changes.add('(?|…) → (?:…)');
    return { node: { type: 'group', resetsNumbers: true }, inner: flags };
  }
  const letters = reader.takeMatch(/^\?([a-zA-Z]*(?:-[a-zA-Z]+)?):/);
  if (letters === null) throw new Untranslatable(`has a group (${reader.rest.slice(0, 2)}, which JavaScript lacks`, start);
  if (letters[1] === '') return { node: { type: 'group' }, inner: flags };
  const inner = reader.flagsOf(letters[1], flags);
  return { node: { type: 'modified', flags: inner }, inner };
}

function namedGroup(reader) {
  const { namedP, quotedNames } = reader.dialect;
  const plain = reader.takeMatch(/^\?<([^>]+)>/);
  if (plain) return reader.name(plain[1]);
  const other = (namedP && reader.takeMatch(/^\?P<([^>]+)>/)) || (quotedNames && reader.takeMatch(/^\?'([^']+)'/));
  if (!other) return null;
  reader.changes.add(`(${other[0]} → (?<${other[1]}>`);
  return reader.name(other[1]);
}

module.exports = { parseGroup };
