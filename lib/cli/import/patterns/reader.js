// The place in a pattern up to which it is read, and what was noticed on the way.
'use strict';

const { DIALECTS } = require('./dialects.js');
const { Untranslatable } = require('./untranslatable.js');

/** Groups and classes in each other. */
const MAX_DEPTH = 200;

class Reader {
  #depth = 0;
  dialects = DIALECTS;
  offset = 0;
  /** What becomes something else, for the report. */
  changes = new Set();
  names = new Set();
  /** Whether a group is referred to by its number. */
  hasNumbered = false;
  hasReferences = false;
  /** Characters of `\Q…\E` that are read and not taken yet. */
  quoted = [];

  /** @param {string} source @param {import('./dialects.js').Dialect} dialect */
  constructor(source, dialect) {
    this.source = source;
    this.dialect = dialect;
  }

  get isAtEnd() {
    return this.offset >= this.source.length;
  }

  get next() {
    return this.source[this.offset];
  }

  get rest() {
    return this.source.slice(this.offset);
  }

  get hasQuoted() {
    return this.quoted.length > 0;
  }

  takeQuoted() {
    return this.quoted.shift();
  }

  /** Reads something that may have the same in it. */
  nest(read) {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw new Untranslatable('is nested too deeply', this.offset);
    const node = read();
    this.#depth -= 1;
    return node;
  }

  skip(length) {
    this.offset += length;
  }

  /** @param {string} text @returns {boolean} whether it is there, and now read */
  take(text) {
    if (!this.source.startsWith(text, this.offset)) return false;
    this.offset += text.length;
    return true;
  }

  takeCharacter() {
    if (this.isAtEnd) throw new Untranslatable('ends in the middle of something');
    const character = String.fromCodePoint(this.source.codePointAt(this.offset));
    this.offset += character.length;
    return character;
  }

  /** @param {RegExp} pattern anchored @returns {RegExpExecArray | null} */
  takeMatch(pattern) {
    const found = pattern.exec(this.rest);
    if (found !== null) this.offset += found[0].length;
    return found;
  }

  /** White space and comments under the flag `x`. */
  skipSpace() {
    const found = this.takeMatch(/^(?:\s+|#[^\n]*)/);
    if (found !== null) this.changes.add('free spacing (x) → none');
    return found !== null;
  }

  /** @param {string} letters `i`, `im-s` @param {import('./parse.js').Flags} flags those before */
  flagsOf(letters, flags) {
    if (letters === 'R' && this.dialect === DIALECTS.pcre) throw new Untranslatable('calls itself, (?R)', this.offset);
    const changed = { ...flags };
    const [on, off = ''] = letters.split('-');
    for (const [text, value] of [
      [on, true],
      [off, false],
    ]) {
      for (const letter of text) {
        if (!Object.hasOwn(this.dialect.flags, letter)) {
          throw new Untranslatable(`has the flag ${letter} of ${this.dialect.name}, which JavaScript lacks`, this.offset);
        }
        const flag = this.dialect.flags[letter];
        if (flag !== '') changed[flag] = value;
        else if (!value) throw new Untranslatable(`switches the flag ${letter} off`, this.offset);
      }
    }
    return changed;
  }

  /** Registers the name of a group. */
  name(name) {
    if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)) throw new Untranslatable(`has a group named ${name}`, this.offset);
    if (this.names.has(name)) throw new Untranslatable(`has two groups named ${name}`, this.offset);
    this.names.add(name);
    return name;
  }
}

module.exports = { Reader };
