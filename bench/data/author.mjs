// How people write rules: they paste a text, escape it, each by a habit of their own, and put wildcards where it varies.

/** @typedef {'plain' | 'slashes' | 'everything'} Habit what else than the syntax characters an author escapes */

/** @type {readonly Habit[]} */
export const habits = ['plain', 'plain', 'plain', 'slashes', 'everything'];

/**
 * A text as a pattern that matches just it.
 * @param {string} text
 * @param {Habit} [habit]
 */
export function literal(text, habit = 'plain') {
  const escaped = text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replaceAll('\n', '\\n');
  if (habit === 'plain') return escaped;
  return escaped.replace(habit === 'slashes' ? /\//g : /[/"'\-:=#]/g, '\\$&');
}

/**
 * A template tag for pattern sources: what stands in the template is the pattern, what is interpolated is text and gets escaped.
 * @param {Habit} [habit]
 */
export const pattern =
  (habit) =>
  (strings, ...texts) =>
    String.raw({ raw: strings.raw }, ...texts.map((text) => literal(String(text), habit)));

/** A pattern source in lower case, as written by authors who ignore case; escapes (`\S`, `\B`) keep theirs, which is their meaning. */
export const lowerCase = (source) => source.replace(/\\.|[^\\]/gsu, (part) => (part[0] === '\\' ? part : part.toLowerCase()));
