// Failures of JSON: a value per line, or one document.
'use strict';

const { InputError } = require('../errors.js');
const { failuresOfValue } = require('./values.js');

/** In UTF-16 code units. V8's longest string has twice as many. */
const MAX_UNITS = 2 ** 28;

/** @typedef {import('./index.js').Failure} Failure */

/**
 * @param {AsyncGenerator<string>} chunks
 * @param {string} name the file's
 * @param {import('./troubles.js').Troubles} troubles
 * @returns {AsyncGenerator<Failure[]>}
 * @throws {InputError} a document that cannot be parsed, or is none of those that are known; lines of which not one is good
 */
async function* jsonFailures(chunks, name, troubles) {
  const lines = new Lines(name, troubles);
  let pending = '';
  let isDocument = false;
  for await (const chunk of chunks) {
    let start = 0;
    if (!isDocument) {
      // in the chunk: a search of what is pending, too, would take a long line quadratic time
      for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', start)) {
        const line = pending + chunk.slice(start, end);
        isDocument = lines.areBlank && beginsDocument(line);
        if (isDocument) break;
        lines.read(line);
        pending = '';
        start = end + 1;
      }
    }
    pending += chunk.slice(start);
    if (pending.length > MAX_UNITS) throw new InputError(`${name}: line ${lines.count + 1} is too long to be read`);
    yield lines.take();
  }
  // one line without a line break is a document, too
  if (isDocument || lines.areBlank) yield parseDocument(pending, name);
  else yield lines.end(pending);
}

/** Values, one per line. */
class Lines {
  count = 0;
  #name;
  #troubles;
  /** @type {Failure[]} */
  #failures = [];
  #hasGood = false;
  /** @type {string | null} */
  #firstBad = null;

  constructor(name, troubles) {
    this.#name = name;
    this.#troubles = troubles;
  }

  /** Whether there was nothing but blank lines yet. */
  get areBlank() {
    return !this.#hasGood && this.#firstBad === null;
  }

  /** @param {string} line */
  read(line) {
    this.count += 1;
    if (!/\S/.test(line)) return;
    const source = `${this.#name}:${this.count}`;
    try {
      // no spread: `push` has a limit on its arguments
      for (const failure of failuresOfValue(JSON.parse(line), source)) this.#failures.push(failure);
      this.#hasGood = true;
    } catch (error) {
      const message = `${source}: ${reasonOf(error)}`;
      this.#firstBad ??= message;
      this.#troubles.add(message);
    }
  }

  /** @returns {Failure[]} those since the last call */
  take() {
    const failures = this.#failures;
    this.#failures = [];
    return failures;
  }

  /** @param {string} line the last, without a line break */
  end(line) {
    this.read(line);
    if (!this.#hasGood) throw new InputError(`${this.#name}: has no failures. ${this.#firstBad}`);
    return this.take();
  }
}

/** Whether a first line begins a value that is written over several lines. */
function beginsDocument(line) {
  const text = line.trim();
  return /^[[{]/.test(text) && /[[{,:]$/.test(text);
}

function parseDocument(text, name) {
  if (!/\S/.test(text)) throw new InputError(`${name}: is empty`);
  try {
    return failuresOfValue(JSON.parse(text), name);
  } catch (error) {
    throw new InputError(`${name}: ${reasonOf(error)}`);
  }
}

function reasonOf(error) {
  return error instanceof SyntaxError ? `is not JSON: ${error.message}` : error.message;
}

module.exports = { jsonFailures };
