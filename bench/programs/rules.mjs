// A list as the JavaScript peers read it.

import { readFileSync } from 'node:fs';

/** @typedef {{ source: string, flags: string }} Pattern */

/** A pattern is a source, or `{ source, flags }`. @returns {Pattern} */
const patternOf = (pattern, flags) =>
  typeof pattern === 'object' ? { source: pattern.source, flags: pattern.flags ?? '' } : { source: pattern, flags: flags ?? '' };

/**
 * @param {string} path
 * @returns {{ error: Pattern, test: Pattern | null }[]}
 */
export const readRules = (path) =>
  JSON.parse(readFileSync(path, 'utf8')).rules.map(({ error, flags, test }) => ({
    error: patternOf(error, flags),
    test: test ? patternOf(test) : null,
  }));

/** @param {Pattern} pattern @returns {RegExp | null} null: V8 refuses it */
export function compile({ source, flags }) {
  try {
    return new RegExp(source, flags);
  } catch {
    return null;
  }
}

/** With `g` or `y` a pattern would go on where its last match ended. */
export function matches(regExp, text) {
  regExp.lastIndex = 0;
  return regExp.test(text);
}
