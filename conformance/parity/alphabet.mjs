// Characters whose matching in ECMAScript surprises, and those that are equal when case is ignored.

/** Characters that match each other under `i`, under `iu`, or that look as if they should. */
export const CASE_RINGS = [
  ['a', 'A'],
  ['b', 'B'],
  ['z', 'Z'],
  ['s', 'S', 'ſ'],
  ['k', 'K', '\u212a'],
  ['i', 'I', 'İ', 'ı'],
  ['å', 'Å', '\u212b'],
  ['ß', 'ẞ'],
  ['ς', 'σ', 'Σ'],
  ['µ', 'μ', 'Μ'],
  ['ÿ', 'Ÿ'],
  ['é', 'É'],
  ['ǆ', 'ǅ', 'Ǆ'],
  ['ᾳ', 'ᾼ'],
  ['θ', 'ϑ', 'Θ', 'ϴ'],
  ['ω', 'Ω', '\u2126'],
  ['ΐ', '\u1fd3'],
  ['\ufb05', '\ufb06'],
  ['в', 'В', 'ᲀ'],
  ['Ꭰ', 'ꭰ'],
  ['ᏸ', 'Ᏸ'],
  ['ა', 'Ა'],
  ['ŉ', 'ʼ'],
  ['ǰ', 'J'],
  ['ⓐ', 'Ⓐ'],
  ['𐐀', '𐐨'],
  ['𞤀', '𞤢'],
];

/** From a character to its ring. */
export const RING_OF = new Map(CASE_RINGS.flatMap((ring) => ring.map((char) => [char, ring])));

export const PLAIN = ['a', 'b', 'c', 'A', 'B', 'x', 'z', '0', '1', '9', '_', '-', ' ', ':', ',', '!', 'ab', 'aa'];

/** Line ends, spaces, word characters and pairs with rules of their own. */
export const NASTY = [
  '\n',
  '\r',
  '\r\n',
  '\u2028',
  '\u2029',
  '\t',
  '\v',
  '\f',
  '\0',
  '\x07',
  '\x08',
  '\x1f',
  '\x7f',
  '\x85',
  '\xa0',
  '\ufeff',
  '\u200b',
  '\u180e',
  '\u3000',
  '\u1680',
  '\u200d',
  '\ufe0f',
  'é',
  'ñ',
  '中',
  '٣',
  '😀',
  '😁',
  '👨‍👩‍👧',
  '🇨🇭',
  '1️⃣',
  '\ud83d',
  '\ude00',
  '\udbff',
  '\udfff',
  '\ud800',
  '\udc00',
  '\uffff',
  '\u{10ffff}',
  '\u{1d7d8}',
];

/** Characters that mean something in a pattern: in a text they show whether escapes are right. */
export const SYNTAX = ['\\', '/', '^', '$', '.', '*', '+', '?', '(', ')', '[', ']', '{', '}', '|', '&', '#', '~'];
