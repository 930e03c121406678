// The patterns of a rule, one by one.
'use strict';

/**
 * @typedef {object} Pattern
 * @property {'error' | 'test' | 'also' | 'unless'} field
 * @property {number | null} number in `also` or `unless`
 * @property {string} source
 * @property {string} flags
 */

/**
 * @param {any} rule its fields under their own names; whatever is no pattern is left out
 * @param {string | null} defaultFlags of `error`
 * @returns {Pattern[]}
 */
function patternsOf(rule, defaultFlags) {
  const error = patternOf(rule?.error);
  // by docs/rules.md: an object's own flags win, then those beside it
  const ownFlags = typeof rule?.error === 'string' ? undefined : rule?.error?.flags;
  const patterns =
    error === null ? [] : [{ field: 'error', number: null, ...error, flags: textOf(ownFlags ?? rule.flags ?? defaultFlags) }];
  const test = patternOf(rule?.test);
  if (test !== null) patterns.push({ field: 'test', number: null, ...test });
  for (const field of ['also', 'unless']) {
    if (!Array.isArray(rule?.[field])) continue;
    for (const [number, given] of rule[field].entries()) {
      const pattern = patternOf(given);
      if (pattern !== null) patterns.push({ field, number, ...pattern });
    }
  }
  return patterns;
}

function patternOf(given) {
  if (typeof given === 'string') return { source: given, flags: '' };
  return typeof given?.source === 'string' ? { source: given.source, flags: textOf(given.flags) } : null;
}

const textOf = (flags) => (typeof flags === 'string' ? flags : '');

module.exports = { patternsOf };
