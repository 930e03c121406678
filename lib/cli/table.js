// Tables that fit the width of a terminal. A column that may shrink is cut with `…`, or broken into lines.
'use strict';

const { printable } = require('./terminal.js');

const GAP = '  ';
const MIN_COLUMN = 8;

/**
 * @typedef {object} Column
 * @property {string} [title]
 * @property {'left' | 'right'} [align]
 * @property {'keep' | 'cut' | 'wrap'} [overflow] what happens to a cell when the table is too wide. Default: keep
 * @property {(text: string) => string} [style] applied to each cell, after its width is known
 */

/**
 * @param {string[][]} rows
 * @param {{ columns: Column[], width: number, indent?: number }} options
 * @returns {string} lines, each with a line break
 */
function formatTable(rows, { columns, width, indent = 0 }) {
  const cells = rows.map((row) => row.map((cell) => printable(String(cell)).replace(/\s*\n\s*|\t/g, ' ')));
  const header = columns.some(({ title }) => title !== undefined) ? columns.map(({ title = '' }) => title) : null;
  const all = header === null ? cells : [header, ...cells];
  const natural = columns.map((_, index) => Math.max(0, ...all.map((row) => widthOf(row[index] ?? ''))));
  const widths = fitted(natural, columns, width - indent - GAP.length * (columns.length - 1));
  const lines = [];
  if (header !== null) lines.push(...formatRow(header, columns.map(unstyled), widths));
  for (const row of cells) lines.push(...formatRow(row, columns, widths));
  return lines.map((line) => `${' '.repeat(indent)}${line}\n`).join('');
}

const unstyled = ({ style, ...column }) => column;

/** Takes from the widest columns that may shrink until all fit. */
function fitted(natural, columns, available) {
  const widths = [...natural];
  let excess = widths.reduce((sum, one) => sum + one, 0) - available;
  while (excess > 0) {
    let widest = -1;
    for (const [index, { overflow = 'keep' }] of columns.entries()) {
      const canShrink = overflow !== 'keep' && widths[index] > MIN_COLUMN;
      if (canShrink && (widest < 0 || widths[index] > widths[widest])) widest = index;
    }
    if (widest < 0) break;
    widths[widest]--;
    excess--;
  }
  return widths;
}

/** The lines of a row: as many as its longest wrapped cell has. */
function formatRow(row, columns, widths) {
  const blocks = columns.map((column, index) => {
    const cell = row[index] ?? '';
    return column.overflow === 'wrap' ? wrap(cell, widths[index]) : [cut(cell, widths[index])];
  });
  const height = Math.max(...blocks.map(({ length }) => length));
  return Array.from({ length: height }, (_, line) =>
    columns
      .map(({ align, style }, index) => {
        const text = blocks[index][line] ?? '';
        const space = ' '.repeat(Math.max(0, widths[index] - widthOf(text)));
        const styled = style && text !== '' ? style(text) : text;
        return align === 'right' ? space + styled : styled + space;
      })
      .join(GAP)
      .trimEnd(),
  );
}

function cut(text, width) {
  if (widthOf(text) <= width) return text;
  let kept = '';
  let used = 1;
  for (const character of text) {
    used += widthOf(character);
    if (used > width) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/** Lines of at most `width`, broken at spaces; a longer word keeps a line for itself. */
function wrap(text, width) {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    const joined = line === '' ? word : `${line} ${word}`;
    if (line !== '' && widthOf(joined) > width) lines.push(word);
    else lines[lines.length - 1] = joined;
  }
  return lines;
}

/** Columns of a terminal that a text takes: two for a wide character, none for a mark that combines. */
function widthOf(text) {
  let width = 0;
  for (const character of text) {
    if (/\p{Mark}|[\u200b-\u200f]/u.test(character)) continue;
    width +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u.test(
        character,
      )
        ? 2
        : 1;
  }
  return width;
}

module.exports = { formatTable, widthOf };
