// Counts in words.
'use strict';

/** `1 test`, `2 tests` */
const plural = (count, word) => `${count} ${word}${count === 1 ? '' : 's'}`;

module.exports = { plural };
