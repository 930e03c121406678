// Why a source did not give a list: the one kind of error that sources throw on purpose.
'use strict';

class ListProblem extends Error {
  /**
   * @param {string} message continues "the list at … ": "answered 503 Service Unavailable"
   * @param {{ retryable?: boolean, retryAfterMs?: number, cause?: unknown }} [about] retryable: trying again soon may help.
   *   retryAfterMs: the source asks not to be asked earlier
   */
  constructor(message, { retryable = false, retryAfterMs = 0, cause } = {}) {
    super(message, { cause });
    this.retryable = retryable;
    this.retryAfterMs = retryAfterMs;
  }
}

/** What an error says, and what its causes say: `fetch failed` alone says nothing. */
function wordsOf(error) {
  const words = [];
  for (let at = error, depth = 0; at !== undefined && at !== null && depth < 8; depth++) {
    const text = textOf(at);
    if (text !== 'fetch failed' && text !== '' && !words.includes(text)) words.push(text);
    at = at.cause ?? at.errors?.[0];
  }
  return words.length > 0 ? words.join(': ') : 'unknown error';
}

function textOf(value) {
  for (const text of [value.message, value.code]) {
    if (typeof text === 'string' && text !== '') return text;
  }
  return value instanceof Error ? '' : String(value);
}

module.exports = { ListProblem, wordsOf };
