// A pattern as a tree to generate texts from. It must be one that the engine has accepted. It is no judge: what is generated is checked
// against the engine, so a construct that is read roughly costs a sample and nothing else.
'use strict';

/** Groups in groups. Deeper ones are not worth a sample. */
const MAX_DEPTH = 100;

/**
 * @typedef {{ type: 'either', options: Node[] }
 *   | { type: 'sequence', items: Node[] }
 *   | { type: 'repeat', min: number, max: number, item: Node }
 *   | { type: 'group', item: Node, names: string[] }
 *   | { type: 'again', name: string }
 *   | { type: 'set', source: string }
 *   | { type: 'text', text: string }
 *   | { type: 'boundary' }
 *   | { type: 'nothing' }} Node
 *   `set`: one character, of a class or an escape; `again`: a back-reference, by number or name
 */

const QUANTIFIER = /(?:[*+?]|\{(\d+)(,(\d*))?\})\??/y;
const GROUP = /\((?:\?(?:<(?![=!])([^>]*)>|([:=!])|(<[=!])|[ims]*(?:-[ims]*)?:))?/y;
const ESCAPE =
  /\\(?:(u\{[\da-fA-F]+\}|u[\da-fA-F]{4}|x[\da-fA-F]{2})|c([a-zA-Z])|k<([^>]*)>|([1-9]\d*)|([pP]\{[^}]*\})|([dDwWsS])|([bB])|(.))/sy;
const CONTROLS = { n: '\n', r: '\r', t: '\t', f: '\f', v: '\v', 0: '\0' };
const NOTHING = { type: 'nothing' };

/**
 * @param {string} source
 * @param {string} flags
 * @returns {Node}
 * @throws {RangeError} it is nested too deeply
 */
function parse(source, flags) {
  const isUnicode = /[uv]/.test(flags);
  const hasSets = flags.includes('v');
  let at = 0;
  let groups = 0;

  function read(pattern) {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    if (match !== null) at = pattern.lastIndex;
    return match;
  }

  function either(depth) {
    if (depth > MAX_DEPTH) throw new RangeError('nested too deeply');
    const options = [sequence(depth)];
    while (source[at] === '|') {
      at++;
      options.push(sequence(depth));
    }
    return options.length === 1 ? options[0] : { type: 'either', options };
  }

  function sequence(depth) {
    const items = [];
    while (at < source.length && source[at] !== '|' && source[at] !== ')') items.push(quantified(atom(depth)));
    return { type: 'sequence', items };
  }

  function quantified(item) {
    const match = read(QUANTIFIER);
    if (match === null) return item;
    const [whole, least, comma, most] = match;
    if (least === undefined) return { type: 'repeat', min: whole[0] === '+' ? 1 : 0, max: whole[0] === '?' ? 1 : Infinity, item };
    const min = Number(least);
    return { type: 'repeat', min, max: comma === undefined ? min : most === '' ? Infinity : Number(most), item };
  }

  function atom(depth) {
    const character = source[at];
    if (character === '(') return group(depth);
    if (character === '[') return { type: 'set', source: classSource() };
    if (character === '\\') return escaped();
    const [text] = isUnicode ? String.fromCodePoint(source.codePointAt(at)) : character;
    at += text.length;
    if (text === '.') return { type: 'set', source: '.' };
    return text === '^' || text === '$' ? NOTHING : { type: 'text', text };
  }

  function group(depth) {
    const [whole, name, lookahead, lookbehind] = read(GROUP);
    const names = [];
    if (whole === '(' || name !== undefined) names.push(String(++groups));
    if (name !== undefined) names.push(name);
    const item = either(depth + 1);
    at++;
    // what a positive lookaround wants often does no harm as a part of the text
    return lookahead === '!' || lookbehind === '<!' ? NOTHING : { type: 'group', item, names };
  }

  function classSource() {
    const start = at;
    for (let depth = 0; at < source.length; ) {
      const character = source[at];
      at += character === '\\' ? 2 : 1;
      if (character === '[' && (hasSets || depth === 0)) depth++;
      if (character === ']' && --depth === 0) break;
    }
    return source.slice(start, at);
  }

  function escaped() {
    const [whole, code, control, named, numbered, property, set, boundary, other] = read(ESCAPE);
    if (code !== undefined)
      return { type: 'text', text: String.fromCodePoint(Number.parseInt(code.replace(/[^\da-f]/gi, ''), 16)) };
    if (control !== undefined) return { type: 'text', text: String.fromCharCode(control.charCodeAt(0) & 31) };
    if (named !== undefined || numbered !== undefined) return { type: 'again', name: named ?? numbered };
    if ((property !== undefined && isUnicode) || set !== undefined) return { type: 'set', source: whole };
    if (boundary !== undefined) return { type: 'boundary' };
    return { type: 'text', text: CONTROLS[other] ?? other ?? whole.slice(1) };
  }

  return either(0);
}

module.exports = { parse };
