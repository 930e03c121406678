// The limits of what a recorder keeps. `docs/recorder.md` has them in a table.
'use strict';

module.exports = {
  /** UTF-16 code units of an error's text, a message or a title in the report: the default of `maxTextUnits`. */
  MAX_TEXT_UNITS: 16_384,
  /** Code units that the texts of all failures have together. Beyond it, a text is cut at `MAX_LATE_TEXT_UNITS`. */
  MAX_ALL_TEXT_UNITS: 32 * 1024 * 1024,
  MAX_LATE_TEXT_UNITS: 1024,
  /** Errors of one call of `endTest` or `fail`. */
  MAX_ERRORS: 1000,
  /** Steps and messages of one test. */
  MAX_LOG_ENTRIES: 10_000,
  /** Bytes that the steps and messages of all tests take, about: the default of `maxLogBytes`. */
  MAX_LOG_BYTES: 64 * 1024 * 1024,
  /** Levels of steps. Deeper ones are listed on the last level. `JSON.stringify` recurses, and so do readers. */
  MAX_STEP_DEPTH: 100,
  /** Warnings in the report, and code units of each. */
  MAX_WARNINGS: 100,
  MAX_WARNING_UNITS: 2000,
  /** Samples of the event loop's delay. Beyond it, two become one. */
  MAX_LOOP_SAMPLES: 2000,
};
