// The text that a rule is held against, as documented, written a second time in JavaScript: --verify must not ask the addon what it
// matched.

import { stripVTControlCharacters, types } from 'node:util';

const maxCauses = 16;

/**
 * @param {unknown} error what a test threw
 * @returns {string | null} null if there is nothing to match
 */
export function errorText(error) {
  if (error === null || error === undefined) return null;
  const seen = new Set();
  const texts = [];
  for (let value = error; value !== null && value !== undefined && texts.length <= maxCauses && !seen.has(value); ) {
    seen.add(value);
    texts.push(ownText(value));
    value = isError(value) ? value.cause : null;
  }
  return stripVTControlCharacters(texts.join('\nCaused by: '));
}

// The errors of other realms (vm, Jest) are native but no instances; DOMException and the like are instances but not native.
const isError = (value) => types.isNativeError(value) || value instanceof Error;

function ownText(value) {
  if (!isError(value)) return String(value);
  const { stack, message } = value;
  // `name: message`, or the one that is not empty.
  const head = Error.prototype.toString.call(value);
  if (typeof stack !== 'string') return head;
  return stack.includes(message) ? stack : `${head}\n${stack}`;
}
