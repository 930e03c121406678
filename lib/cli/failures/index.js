// The failures of the past that commands work on, whatever has recorded them: paths → files → text → failures. Memory is constant for
// JSON Lines and JUnit XML, and one document for the others; nothing is read before the consumer asks for it.
'use strict';

const { nameOf } = require('../input.js');
const { filesOf } = require('./files.js');
const { jsonFailures } = require('./json.js');
const { junitFailures } = require('./junit.js');
const { openText } = require('./text.js');
const { Troubles } = require('./troubles.js');

/**
 * @typedef {object} Failure
 * @property {string | string[]} test the test's name, for `classify`. Empty if there is none
 * @property {unknown} error what it failed with, for `classify`. Null if it was recorded without an error
 * @property {string} source file, and line where there is one: `failures.jsonl:17`
 * @property {boolean} [isCut] only the beginning of the error's text was recorded
 */

/**
 * @typedef {object} Progress
 * @property {number} bytes read so far, as they are on the disk
 * @property {number | null} totalBytes null with standard input
 * @property {number} failures
 * @property {number} skipped lines and files that could not be read, each with a warning or counted in one
 */

/**
 * Failures of files, of folders with all below them, and of standard input (`-`), plain or gzip: JSON Lines of `{ test, error }`, run
 * reports, Allure results, JUnit XML, JSON reports of Playwright. What a file is, its content says.
 *
 * A line that is no failure, and a file of a folder that cannot be read, is a warning and skipped. A file that was named and cannot be
 * read is an `InputError`.
 *
 * @param {string[]} paths in this order; the files of a folder in the order of their names
 * @param {{ stdin: NodeJS.ReadableStream, warn: (message: string) => void }} io
 * @returns {AsyncIterable<Failure> & { batches: () => AsyncGenerator<Failure[]>, progress: Progress }} to be read once.
 *   `batches`: the same with fewer promises, for those who have millions; a batch is what a chunk of a file holds
 */
function readFailures(paths, io) {
  const progress = { bytes: 0, totalBytes: /** @type {number | null} */ (0), failures: 0, skipped: 0 };
  return {
    progress,
    batches: () => readBatches(paths, io, progress),
    async *[Symbol.asyncIterator]() {
      for await (const batch of this.batches()) yield* batch;
    },
  };
}

async function* readBatches(paths, io, progress) {
  const troubles = new Troubles(io.warn, progress);
  const files = await filesOf(paths, progress);
  for (const file of files) {
    try {
      for await (const batch of failuresOf(file, io, progress, troubles)) {
        if (batch.length === 0) continue;
        progress.failures += batch.length;
        yield batch;
      }
    } catch (error) {
      if (file.isNamed || error.exitCode === undefined) throw error;
      troubles.add(error.message);
    }
  }
  troubles.end();
}

async function* failuresOf(file, io, progress, troubles) {
  const { head, chunks } = await openText(file.path, io, progress);
  const read = head.trimStart().startsWith('<') ? junitFailures : jsonFailures;
  yield* read(chunks, nameOf(file.path), troubles);
}

module.exports = { readFailures };
