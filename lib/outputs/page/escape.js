// Text that goes into HTML or into a script element. Both leave nothing that a parser of HTML could take for markup.
'use strict';

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/**
 * Text as content or as a quoted attribute of HTML. Lone surrogates become U+FFFD, which is what UTF-8 would make of them.
 *
 * @param {string} text
 */
function escapeHtml(text) {
  return wellFormed(text).replace(/[&<>"']/g, (character) => ENTITIES[character]);
}

/**
 * A value as JSON for a `<script type="application/json">`: equal after `JSON.parse`, and without a character that ends a script
 * element, opens a comment or ends a line of JavaScript. Lone surrogates stay, because JSON escapes them.
 *
 * @param {unknown} value
 */
function scriptJson(value) {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function wellFormed(text) {
  return String(text).replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
}

module.exports = { escapeHtml, scriptJson };
