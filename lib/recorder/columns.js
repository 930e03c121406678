// Texts in the columns of a terminal. Wide characters take two.
'use strict';

/** Ranges of code points that take two columns: East Asian wide ones and emoji, as far as names of tests have them. */
const WIDE = [
  [0x1100, 0x115f],
  [0x2e80, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1faff],
  [0x20000, 0x3fffd],
];

/** Columns of a character. @param {string} character one code point */
function columnsOf(character) {
  const code = character.codePointAt(0);
  if (code < 0x300) return 1;
  if (/\p{Mn}|\u200d|\ufe0f/u.test(character)) return 0;
  return WIDE.some(([first, last]) => code >= first && code <= last) ? 2 : 1;
}

/** Breaks a text into lines of at most `width` columns, at a blank if there is one in the second half of a line. @returns {string[]} */
function wrap(text, width) {
  const lines = [];
  let line = '';
  let columns = 0;
  for (const character of text) {
    const more = columnsOf(character);
    if (columns + more > width) {
      const blank = character === ' ' ? line.length : line.lastIndexOf(' ');
      const end = blank > line.length / 2 ? blank : line.length;
      lines.push(line.slice(0, end));
      line = line.slice(end).trimStart();
      columns = widthOf(line);
      if (line === '' && character === ' ') continue;
    }
    line += character;
    columns += more;
  }
  lines.push(line);
  return lines;
}

function widthOf(text) {
  let columns = 0;
  for (const character of text) columns += columnsOf(character);
  return columns;
}

/** A text of at most `width` columns, with `…` for what is missing. */
function cutToWidth(text, width) {
  let columns = 0;
  let end = 0;
  let kept = 0;
  for (const character of text) {
    columns += columnsOf(character);
    if (columns > width) return `${text.slice(0, kept)}…`;
    end += character.length;
    if (columns < width) kept = end;
  }
  return text;
}

module.exports = { cutToWidth, widthOf, wrap };
