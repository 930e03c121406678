// The name that somebody meant.
'use strict';

/**
 * The name that takes the fewest edits, if it takes no more than half of its letters.
 *
 * @param {string} name
 * @param {readonly string[]} known
 * @returns {string | undefined}
 */
function nearestOf(name, known) {
  let nearest;
  let fewest = Infinity;
  for (const candidate of known) {
    const edits = distance(name.slice(0, 100).toLowerCase(), candidate.toLowerCase());
    if (edits < fewest && edits <= candidate.length / 2) [nearest, fewest] = [candidate, edits];
  }
  return nearest;
}

/** How many letters have to be changed, added, left out or swapped with the next one. */
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

module.exports = { nearestOf };
