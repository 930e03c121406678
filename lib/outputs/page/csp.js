// The content security policy of the page: its own script and style, named by their hashes, and nothing else. The page may load
// nothing, send nothing and be the base of nothing; with trusted types, no text can become markup even by a mistake of ours.
'use strict';

const { createHash } = require('node:crypto');

/** @param {string} content @returns {string} a source expression like `'sha256-…'` */
function hashSource(content) {
  return `'sha256-${createHash('sha256').update(content, 'utf8').digest('base64')}'`;
}

/** @param {{ script: string, style: string }} inline the contents of the page's inline elements, byte for byte */
function contentSecurityPolicy({ script, style }) {
  return [
    "default-src 'none'",
    `script-src ${hashSource(script)}`,
    `style-src ${hashSource(style)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

module.exports = { contentSecurityPolicy, hashSource };
