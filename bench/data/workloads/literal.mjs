// What a pattern requires: the length of the longest text that every match contains.

import { RegExpParser } from '@eslint-community/regexpp';

const parser = new RegExpParser();

/**
 * What a part of a pattern matches: exactly the text `whole`, or something that contains `inside`, starts with `head` and ends with `tail`.
 *
 * @typedef {{ whole: string | null, head: string, tail: string, inside: string }} Required
 */

/** @type {Required} */
const ANYTHING = { whole: null, head: '', tail: '', inside: '' };
/** @returns {Required} */
const exactly = (text) => ({ whole: text, head: text, tail: text, inside: text });
const longest = (...texts) => texts.reduce((best, text) => (text.length > best.length ? text : best), '');

/** One part after another. @param {Required} a @param {Required} b @returns {Required} */
function followed(a, b) {
  const whole = a.whole !== null && b.whole !== null ? a.whole + b.whole : null;
  return {
    whole,
    head: a.whole === null ? a.head : a.whole + b.head,
    tail: b.whole === null ? b.tail : a.tail + b.whole,
    inside: longest(a.inside, b.inside, a.tail + b.head),
  };
}

/** @param {any[]} elements @returns {Required} */
const sequence = (elements) => elements.map(requiredBy).reduce(followed, exactly(''));

/** @returns {Required} */
function oneOf(alternatives) {
  const all = alternatives.map(({ elements }) => sequence(elements));
  if (all.length === 1) return all[0];
  // of an alternation only the length is known
  const least = all.reduce((best, { inside }) => (inside.length < best.length ? inside : best), all[0].inside);
  return { ...ANYTHING, inside: least };
}

/** @returns {Required} */
function requiredBy(node) {
  switch (node.type) {
    case 'Character':
      return exactly(String.fromCodePoint(node.value));
    case 'Group':
    case 'CapturingGroup':
      return oneOf(node.alternatives);
    case 'Assertion':
      return exactly('');
    case 'Quantifier': {
      if (node.min === 0) return ANYTHING;
      const body = requiredBy(node.element);
      if (node.min === 1 && node.max === 1) return body;
      return { whole: null, head: body.head, tail: body.tail, inside: body.inside };
    }
    default:
      return ANYTHING;
  }
}

/**
 * The size in UTF-8 of the longest literal that every match of the pattern contains; of alternatives, that of the shortest.
 *
 * @param {string} source
 * @param {string} flags
 */
function requiredBytes(source, flags) {
  const mode = { unicode: flags.includes('u'), unicodeSets: flags.includes('v') };
  try {
    const { alternatives } = parser.parsePattern(source, 0, source.length, mode);
    return Buffer.byteLength(oneOf(alternatives).inside);
  } catch {
    // syntax that is newer than the parser
    return 0;
  }
}

const PLAIN_BYTES = 7;

/**
 * Is a rule of the kind that multi-pattern matchers like: a literal of seven bytes or more, no flag but `m` and `i`, no lookaround, no
 * back-reference, no scope?
 *
 * @param {{ error: string, flags?: string, test?: string }} rule
 */
export const isPlain = ({ error, flags = '', test }) =>
  test === undefined && !/[^mi]/.test(flags) && !/\(\?<?[=!]|\\[1-9k]/.test(error) && requiredBytes(error, flags) >= PLAIN_BYTES;
