// One line, or one body, becomes the arguments of a `classify`.
'use strict';

/** What is wrong with a line. It is part of an answer, never thrown at a user. */
class InvalidItem extends Error {}

/** What the bytes of a line can have that `decoded` does not know: an escape beyond ASCII, which looks like a byte. */
const ESCAPE = '\\u';

/**
 * The same of a line of bytes, in a string with a character for each. JSON's own characters are ASCII, so that the line is parsed
 * first and only its strings are decoded, of which most are ASCII: several times as fast as decoding all of it.
 *
 * @param {string} bytes
 */
function readItemOfBytes(bytes) {
  const item = bytes.includes(ESCAPE) ? null : parsed(bytes);
  if (typeof item?.error !== 'string' || !isPlain(item.test)) return readItem(decoded(bytes));
  return { test: typeof item.test === 'string' ? decoded(item.test) : item.test, error: decoded(item.error) };
}

/** Null if it is no JSON: what the message shows of it has to be decoded first. */
function parsed(bytes) {
  try {
    return JSON.parse(bytes);
  } catch {
    return null;
  }
}

const isPlain = (value) => typeof value === 'string' || value === undefined || value === null;

/** Bytes that are no UTF-8 become U+FFFD. */
function decoded(bytes) {
  // twice the bytes for what is beyond ASCII
  return Buffer.byteLength(bytes) === bytes.length ? bytes : Buffer.from(bytes, 'latin1').toString();
}

/**
 * @param {string} json
 * @returns {{ test?: any, error: any }}
 * @throws {InvalidItem}
 */
function readItem(json) {
  let item;
  try {
    item = JSON.parse(json);
  } catch (error) {
    throw new InvalidItem(json.trim() === '' ? 'is empty' : `is no JSON: ${error.message}`);
  }
  if (typeof item !== 'object' || item === null || Array.isArray(item)) {
    throw new InvalidItem(`must be an object { "test": …, "error": … }, but is ${kindOf(item)}`);
  }
  // without this check a misspelt key would make each failure an unknown one, quietly
  if (!Object.hasOwn(item, 'error')) {
    throw new InvalidItem('has no key "error"; a failed test without an error has "error": null');
  }
  return item;
}

function kindOf(value) {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`;
}

module.exports = { InvalidItem, readItem, readItemOfBytes };
