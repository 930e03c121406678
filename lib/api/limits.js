// The limits of what is read from a caller's errors and tests. `docs/limits.md` has them beside the addon's.
'use strict';

module.exports = {
  /** Errors that are read below the error itself, of `errors` and `cause`, all levels together. */
  MAX_CAUSES: 16,
  /** Elements of arrays that are read, all levels together. */
  MAX_ELEMENTS: 1000,
  /** Levels of arrays and errors within each other. */
  MAX_DEPTH: 32,
  /** Titles of an array that make up a test's name. */
  MAX_TITLES: 1000,
};
