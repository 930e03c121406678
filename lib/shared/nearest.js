// The name that somebody meant.
'use strict';

/** Names are compared by their beginnings only: the work grows with the product of the lengths. */
const MAX_UNITS = 100;

/**
 * The known name that takes the fewest edits, or null if none is near: more than half of its letters would change.
 *
 * @param {string} name
 * @param {Iterable<string>} known
 */
function nearest(name, known) {
  let best = null;
  let fewest = Infinity;
  for (const candidate of known) {
    const edits = distance(name.slice(0, MAX_UNITS).toLowerCase(), candidate.toLowerCase());
    if (edits < fewest && edits <= candidate.length / 2) {
      best = candidate;
      fewest = edits;
    }
  }
  return best;
}

/** How many letters have to be changed, added, left out or swapped with the next one (optimal string alignment). */
function distance(from, to) {
  const rows = [Array.from({ length: to.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    const above = rows[i - 1];
    for (let j = 1; j <= to.length; j++) {
      row[j] = Math.min(above[j - 1] + (from[i - 1] === to[j - 1] ? 0 : 1), above[j] + 1, row[j - 1] + 1);
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      if (swapped) row[j] = Math.min(row[j], rows[i - 2][j - 2] + 1);
    }
    rows.push(row);
  }
  return rows[from.length][to.length];
}

module.exports = { nearest };
