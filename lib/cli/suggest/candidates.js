// The patterns that a rule for a group of failures may have, the widest first. Which of them is right, the engine says.
'use strict';

const { foldedLines } = require('../../recorder/signature.js');
const { escapeLiteral } = require('../escape-pattern.js');
const { linePattern } = require('./line-pattern.js');

/** Letters that a pattern without an anchor must have, so that it says something. */
const MIN_LITERALS = 10;
/** A longer line is matched at its beginning only. In UTF-16 code units. */
const MAX_LINE = 200;
/** Where the error itself ends: at its stack, at a cause, or with the text. */
const END = '(?=\\s*(?:\\n\\s*at |\\nCaused by:|$))';

/**
 * @param {string} text of one failure of the group
 * @returns {{ error: string, flags?: string }[]}
 */
function candidatesOf(text) {
  const lines = foldedLines(text);
  const own = lines.filter(({ isCause }) => !isCause).map(patternOf);
  const causes = lines.filter(({ isCause }) => isCause).map(patternOf);
  if (own.length === 0) return [{ error: '^\\s*$' }];
  const [first] = own;
  const all = own.map(({ source }) => source).join('\\s+');
  const whole = [all, ...causes.map(({ source }) => source)].join('[^]*\\nCaused by:\\s+');
  const isCut = own.at(-1).isCut;
  return [
    ...(first.literals >= MIN_LITERALS ? [{ error: first.source }] : []),
    { error: `^${first.source}` },
    ...(own.length > 1 && literalsOf(own) >= MIN_LITERALS ? [{ error: all }] : []),
    ...(first.isCut ? [] : [{ error: `^${first.source}$`, flags: 'm' }]),
    { error: `^\\s*${all}` },
    ...(isCut ? [] : [{ error: `^\\s*${all}${END}` }]),
    ...(causes.length > 0 ? [{ error: whole }, { error: `^\\s*${whole}` }] : []),
    // what a signature drops altogether, like the slashes of a regular expression, is there
    { error: `^\\s*${escapeLiteral(lines[0].line).replace(/\d+/g, '\\d+')}` },
    ...(isCut || causes.length > 0 ? [] : [{ error: `^\\s*${all}(?=\\s*(?:\\n\\s*at [^]*)?$)(?![^]*\\nCaused by:)` }]),
  ];
}

const literalsOf = (lines) => lines.reduce((sum, { literals }) => sum + literals, 0);

function patternOf({ line, folded }) {
  if (folded.length <= MAX_LINE) return { ...linePattern(line, folded), isCut: false };
  // not in the middle of a word or of a placeholder
  const kept = folded.slice(0, MAX_LINE).replace(/\s+\S*$/, '');
  return { ...linePattern(line, kept), isCut: true };
}

module.exports = { candidatesOf };
