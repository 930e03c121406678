// A text as the addon takes it.
'use strict';

const { exec } = require('./primordials.js');

/** Code units from which on a text is long: its parts are not joined. `src/buffers/arena.rs` has it, too. */
const LONG_TEXT = 1 << 15;

/**
 * A character that does not fit in one byte. Of a string that V8 keeps in one byte a character, its regular expressions know
 * without a look that none is in there. Node-API does not tell such strings from others, and asked for UTF-8 it takes five times
 * as long as for a copy.
 */
const BEYOND_LATIN_1 = /[^\0-\xff]/;

/**
 * A text for the addon, which copies short strings byte by byte.
 *
 * @template {string | string[] | null} T
 * @param {T} text as `readError` gives it
 * @returns {T | string[]} a string: it is Latin-1, or long. An array: its parts
 */
function addonText(text) {
  const isWide = typeof text === 'string' && text.length < LONG_TEXT && exec(BEYOND_LATIN_1, text) !== null;
  return isWide ? [text] : text;
}

module.exports = { addonText, LONG_TEXT };
