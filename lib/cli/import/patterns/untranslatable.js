// Why a pattern of another dialect cannot become one of JavaScript.
'use strict';

/** The message is for the author of the pattern. */
class Untranslatable extends Error {
  /** @param {string} message @param {number} [offset] in UTF-16 code units of the pattern */
  constructor(message, offset) {
    super(offset === undefined ? message : `${message}, at ${offset}`);
    this.name = 'Untranslatable';
  }
}

module.exports = { Untranslatable };
