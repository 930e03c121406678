// A place in a text for a terminal: its line, as much of it as fits, and carets under the place.
'use strict';

const { widthOf } = require('./table.js');
const { printable } = require('./terminal.js');

/** What stays visible before the place when the line is cut. */
const BEFORE = 16;

/**
 * @param {string} text
 * @param {{ start: number, end: number }} place in code units. An empty place, the end of the text included, gets one caret
 * @param {{ terminal: { width: number, style: Function }, indent?: number, color?: string }} options
 * @returns {string} two lines, each with a line break
 */
function excerpt(text, { start, end }, { terminal, indent = 4, color = 'red' }) {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = lineStart <= start ? endOfLine(text, start) : start;
  const placeEnd = Math.min(Math.max(end, start), lineEnd);
  const room = terminal.width - indent;
  let before = shown(text.slice(lineStart, start));
  let place = shown(text.slice(start, placeEnd));
  let after = shown(text.slice(placeEnd, lineEnd));
  if (end > lineEnd) after = ' ↵';
  if (widthOf(before + place + after) > room) {
    if (widthOf(before) > BEFORE) before = `…${lastColumns(before, BEFORE - 1)}`;
    const left = room - widthOf(before);
    after = widthOf(place) > left ? '' : firstColumns(after, left - widthOf(place));
    place = firstColumns(place, left);
  }
  const space = ' '.repeat(indent);
  const carets = '^'.repeat(Math.max(1, widthOf(place)));
  return `${space}${before}${terminal.style(color, place)}${after}\n${space}${' '.repeat(widthOf(before))}${terminal.style(color, carets)}\n`;
}

function endOfLine(text, at) {
  const found = text.indexOf('\n', at);
  const end = found < 0 ? text.length : found;
  return end > at && text[end - 1] === '\r' ? end - 1 : end;
}

const shown = (text) => printable(text.replaceAll('\t', ' ')).replaceAll('\n', '↵');

function firstColumns(text, width) {
  if (widthOf(text) <= width) return text;
  let kept = '';
  for (const character of text) {
    if (widthOf(kept + character) > width - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

function lastColumns(text, width) {
  const characters = [...text];
  let from = characters.length;
  for (let used = 0; from > 0; from--) {
    used += widthOf(characters[from - 1]);
    if (used > width) break;
  }
  return characters.slice(from).join('');
}

module.exports = { excerpt };
