// Texts of a report in places that show them as they are: without what would move a cursor or break a document.
'use strict';

const { stripVTControlCharacters } = require('node:util');

/**
 * A text without terminal sequences and without the control characters but tab and line breaks. Lone surrogates and what is no
 * character become U+FFFD: the text can be written as UTF-8 and as XML.
 *
 * @param {string} text
 */
function plainText(text) {
  return stripVTControlCharacters(String(text))
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\t\n]/gu, '')
    .replace(/[\p{Cs}\ufffe\uffff]/gu, '\ufffd');
}

/** The same on one line. */
const plainLine = (text) => plainText(text).replace(/\s+/g, ' ').trim();

/** The beginning of a text, with `…` for what is missing. It never halves a character. */
function cut(text, units) {
  if (text.length <= units) return text;
  const end = /[\ud800-\udbff]/.test(text[units - 2]) ? units - 2 : units - 1;
  return `${text.slice(0, end)}…`;
}

module.exports = { cut, plainLine, plainText };
