// Character classes: what is between brackets.
'use strict';

const { parseItem } = require('./escapes.js');
const { POSIX } = require('./sets.js');
const { Untranslatable } = require('./untranslatable.js');

/**
 * @typedef {object} ClassNode
 * @property {'class'} type
 * @property {boolean} isNegated
 * @property {object[]} items characters, ranges, sets, and classes in classes
 * @property {ClassNode} [and] of which it is the intersection: `[a-z&&[^b]]`
 * @property {ClassNode} [without] what is taken away: `[a-z-[b]]`
 *
 * @param {import('./reader.js').Reader} reader behind the `[`
 * @param {import('./parse.js').Flags} flags
 * @returns {ClassNode}
 */
function parseClass(reader, flags) {
  const start = reader.offset - 1;
  const node = { type: 'class', isNegated: reader.take('^'), items: [] };
  const isJava = reader.dialect === reader.dialects.java;
  if (reader.dialect.emptyClasses && reader.take(']')) return node;
  if (!isJava && reader.next === ']') {
    reader.skip(1);
    reader.changes.add('] at the start of a class → \\]');
    node.items.push({ code: 93 });
  }
  while (!reader.take(']')) {
    if (reader.isAtEnd) throw new Untranslatable('has a [ without a ]', start);
    if (parseOperation(reader, node, flags)) break;
    const item = parseClassItem(reader, flags);
    if (item !== null) node.items.push(item.code === undefined ? item : rangeFrom(reader, item));
  }
  if (node.items.length === 0) throw new Untranslatable('has an empty class', start);
  return node;
}

/** `&&[…]`, `-[…]`, `--[…]`: what comes after the items. @returns {boolean} whether the class ends with it */
function parseOperation(reader, node, flags) {
  const { nested, name } = reader.dialect;
  if (nested === 'subtraction' && reader.take('-[')) {
    node.without = reader.nest(() => parseClass(reader, flags));
    reader.changes.add('-[…] in a class → flag v');
    if (!reader.take(']')) throw new Untranslatable('has something behind a subtraction in a class', reader.offset);
    return true;
  }
  if (nested === 'sets' && reader.take('&&')) {
    const rest = { type: 'class', isNegated: false, items: [] };
    while (reader.next !== ']') {
      if (reader.isAtEnd) throw new Untranslatable('has a [ without a ]');
      if (reader.rest.startsWith('&&')) throw new Untranslatable('has more than one && in a class', reader.offset);
      const item = parseClassItem(reader, flags);
      if (item !== null) rest.items.push(item.code === undefined ? item : rangeFrom(reader, item));
    }
    reader.skip(1);
    if (rest.items.length === 0) throw new Untranslatable('has an empty &&', reader.offset);
    node.and = rest;
    reader.changes.add('&& in a class → flag v');
    return true;
  }
  if (name === 'Rust' && /^(?:--|~~)/.test(reader.rest)) throw new Untranslatable('has -- or ~~ in a class', reader.offset);
  return false;
}

function parseClassItem(reader, flags) {
  const start = reader.offset;
  const { dialect } = reader;
  if (dialect.posix) {
    const named = reader.takeMatch(/^\[:(\^?)(\w+):\]/);
    if (named) {
      if (!Object.hasOwn(POSIX, named[2])) throw new Untranslatable(`has ${named[0]}, which JavaScript lacks`, start);
      reader.changes.add(`${named[0]} → ${POSIX[named[2]]}`);
      return { raw: POSIX[named[2]], isNegated: named[1] === '^' };
    }
    if (/^\[[.=]/.test(reader.rest)) throw new Untranslatable('has a collating element', start);
  }
  // only Java and Rust leave out white space here
  if (flags.x && dialect.nested === 'sets' && dialect.name !== 'Ruby' && reader.skipSpace()) return null;
  if (dialect.nested === 'sets' && reader.take('[')) {
    reader.changes.add('[…] in a class → flag v');
    return { nested: reader.nest(() => parseClass(reader, flags)) };
  }
  const character = reader.takeCharacter();
  if (character !== '\\') return { code: character.codePointAt(0) };
  if (dialect.escapes[reader.next] === 'quote') throw new Untranslatable('has \\Q in a class', start);
  if (reader.take('b')) return { code: 8 };
  return parseItem(reader, start);
}

function rangeFrom(reader, { code: from }) {
  if (reader.next !== '-' || /^-(?:\]|$)/.test(reader.rest)) return { code: from };
  if (reader.dialect.nested && reader.rest.startsWith('-[')) return { code: from };
  const mark = reader.offset;
  reader.skip(1);
  const to = parseClassItem(reader, { x: false });
  if (to?.code === undefined) {
    // `[a-\d]`: the hyphen is a character
    reader.offset = mark;
    return { code: from };
  }
  if (to.code < from) throw new Untranslatable('has a range out of order', mark);
  return { from, to: to.code };
}

module.exports = { parseClass };
