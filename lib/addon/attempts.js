// What the generated loader, `native.js`, has tried, and how each attempt failed.
'use strict';

const { packageOf } = require('./platforms.js');

const NOT_FOUND = /^Cannot find module '([^']+)'/;
/** The loader looks for a WebAssembly build, too. There is none. */
const WEBASSEMBLY = /wasm32-wasi|\.wasi\.cjs/;

/**
 * @typedef {object} Attempt
 * @property {string | null} what a file or a package
 * @property {string} failure the first line of the error's message
 * @property {boolean} found false: there is no such file or package
 */

/**
 * The errors of the attempts on binaries, the last one first: each is the `cause` of the next. The loader's own error is left out, because it
 * takes every failure for a bug of npm's.
 *
 * @param {any} error the loader's
 */
function causeOf(error) {
  let cause = error.cause ?? error;
  while (cause.cause && WEBASSEMBLY.test(firstLine(cause))) cause = cause.cause;
  return cause;
}

/**
 * @param {any} error the loader's
 * @param {{ override?: string, platform: string }} facts
 * @returns {Attempt[]} in the order in which the loader made them
 */
function attemptsOf(error, facts) {
  const failures = [];
  for (let link = error.cause ?? error; link; link = link.cause) failures.unshift(firstLine(link));
  const native = failures.filter((failure) => !WEBASSEMBLY.test(failure));
  const told = native.length > 0 ? native : failures;
  const names = namesTried(facts);
  return told.map((failure, index) => {
    const [, missing] = NOT_FOUND.exec(failure) ?? [];
    const what = missing ?? (names.length === told.length ? names[index] : null);
    return { what, failure, found: missing === undefined };
  });
}

function namesTried({ override, platform }) {
  if (override) return [override];
  const platforms = platform.startsWith('darwin-') ? ['darwin-universal', platform] : [platform];
  return platforms.flatMap((name) => [`./known-failures.${name}.node`, packageOf(name)]);
}

const firstLine = (error) => String(error?.message ?? error).split('\n', 1)[0];

module.exports = { attemptsOf, causeOf };
