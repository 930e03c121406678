// The text that rules are matched against, as documented. A second implementation: the comparison must not ask the addon.

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

// Errors of other realms (vm, Jest) are native but not instances; DOMException is an instance but not native.
const isError = (value) => types.isNativeError(value) || value instanceof Error;

function ownText(value) {
  if (!isError(value)) return String(value);
  const { stack, message } = value;
  // `name: message`, or the non-empty one of the two.
  const head = Error.prototype.toString.call(value);
  if (typeof stack !== 'string') return head;
  return stack.includes(message) ? stack : `${head}\n${stack}`;
}
