// What a backslash means outside a class, and in one.
'use strict';

const { propertyOf, SETS } = require('./sets.js');
const { Untranslatable } = require('./untranslatable.js');

const CONTROLS = { t: 9, n: 10, f: 12, r: 13 };
const LINE_BREAK = `(?:\\r\\n|[\\n\\x0b\\f\\r\\x85\\u2028\\u2029])`;
const ASSERTIONS = new Set(['textStart', 'textEnd', 'finalBreak', 'wordStart', 'wordEnd']);

/** @param {import('./reader.js').Reader} reader behind the backslash @returns {import('./parse.js').Node | null} */
function parseEscape(reader) {
  const start = reader.offset - 1;
  const reference = referenceOf(reader);
  if (reference !== null) return reference;
  const { next } = reader;
  const construct = Object.hasOwn(reader.dialect.escapes, next ?? '') ? reader.dialect.escapes[next] : undefined;
  if (construct === 'quote') return quoted(reader);
  if (ASSERTIONS.has(construct)) return assertion(reader, construct);
  if (construct === 'searchStart' && start === 0) return assertion(reader, 'textStart');
  if (construct === 'lineBreak') {
    reader.skip(1);
    reader.changes.add('\\R → an alternation of line breaks');
    return { type: 'raw', source: LINE_BREAK };
  }
  if (construct === 'keep') {
    reader.skip(1);
    reader.changes.add('\\K → nothing: the match that is shown starts earlier');
    return null;
  }
  if (next === 'b' || next === 'B') {
    if (/^b\{/.test(reader.rest)) throw new Untranslatable(`has ${reader.rest.slice(0, 2)}…}`, start);
    reader.skip(1);
    return { type: 'assertion', kind: next === 'b' ? 'wordEdge' : 'notWordEdge' };
  }
  const item = parseItem(reader, start);
  return item.code === undefined ? { type: 'class', isNegated: false, items: [item] } : { type: 'character', code: item.code };
}

function assertion(reader, kind) {
  reader.changes.add(`\\${reader.next} → ${{ textStart: '^', wordStart: '\\b', wordEnd: '\\b' }[kind] ?? '$'}`);
  reader.skip(1);
  return { type: 'assertion', kind };
}

function quoted(reader) {
  reader.skip(1);
  const end = reader.source.indexOf('\\E', reader.offset);
  const text = reader.source.slice(reader.offset, end < 0 ? undefined : end);
  reader.skip(text.length + (end < 0 ? 0 : 2));
  reader.changes.add('\\Q…\\E → escapes');
  // one by one: a quantifier behind \E repeats the last one only
  reader.quoted = [...text].map((character) => ({ type: 'character', code: character.codePointAt(0) }));
  return null;
}

/** `\1`, `\k<name>`, `\g{1}`, `(?P=name)` without its parenthesis. */
function referenceOf(reader) {
  const named = reader.takeMatch(/^k(?:<([^>]+)>|'([^']+)'|\{([^}]+)\})/);
  if (named) {
    reader.hasReferences = true;
    return { type: 'reference', name: named[1] ?? named[2] ?? named[3] };
  }
  const { name } = reader.dialect;
  const isDecimal = /^[1-9]\d?/.test(reader.rest) && name !== 'Go' && name !== 'Rust';
  const numbered = isDecimal ? reader.takeMatch(/^([1-9]\d?)/) : name === 'PCRE' ? reader.takeMatch(/^g\{?(\d+)\}?/) : null;
  if (!numbered) return null;
  reader.hasNumbered = true;
  reader.hasReferences = true;
  return { type: 'reference', number: Number(numbered[1]) };
}

/**
 * A character or a set, in a class or outside.
 *
 * @returns {{ code?: number, letter?: string, raw?: string, isNegated?: boolean, property?: string }}
 */
function parseItem(reader, start) {
  const { dialect } = reader;
  const code = reader.takeMatch(/^(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|[xuU]\{([0-9a-fA-F]+)\}|U([0-9a-fA-F]{8}))/);
  if (code) return { code: Number.parseInt(code.slice(1).find(Boolean), 16) };
  const octal = reader.takeMatch(dialect.name === 'Java' ? /^0([0-3]?[0-7]{1,2})/ : /^(0[0-7]{0,2})/);
  if (octal) return { code: Number.parseInt(octal[1], 8) };
  const control = reader.takeMatch(/^c([A-Za-z])/);
  if (control) return { code: control[1].toUpperCase().charCodeAt(0) - 64 };
  if (/^[pP]/.test(reader.rest)) return property(reader, start);
  const character = reader.takeCharacter();
  const construct = dialect.escapes[character];
  if (Object.hasOwn(SETS, construct ?? '')) {
    const [raw, isNegated] = SETS[construct];
    reader.changes.add(`\\${character} → a class`);
    return { raw, isNegated };
  }
  if (construct === 'bell' || construct === 'escape') {
    reader.changes.add(`\\${character} → \\x${construct === 'bell' ? '07' : '1b'}`);
    return { code: construct === 'bell' ? 7 : 27 };
  }
  if (character === 'v' && construct === undefined) return { code: 11 };
  if (Object.hasOwn(CONTROLS, character)) return { code: CONTROLS[character] };
  if (/[dDwWsS]/.test(character)) return { letter: character };
  if (/[\p{L}\p{N}]/u.test(character)) throw new Untranslatable(`has \\${character}, which JavaScript lacks`, start);
  return { code: character.codePointAt(0) };
}

function property(reader, start) {
  const [, letter, braced, caret, name, short] = reader.takeMatch(/^([pP])(?:(\{(\^?)([^}]*)\})|(\w))/) ?? [];
  if (letter === undefined) throw new Untranslatable('has \\p without a name', start);
  const isNegated = (letter === 'P') !== (caret === '^');
  const found = propertyOf(braced ? name : short, reader.dialect === reader.dialects.java ? 'java' : '');
  if (found === null) throw new Untranslatable(`has \\${letter}{${name}}, a property that JavaScript lacks`, start);
  if (found.property !== undefined) return { property: found.property, isNegated };
  reader.changes.add(`\\p{${name}} → a class`);
  return { raw: found.posix, isNegated };
}

module.exports = { parseEscape, parseItem };
