// One line, or one body, becomes the arguments of a `classify`.
'use strict';

/** What is wrong with a line. It is part of an answer, never thrown at a user. */
class InvalidItem extends Error {}

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

module.exports = { InvalidItem, readItem };
