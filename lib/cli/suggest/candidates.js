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

/** Texts of a group that are looked at for what varies in it. */
const MAX_SAMPLES = 50;

/**
 * @param {string[]} texts of the group: all have the same signature
 * @returns {{ error: string, flags?: string }[]}
 */
function candidatesOf(texts) {
  const samples = texts.slice(0, MAX_SAMPLES).map(foldedLines);
  const lines = samples[0].map(({ line, folded, isCause }, index) => ({
    line,
    isCause,
    ...patternOf(
      samples.map((sample) => sample[index]?.line ?? ''),
      folded,
    ),
  }));
  const own = lines.filter(({ isCause }) => !isCause);
  const causes = lines.filter(({ isCause }) => isCause);
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

/** @param {string[]} seen the lines as they are, of several texts */
function patternOf(seen, folded) {
  if (folded.length <= MAX_LINE) return { ...linePattern(seen.join(' '), folded), isCut: false };
  // not in the middle of a word or of a placeholder
  const kept = folded.slice(0, MAX_LINE).replace(/\s+\S*$/, '');
  return { ...linePattern(seen.join(' '), kept), isCut: true };
}

module.exports = { candidatesOf };
