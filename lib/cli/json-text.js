// Where the values of a JSON text are, so that findings name a line and a fix changes nothing but what it fixes. The text must be
// one that `JSON.parse` accepts. Nothing here recurses, however deep the text is.
'use strict';

/** @typedef {{ start: number, end: number }} Span of a value, in code units of the text */

const SPACE = /[ \t\r\n]*/y;
const STRING = /"(?:[^"\\]|\\.)*"/y;
/** A number or a word. */
const PLAIN = /[^ \t\r\n,\]}]+/y;
/** Up to the next thing that matters within an array or an object. */
const INNER = /[^"[\]{}]*/y;

function match(pattern, text, at) {
  pattern.lastIndex = at;
  pattern.exec(text);
  return pattern.lastIndex;
}

const skipSpace = (text, at) => match(SPACE, text, at);

/** The end of the value that starts at `at`. */
function endOf(text, at) {
  if (text[at] === '"') return match(STRING, text, at);
  if (text[at] !== '[' && text[at] !== '{') return match(PLAIN, text, at);
  let depth = 0;
  for (let position = at; ; ) {
    if (text[position] === '"') position = match(STRING, text, position);
    else {
      depth += text[position] === '[' || text[position] === '{' ? 1 : -1;
      position++;
      if (depth === 0) return position;
    }
    position = match(INNER, text, position);
  }
}

/** @param {string} text @returns {Span} the whole value */
function rootOf(text) {
  const start = skipSpace(text, 0);
  return { start, end: endOf(text, start) };
}

/** @param {string} text @param {Span | undefined} array @returns {Span[]} of the elements; none if there is no array */
function elementsOf(text, array) {
  const elements = [];
  if (array === undefined || text[array.start] !== '[') return elements;
  let at = skipSpace(text, array.start + 1);
  while (text[at] !== ']') {
    const span = { start: at, end: endOf(text, at) };
    elements.push(span);
    at = skipSpace(text, span.end);
    if (text[at] === ',') at = skipSpace(text, at + 1);
  }
  return elements;
}

/** @param {string} text @param {Span | undefined} object @returns {Map<string, Span & { keyStart: number }>} of the values by key; the last one counts */
function membersOf(text, object) {
  const members = new Map();
  if (object === undefined || text[object.start] !== '{') return members;
  let at = skipSpace(text, object.start + 1);
  while (text[at] !== '}') {
    const keyEnd = match(STRING, text, at);
    const key = JSON.parse(text.slice(at, keyEnd));
    const start = skipSpace(text, skipSpace(text, keyEnd) + 1);
    const span = { start, end: endOf(text, start), keyStart: at };
    members.set(key, span);
    at = skipSpace(text, span.end);
    if (text[at] === ',') at = skipSpace(text, at + 1);
  }
  return members;
}

/**
 * Where a code unit of a string's value is in the text, for an offset that a message or a fix has.
 *
 * @param {string} text @param {Span} string @param {number} offset in the value
 */
function offsetInText(text, string, offset) {
  let at = string.start + 1;
  for (let left = offset; left > 0; left--) at += text[at] !== '\\' ? 1 : text[at + 1] === 'u' ? 6 : 2;
  return at;
}

/** @param {string} text @returns {(offset: number) => { line: number, column: number }} both from 1, the column in code units */
function linesOf(text) {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle] <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - starts[low] + 1 };
  };
}

module.exports = { elementsOf, linesOf, membersOf, offsetInText, rootOf };
