// The signature of an unknown failure: what its text has in common with the texts of the same fault in other tests and runs.
//
// It is made of the first lines of the text and those of its causes, with what varies folded: numbers, times, ids, hashes,
// addresses, paths, quoted values. The same text gives the same signature on every machine. The text is cut first and every
// repetition of a pattern has a limit, so the time is linear.
'use strict';

const { stripVTControlCharacters } = require('node:util');

/** Code units of the text that are read, of a line of it, and of a signature. */
const MAX_READ_UNITS = 16_384;
const MAX_LINE_UNITS = 1000;
const MAX_SIGNATURE_UNITS = 300;
/** Lines of the error itself, and causes of which the first line counts. */
const MAX_LINES = 3;
const MAX_CAUSES = 2;

const NO_ERROR = '(no error)';
const EMPTY = '(empty error)';

/** A frame of a stack: V8's, or the `name@file:line` of other engines. Frames differ by the machine and the version. */
const FRAME = /^\s{1,20}at\s|^[^\s@]{0,100}@\S{1,500}:\d{1,9}(?::\d{1,9})?$/;

/** What varies, and what stands for it. In this order: each sees what the earlier ones left. */
const FOLDS = [
  // quoted values; an apostrophe within a word is none
  [/(?<![\p{L}\p{N}_])'(?:[^'\n]|(?<=[\p{L}\p{N}])'(?=[\p{L}\p{N}])){0,500}'(?![\p{L}\p{N}_])/gu, "'…'"],
  [/"(?:[^"\\\n]|\\.){0,500}"/g, '"…"'],
  [/`[^`\n]{0,500}`/g, '`…`'],
  [/“[^”\n]{0,500}”|«[^»\n]{0,500}»|„[^“”\n]{0,500}[“”]/g, '“…”'],
  // URLs keep their host and the words of their path
  [/\bfile:\/{1,3}[^\s'"<>()]{0,500}?([^\s/'"<>()]{1,200})(?=[\s'"<>()]|$)/gi, '$1'],
  [/\b([a-z][a-z0-9+.-]{1,20}:\/\/)([^\s'"<>()]{1,1000})/gi, (_, scheme, rest) => scheme + foldUrl(rest)],
  // times, before their numbers are folded one by one
  [/\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?)?(?:Z|[+-]\d\d:?\d\d)?(?![\d:])/g, '<time>'],
  [/\b\d{1,2}:\d\d:\d\d(?:[.,]\d{1,9})?\b/g, '<time>'],
  // ids and hashes
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '<id>'],
  [/\b0x[0-9a-f]{1,64}\b/gi, '<id>'],
  [/\b(?=[a-f]{0,63}\d)(?=\d{0,63}[a-f])[0-9a-f]{7,128}\b/gi, '<id>'],
  [/\b(?=[a-z_-]{0,63}\d)(?=[\d_-]{0,63}[a-z])[\w-]{20,128}(?![\w-])/gi, '<id>'],
  // addresses
  [/\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?::\d{1,5})?\b/g, '<ip>'],
  [/\[?(?<![\w:])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{1,4}(?![\w:])\]?(?::\d{1,5})?/gi, '<ip>'],
  // paths become the name of the file
  [/(?<![\w.<>/])(?:[a-z]:[\\/]|\.{0,2}\/|\\\\)(?:[^\s\\/:'"<>()]{1,200}[\\/]){1,50}([^\s\\/:'"<>()]{1,200})/gi, '$1'],
  // numbers, with a unit of time or without; numbers in a list
  [
    /(?<![\d.])\d{1,20}(?:[.,]\d{1,20})?\s?(?:milliseconds?|seconds?|minutes?|hours?|msecs?|secs?|mins?|ms|µs|ns|s|m|h)\b/gi,
    '<duration>',
  ],
  [/(?<=^|[\s([{=:,])[+-](?=\d)/g, ''],
  [/\d{1,50}(?:[.,_]\d{1,50}){0,50}(?:e[+-]?\d{1,5})?/gi, '<n>'],
  [/(?:<n>)(?:<n>)+/g, '<n>'],
  [/<n>(?:, ?<n>){1,1000}/g, '<n>, …'],
  [/\s{1,1000}/g, ' '],
];

/**
 * The signature of an error's text.
 *
 * @param {string | null} text as `errorText` gives it. Null: the test failed without an error
 * @returns {string} not empty, 300 UTF-16 code units at most
 */
function signatureOf(text) {
  if (text === null) return NO_ERROR;
  const folded = foldedLines(text).map(({ folded: line, isCause }) => (isCause ? `← ${line}` : line));
  return cut(folded.join(' ')) || EMPTY;
}

/**
 * The lines that a signature is made of: the first ones of the error, up to its stack, and the first one of each cause.
 *
 * @param {string} text
 * @returns {{ line: string, folded: string, isCause: boolean }[]} `folded`: what varies is folded, and it is not empty
 */
function foldedLines(text) {
  return linesOf(text)
    .map(({ line, isCause }) => ({ line, folded: fold(line), isCause }))
    .filter(({ folded }) => folded !== '');
}

function linesOf(text) {
  const chosen = [];
  let own = 0;
  let causes = 0;
  let isCause = false;
  let isStack = false;
  // the last line may be a part of one, and is read all the same: the text was cut for everybody at the same place
  for (const line of stripVTControlCharacters(text.slice(0, MAX_READ_UNITS)).split(/\r\n|[\n\r]/)) {
    if (line.trim() === '') continue;
    if (line === 'Caused by:') {
      isCause = true;
      continue;
    }
    if (isCause) {
      isCause = false;
      isStack = true;
      if (causes++ < MAX_CAUSES) chosen.push({ line: line.trim(), isCause: true });
      continue;
    }
    if (FRAME.test(line.slice(0, MAX_LINE_UNITS))) isStack = own > 0;
    else if (!isStack && own++ < MAX_LINES) chosen.push({ line: line.trim(), isCause: false });
  }
  return chosen;
}

function fold(line) {
  let folded = line.slice(0, MAX_LINE_UNITS);
  for (const [pattern, replacement] of FOLDS) folded = folded.replace(pattern, replacement);
  return folded.trim();
}

/** A URL behind its scheme: without user, port, query and fragment; a segment of the path with a digit is an id. */
function foldUrl(rest) {
  const [address, ...path] = rest.split(/[?#]/, 1)[0].split('/');
  const host = address.slice(address.lastIndexOf('@') + 1).replace(/:\d{1,5}$/, '');
  return [host, ...path.map((segment) => (/\d/.test(segment) ? '<id>' : segment))].join('/');
}

/** Cuts a signature, but no surrogate pair. */
function cut(text) {
  if (text.length <= MAX_SIGNATURE_UNITS) return text;
  let end = MAX_SIGNATURE_UNITS - 1;
  if (isHighSurrogate(text.charCodeAt(end - 1))) end -= 1;
  return `${text.slice(0, end)}…`;
}

const isHighSurrogate = (unit) => unit >= 0xd800 && unit < 0xdc00;

module.exports = { foldedLines, MAX_SIGNATURE_UNITS, signatureOf };
