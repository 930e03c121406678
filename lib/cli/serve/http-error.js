// What a request is refused with: a status, a code that a program can act on, and a sentence that says what to do instead.
'use strict';

class HttpError extends Error {
  /** @param {number} status @param {string} code @param {string} message @param {Record<string, string>} [headers] @param {object} [details] */
  constructor(status, code, message, headers = {}, details = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
    this.details = details;
  }
}

const tooLarge = (maxBytes) =>
  new HttpError(413, 'ERR_TOO_LARGE', `the body is larger than ${maxBytes} bytes; send less at a time`);

const busy = (what) => new HttpError(429, 'ERR_BUSY', `${what}; try again in a second`, { 'retry-after': '1' });

module.exports = { busy, HttpError, tooLarge };
