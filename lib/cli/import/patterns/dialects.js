// What the dialects have, one row each. What a row does not name, the dialect does not have, or it means the same as in JavaScript.
'use strict';

/**
 * @typedef {object} Dialect
 * @property {string} name for messages
 * @property {Record<string, 'i' | 'm' | 's' | 'x' | 'n' | ''>} flags an inline flag, and what it is: JavaScript's `i`, `m`, `s`; `x`:
 *   white space is none; `n`: only named groups capture; empty: nothing that changes a verdict
 * @property {'end' | 'finalBreak' | 'line'} dollar what `$` is without `m`: the end of the text; also before a line break there;
 *   the end of a line, as `^` is its start
 * @property {Record<string, string>} escapes a letter behind a backslash, and the construct that it is
 * @property {boolean} [atomic] has `(?>…)` and `a++`
 * @property {boolean} [emptyClasses] `[]` and `[^]` are classes; elsewhere a `]` that comes first is a character
 * @property {boolean} [posix] has `[[:alpha:]]`
 * @property {boolean} [namedP] has `(?P<name>…)`
 * @property {boolean} [quotedNames] has `(?'name'…)`
 * @property {'sets' | 'subtraction'} [nested] what a `[` in a class begins: a class, or, behind a `-`, a class to take away
 * @property {boolean} [noLowerBound] `{,3}` is `{0,3}`
 * @property {boolean} [boundedLookbehind] a lookbehind has a greatest length
 * @property {boolean} [flagsAtStartOnly] `(?i)` must come first
 * @property {boolean} [flagsSpanBranches] `a(?i)b|c` is `a(?i:b|c)` and not `a(?i:b)|(?i:c)`
 */

const BELL_AND_ESCAPE = { a: 'bell', e: 'escape' };
const SPACES = { h: 'horizontal', H: 'notHorizontal', v: 'vertical', V: 'notVertical', R: 'lineBreak' };

/** @type {Record<string, Dialect>} */
const DIALECTS = {
  java: {
    name: 'Java',
    flags: { i: 'i', m: 'm', s: 's', x: 'x', u: '' },
    dollar: 'finalBreak',
    escapes: { ...BELL_AND_ESCAPE, ...SPACES, A: 'textStart', z: 'textEnd', Z: 'finalBreak', G: 'searchStart', Q: 'quote' },
    atomic: true,
    nested: 'sets',
    boundedLookbehind: true,
  },
  dotnet: {
    name: '.NET',
    flags: { i: 'i', m: 'm', s: 's', x: 'x', n: 'n' },
    dollar: 'finalBreak',
    escapes: { ...BELL_AND_ESCAPE, A: 'textStart', z: 'textEnd', Z: 'finalBreak', G: 'searchStart' },
    atomic: true,
    quotedNames: true,
    nested: 'subtraction',
  },
  python: {
    name: 'Python',
    flags: { i: 'i', m: 'm', s: 's', x: 'x', a: '', u: '' },
    dollar: 'finalBreak',
    escapes: { a: 'bell', A: 'textStart', Z: 'textEnd', z: 'textEnd' },
    atomic: true,
    namedP: true,
    noLowerBound: true,
    flagsAtStartOnly: true,
  },
  go: {
    name: 'Go',
    flags: { i: 'i', m: 'm', s: 's' },
    dollar: 'end',
    escapes: { a: 'bell', A: 'textStart', z: 'textEnd', Q: 'quote' },
    posix: true,
    namedP: true,
  },
  rust: {
    name: 'Rust',
    flags: { i: 'i', m: 'm', s: 's', x: 'x', u: '' },
    dollar: 'end',
    escapes: { a: 'bell', A: 'textStart', z: 'textEnd', '<': 'wordStart', '>': 'wordEnd' },
    posix: true,
    namedP: true,
    nested: 'sets',
  },
  ruby: {
    name: 'Ruby',
    flags: { i: 'i', m: 's', x: 'x' },
    dollar: 'line',
    escapes: {
      ...BELL_AND_ESCAPE,
      A: 'textStart',
      z: 'textEnd',
      Z: 'finalBreak',
      G: 'searchStart',
      h: 'hexDigit',
      H: 'notHexDigit',
      R: 'lineBreak',
      K: 'keep',
    },
    atomic: true,
    posix: true,
    quotedNames: true,
    nested: 'sets',
    noLowerBound: true,
    flagsSpanBranches: true,
  },
  pcre: {
    name: 'PCRE',
    flags: { i: 'i', m: 'm', s: 's', x: 'x', n: 'n' },
    dollar: 'finalBreak',
    escapes: {
      ...BELL_AND_ESCAPE,
      ...SPACES,
      A: 'textStart',
      z: 'textEnd',
      Z: 'finalBreak',
      G: 'searchStart',
      N: 'notLineFeed',
      K: 'keep',
      Q: 'quote',
    },
    atomic: true,
    posix: true,
    namedP: true,
    quotedNames: true,
  },
  javascript: { name: 'JavaScript', flags: { i: 'i', m: 'm', s: 's' }, dollar: 'end', escapes: {}, emptyClasses: true },
};

module.exports = { DIALECTS };
