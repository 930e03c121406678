// Why the process of a test file ended: Node tells its reporters `test failed`, and the reason is on standard error only.
'use strict';

/** UTF-16 code units that are kept of what a file wrote: the reason comes last. */
const MAX_UNITS = 65_536;

class StderrTails {
  /** @type {Map<string, string>} */
  #tails = new Map();

  add(file, text) {
    this.#tails.set(file, `${this.#tails.get(file) ?? ''}${text}`.slice(-MAX_UNITS));
  }

  /** What a file wrote last, once. */
  of(file) {
    const text = this.#tails.get(file) ?? '';
    this.#tails.delete(file);
    return text;
  }
}

/**
 * The error of an uncaught exception in Node's report of it: a place, its line of source and a line of carets before the error, the
 * version of Node after it. Without such a report, all of the text.
 *
 * @param {string} stderr
 */
function crashOf(stderr) {
  const lines = stderr.split('\n');
  const end = lines.findLastIndex((line) => /^Node\.js v\d/.test(line));
  const report = end === -1 ? lines : lines.slice(0, end);
  const carets = report.findLastIndex((line) => /^\s*\^+\s*$/.test(line));
  return report
    .slice(end === -1 ? 0 : carets + 1)
    .join('\n')
    .trim();
}

module.exports = { StderrTails, crashOf };
