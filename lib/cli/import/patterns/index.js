// Patterns of other dialects become JavaScript's, where the meaning stays.
'use strict';

const { DIALECTS } = require('./dialects.js');
const { parse } = require('./parse.js');
const { checkReferences } = require('./references.js');
const { Untranslatable } = require('./untranslatable.js');
const { matchWhole } = require('./whole.js');
const { write } = require('./write.js');

const DIALECT_NAMES = Object.keys(DIALECTS);

/**
 * @typedef {object} TranslateOptions
 * @property {string} dialect one of `DIALECT_NAMES`
 * @property {string} [flags] with which the pattern is compiled: of `i`, `m`, `s`, `x`
 * @property {boolean} [whole] it must match all of the text, or of a line: what Java calls `matches()`
 * @property {boolean} [lines] it is matched against one line at a time
 * @property {import('./write.js').Anchors} [anchors] what the start and the end are, if not those of the whole text
 *
 * @param {string} source
 * @param {TranslateOptions} options
 * @returns {{ source: string, flags: string, changes: string[] }} `changes`: none, if the pattern stays as it is
 * @throws {Untranslatable}
 */
function translate(source, { dialect, flags = '', whole = false, lines = false, anchors }) {
  // what is JavaScript's stays as it is, where it means the same text
  if (dialect === 'javascript' && !whole && !lines && !(anchors && /[$^]/.test(source))) {
    checkSyntax({ source, flags });
    return { source, flags, changes: [] };
  }
  const row = DIALECTS[dialect];
  const parsed = parse(source, row, flags);
  if (row.name === '.NET' && parsed.hasNumbered && parsed.hasNamed) {
    throw new Untranslatable('has named groups and a reference by number, which .NET counts in another order');
  }
  if (parsed.hasReferences && dialect !== 'javascript') checkReferences(parsed.body);
  const tree = whole ? matchWhole(parsed, lines) : parsed;
  const written = write(tree, row, { lines, anchors });
  if (anchors && parsed.changes.size === 0 && written.source !== source) parsed.changes.add('^ and $ → those of the message');
  checkSyntax(written);
  return { ...written, changes: [...parsed.changes] };
}

/** What remains unusual is refused here, in the words of V8; the engine has the last word. */
function checkSyntax({ source, flags }) {
  // older versions of Node.js have no modifiers
  const known = source.replace(/\(\?[ims]*-?[ims]*:/g, '(?:');
  try {
    new RegExp(known, flags);
  } catch (error) {
    throw new Untranslatable(`cannot be written in JavaScript: ${error.message}`);
  }
}

module.exports = { DIALECT_NAMES, translate, Untranslatable };
