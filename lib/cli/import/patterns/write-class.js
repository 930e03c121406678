// A class, as JavaScript writes it.
'use strict';

/** Characters that need a backslash in a class; with the flag `v` more of them do. */
const SYNTAX = /[\]\\^-]/;
const SYNTAX_V = /[()[\]{}/\-\\|^&]/;

/** @param {number} code @returns {string} a character that nobody sees, or none, by its number */
function writeUnseen(code) {
  const names = { 9: '\\t', 10: '\\n', 11: '\\v', 12: '\\f', 13: '\\r' };
  if (names[code] !== undefined) return names[code];
  if (code < 0x20 || (code >= 0x7f && code < 0xa1)) return `\\x${code.toString(16).padStart(2, '0')}`;
  if ((code >= 0x2000 && code < 0x2070) || (code >= 0xd800 && code < 0xe000) || code === 0xfeff) {
    return `\\u${code.toString(16).padStart(4, '0')}`;
  }
  return String.fromCodePoint(code);
}

function writeClassCharacter(code, hasV) {
  const character = writeUnseen(code);
  const isSyntax = (hasV ? SYNTAX_V : SYNTAX).test(character);
  return character.length === 1 && isSyntax ? `\\${character}` : character;
}

/**
 * @param {import('./class.js').ClassNode} node
 * @param {{ hasV: boolean, excludesBreaks: boolean }} context `excludesBreaks`: it matches no line break
 */
function writeClass(node, { hasV, excludesBreaks }) {
  const simple = simpleClass(node);
  if (simple !== null && !(excludesBreaks && mayMatchBreak(node))) return simple;
  if (!excludesBreaks || !mayMatchBreak(node)) return classText(node, hasV, '');
  if (node.isNegated && !node.and && !node.without) return classText(node, hasV, '\\n\\r');
  if (simple === '\\s') return '[^\\S\\n\\r]';
  if (/^\\[DW]$/.test(simple)) return `[^\\${simple[1].toLowerCase()}\\n\\r]`;
  return `(?:(?![\\n\\r])${classText(node, hasV, '')})`;
}

/** One set alone needs no brackets. */
function simpleClass(node) {
  if (node.items.length !== 1 || node.isNegated || node.and || node.without) return null;
  const [{ letter, property, isNegated }] = node.items;
  if (letter !== undefined) return `\\${letter}`;
  return property === undefined ? null : `\\${isNegated ? 'P' : 'p'}{${property}}`;
}

function classText(node, hasV, more) {
  // one set that is not, alone: `[^…]`
  const [only] = node.items;
  if (node.items.length === 1 && only.raw !== undefined && only.isNegated && !node.and && !node.without) {
    return `[${node.isNegated ? '' : '^'}${only.raw}${more}]`;
  }
  const items = node.items.map((item) => writeItem(item, hasV)).join('') + more;
  if (node.and) return `[${node.isNegated ? '^' : ''}[${items}]&&${classText(node.and, hasV, '')}]`;
  if (node.without) return `[${node.isNegated ? '^' : ''}[${items}]--${classText(node.without, hasV, '')}]`;
  return `[${node.isNegated ? '^' : ''}${items}]`;
}

function writeItem(item, hasV) {
  if (item.nested) return classText(item.nested, hasV, '');
  if (item.letter) return `\\${item.letter}`;
  if (item.property) return `\\${item.isNegated ? 'P' : 'p'}{${item.property}}`;
  if (item.raw !== undefined) return item.isNegated ? `[^${item.raw}]` : item.raw;
  if (item.code !== undefined) return writeClassCharacter(item.code, hasV);
  return `${writeClassCharacter(item.from, hasV)}-${writeClassCharacter(item.to, hasV)}`;
}

/** Whether a class needs the flag `v`, or at least `u`. @returns {'v' | 'u' | ''} */
function flagOfClass(node) {
  const isNotAlone = node.items.length > 1 || node.and || node.without;
  if (node.and || node.without || node.items.some(({ nested, raw, isNegated }) => nested || (raw && isNegated && isNotAlone))) {
    return 'v';
  }
  const needsU = node.items.some(({ property, code = 0, to = 0 }) => property !== undefined || Math.max(code, to) > 0xffff);
  return needsU ? 'u' : '';
}

function mayMatchBreak(node) {
  if (node.isNegated) return !node.items.some(({ letter }) => /^[sDW]$/.test(letter ?? ''));
  if (node.and) return mayMatchBreak({ ...node, and: undefined }) && mayMatchBreak(node.and);
  return node.items.some(itemMayMatchBreak);
}

function itemMayMatchBreak({ code, from, to, letter, raw, isNegated, nested, property }) {
  if (nested !== undefined) return mayMatchBreak(nested);
  if (raw !== undefined) return new RegExp(`[${raw}]`).test('\n') !== isNegated;
  return code === 10 || code === 13 || (from <= 13 && to >= 10) || /^[sDW]$/.test(letter ?? '') || property !== undefined;
}

module.exports = { flagOfClass, writeClass, writeUnseen };
