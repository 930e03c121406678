// The name that somebody meant.
'use strict';

/**
 * The known name that is nearest to a misspelt one, or null if none is near: more than half of it would have to change.
 *
 * @param {string} name
 * @param {Iterable<string>} known
 */
function nearest(name, known) {
  let best = null;
  let fewest = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const edits = distance(name, candidate);
    if (edits < fewest && edits <= candidate.length / 2) {
      best = candidate;
      fewest = edits;
    }
  }
  return best;
}

/** Levenshtein's distance: insertions, deletions and replacements that make `a` into `b`. */
function distance(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let at = 1; at <= a.length; at++) {
    const next = [at];
    for (let to = 1; to <= b.length; to++) {
      next[to] = Math.min(row[to] + 1, next[to - 1] + 1, row[to - 1] + (a[at - 1] === b[to - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length];
}

module.exports = { nearest };
