// XML 1.0, as little as a report needs.
'use strict';

const { plainText } = require('../text.js');

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\t': '&#9;', '\n': '&#10;' };

/** Text between tags. What XML cannot have is removed. */
const escapeText = (text) => plainText(text).replace(/[&<>]/g, (character) => ENTITIES[character]);

/** A quoted value: a parser would make blanks of its tabs and line breaks. */
const escapeAttribute = (text) => plainText(text).replace(/[&<>"\t\n]/g, (character) => ENTITIES[character]);

/**
 * @param {string} name
 * @param {Record<string, string | number | null>} attributes those that are null are left out
 * @param {string} [content] XML
 */
function element(name, attributes, content = '') {
  const list = Object.entries(attributes)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => ` ${key}="${escapeAttribute(`${value}`)}"`)
    .join('');
  return content === '' ? `<${name}${list}/>\n` : `<${name}${list}>${content}</${name}>\n`;
}

module.exports = { element, escapeText };
