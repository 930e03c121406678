// ECMAScript patterns for Vectorscan, whose parser is PCRE's. What PCRE lacks is left as it is or becomes `REFUSED`: Vectorscan refuses it.
//
// Bytes are faster than characters: a pattern gets the flag for UTF-8 only where it, or a text, makes a difference between the two. A
// character beyond ASCII that stands for itself makes none.

/** A negative lookahead: Vectorscan refuses it. */
const REFUSED = '(?!)';

/** What `\s` matches beyond ASCII. */
const SPACES = '\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}';

/**
 * What of the texts has a bearing on how patterns are translated.
 *
 * @typedef {object} Traits
 * @property {boolean} nonAscii
 * @property {boolean} spaces some white space beyond ASCII
 * @property {boolean} lineEnds other line ends than `\n`, which `.` does not match either
 */

/** @type {Traits} */
const ASCII_WITH_LINE_FEEDS = { nonAscii: false, spaces: false, lineEnds: false };

/** @param {string[]} texts @returns {Traits} */
export const traitsOf = (texts) => ({
  nonAscii: texts.some((text) => /[^\0-\x7f]/.test(text)),
  spaces: texts.some((text) => /[^\S\0-\x7f]/.test(text)),
  lineEnds: texts.some((text) => /[\r\u2028\u2029]/.test(text)),
});

/**
 * @param {string} source
 * @param {string} [flags]
 * @param {Traits} [traits] of the texts
 * @returns {{ pattern: string, flags: string }} flags: `i`, `m`, `s`, and `8` for UTF-8
 */
export function toPcre(source, flags = '', traits = ASCII_WITH_LINE_FEEDS) {
  if (flags.includes('v') && /\[[^\]]*(?:\[|&&|--|\\q)/.test(source)) return { pattern: REFUSED, flags: '' };
  const state = { source, flags, traits, pattern: '', utf8: false, inClass: false, negated: false };
  for (let at = 0; at < source.length; ) at += translate(state, at);
  const sticky = flags.includes('y');
  return {
    pattern: sticky ? `\\A(?:${state.pattern})` : state.pattern,
    flags: [...flags].filter((flag) => 'ims'.includes(flag)).join('') + (state.utf8 ? '8' : ''),
  };
}

/** Translates what starts at `at`; gives its length. */
function translate(state, at) {
  const { source, flags, traits, inClass } = state;
  const char = source[at];
  if (char === '\\') return translateEscape(state, at);
  if (char > '\x7f') state.utf8 ||= inClass || isQuantified(source, at + 1) || (flags.includes('i') && hasCase(char));
  if (inClass) {
    if (char !== ']') return emit(state, at, 1, char === '[' ? '\\[' : char);
    state.inClass = false;
    return emit(state, at, 1, ']', { widest: state.negated });
  }
  if (source.startsWith('[^]', at)) return emit(state, at, 3, '[\\s\\S]', { widest: true });
  if (source.startsWith('[]', at)) return emit(state, at, 2, REFUSED);
  if (char === '[') {
    state.inClass = true;
    state.negated = source[at + 1] === '^';
    return state.negated ? emit(state, at, 2, '[^') : emit(state, at, 1, '[');
  }
  if (char === '.') {
    const line = traits.nonAscii ? '[^\\n\\r\\x{2028}\\x{2029}]' : '[^\\n\\r]';
    const any = flags.includes('s') || !traits.lineEnds;
    if (!any) state.utf8 ||= traits.nonAscii;
    return emit(state, at, 1, any ? '.' : line, { widest: true });
  }
  // PCRE's `$` would match before a line feed at the end, too
  if (char === '$' && !flags.includes('m')) return emit(state, at, 1, '\\z');
  return emit(state, at, 1, char);
}

const isQuantified = (source, end) => '*+?{'.includes(source[end] ?? ' ');
const hasCase = (char) => char.toLowerCase() !== char.toUpperCase();

/** @param {{ widest?: boolean }} [what] `widest`: it matches every character beyond ASCII */
function emit(state, at, length, translated, { widest = false } = {}) {
  state.pattern += translated;
  // `.*` and `.+` match the same bytes either way
  if (widest && !'*+'.includes(state.source[at + length] ?? ' ')) state.utf8 ||= state.traits.nonAscii;
  return length;
}

function translateEscape(state, at) {
  const { source, flags, traits, inClass } = state;
  const rest = source.slice(at);
  const unicodeMode = /[uv]/.test(flags);
  const [code, digits] = unicodeEscape(rest, unicodeMode);
  if (code) {
    state.utf8 = true;
    return emit(state, at, code.length, `\\x{${digits}}`);
  }
  const letter = rest[1] ?? '';
  if (letter > '\x7f') state.utf8 = true;
  if (letter === 'p' || letter === 'P') {
    if (!unicodeMode) return emit(state, at, 2, letter);
    state.utf8 = true;
    return emit(state, at, 2, rest.slice(0, 2));
  }
  if (letter === 'v') return emit(state, at, 2, '\\x0b');
  if (letter === 's' && traits.spaces) {
    state.utf8 = true;
    return emit(state, at, 2, inClass ? `\\s${SPACES}` : `[\\s${SPACES}]`);
  }
  if (letter === 'S' && traits.spaces && !inClass) {
    state.utf8 = true;
    return emit(state, at, 2, `[^\\s${SPACES}]`);
  }
  if ('SWD'.includes(letter)) return emit(state, at, 2, rest.slice(0, 2), { widest: !inClass });
  if (letter === 'x' && !/^\\x[0-9a-fA-F]{2}/.test(rest)) return emit(state, at, 2, 'x');
  // a letter that means nothing in ECMAScript is itself; in PCRE it may mean something
  if (/[a-zA-Z]/.test(letter) && !'bBdDsSwWfnrtcxk'.includes(letter)) return emit(state, at, 2, letter);
  return emit(state, at, 2, rest.slice(0, 2));
}

/** @returns {[escape: string, digits: string] | []} a code point in hexadecimal */
function unicodeEscape(rest, unicodeMode) {
  const pair = /^\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})/i.exec(rest);
  if (pair) {
    const units = [pair[1], pair[2]].map((digits) => Number.parseInt(digits, 16));
    return [
      pair[0],
      String.fromCharCode(...units)
        .codePointAt(0)
        .toString(16),
    ];
  }
  const [unit, digits] = /^\\u([0-9a-f]{4})/i.exec(rest) ?? [];
  if (unit) return [unit, digits];
  const [point, inside] = (unicodeMode && /^\\u\{0*([0-9a-f]+)\}/i.exec(rest)) || [];
  return point ? [point, inside] : [];
}
