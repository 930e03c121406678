// What adapters hand over, read so that nothing throws and nothing large is kept by accident.
'use strict';

const { isArrayOrFalse, property } = require('../api/property.js');

/** A text of whatever was given; `fallback` if nothing was. */
function textOf(value, fallback = '') {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return fallback;
  try {
    return String(value);
  } catch {
    return fallback;
  }
}

/** The titles of suites, from the outside. Empty ones are left out, as they are from a test's name. */
function titlesOf(suites) {
  if (!isArrayOrFalse(suites)) return [];
  const titles = [];
  const length = property(suites, 'length');
  for (let index = 0; index < length && index < 1000; index++) {
    const title = textOf(property(suites, index));
    if (title !== '') titles.push(title);
  }
  return titles;
}

/** A number of milliseconds that makes sense; null otherwise. */
function millisecondsOf(value) {
  return typeof value === 'number' && value >= 0 && value < Infinity ? value : null;
}

/** The first `length` code units of a text. A copy: V8's slice would keep the whole text alive. */
function cutAt(text, length) {
  return text.length > length ? detached(text.slice(0, length)) : text;
}

/** A text with memory of its own. UTF-16 keeps lone surrogates. */
function detached(text) {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}

/** An error's message with those of its causes: `fetch failed` alone does not say what failed. */
function reasonOf(error) {
  const reasons = [];
  let cause = error;
  while (cause !== null && typeof cause === 'object' && reasons.length < 5) {
    const reason = textOf(property(cause, 'message')) || textOf(property(cause, 'code')) || textOf(property(cause, 'name'));
    if (reason !== '') reasons.push(reason);
    cause = property(cause, 'cause');
  }
  return reasons.join(': ') || textOf(error, 'unknown');
}

module.exports = { cutAt, detached, millisecondsOf, reasonOf, textOf, titlesOf };
