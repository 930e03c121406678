// Text as a pattern that matches just this text.
'use strict';

/** @param {string} text @returns {string} valid with every flag */
const escapeLiteral = (text) =>
  text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&').replace(/[\n\r\t]/g, (space) => ({ '\n': '\\n', '\r': '\\r', '\t': '\\t' })[space]);

module.exports = { escapeLiteral };
