// What is certain about a pattern of another dialect: flags at its start become flags, `(?P<n>…)` becomes `(?<n>…)`.
'use strict';

/** Flags of other dialects that mean the same in JavaScript. */
const LEADING_FLAGS = /^(?:\(\?[ims]+\))+/;
/** Escapes and classes are passed over. */
const NAMED = /\\.|\[(?:\\.|[^\]\\])*\]|\(\?P<(?=\w)|\(\?P=(\w+)\)/gs;

/**
 * @param {string} source
 * @returns {{ changes: { start: number, end: number, text: string }[], flags: string } | null} null if there is nothing to translate
 */
function translate(source) {
  const changes = [];
  const [leading = ''] = LEADING_FLAGS.exec(source) ?? [];
  if (leading !== '') changes.push({ start: 0, end: leading.length, text: '' });
  for (const { 0: found, 1: name, index } of source.matchAll(NAMED)) {
    if (!found.startsWith('(?P')) continue;
    changes.push({ start: index, end: index + found.length, text: name === undefined ? '(?<' : `\\k<${name}>` });
  }
  return changes.length === 0 ? null : { changes, flags: [...new Set(leading.replace(/[^ims]/g, ''))].join('') };
}

module.exports = { translate };
