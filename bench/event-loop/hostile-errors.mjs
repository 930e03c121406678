// How long does the event loop stand still for the call with a hostile error, against a string of the same length?
//
// Both are the synchronous part of a call: reading the error, and copying its text. All strings are flat, those of the error and the
// one that it is compared with, because V8 flattens a joined string once, whoever reads it first. The smallest of several rounds
// counts for both: other work of the machine only adds.

import { classify, errorText, loadRules } from '../../index.js';

/** The message is compared with the stack once, which reads both; a copy writes, too. */
const LIMIT = 3;

const row = '  - expected row with some text and a number 12345\n';
/** A flat string that V8 has not seen before. */
const flat = (text) => Buffer.from(text).toString();
const fresh = (message, stack) => Object.assign(new Error(flat(message)), { stack: flat(stack) });
const withStack = (message) => fresh(message, `Error: ${message}\n    at f (a.js:1:2)`);

/** Each makes an error anew: V8 remembers what it has flattened. */
const errors = (bytes) => {
  const long = row.repeat(Math.ceil(bytes / row.length));
  return {
    'an Error, unchanged': () => withStack(long),
    'its message changed since': () => fresh(`Step "pay" failed: ${long}`, `Error: ${long}\n    at f (a.js:1:2)`),
    'CRLF in the message, LF in the stack': () => fresh(long.replaceAll('\n', '\r\n'), `Error: ${long}\n    at f (a.js:1:2)`),
    'one letter, changed': () => fresh(`${'a'.repeat(bytes)}b`, `Error: ${'a'.repeat(bytes)}c`),
    'colons all over': () => fresh(`${': '.repeat(bytes / 2)}b`, `Error${': '.repeat(bytes / 2)}c`),
    'sixteen causes': () => {
      let error = withStack(long.slice(0, bytes / 16));
      for (let index = 1; index < 16; index++) error = Object.assign(withStack(long.slice(0, bytes / 16)), { cause: error });
      return error;
    },
    'a copy from JSON': () => JSON.parse(JSON.stringify({ message: long, stack: `Error: ${long}\n    at f` })),
    'ten thousand nested causes': () => {
      let error = withStack('innermost');
      for (let index = 0; index < 10_000; index++) error = { message: `${index}`, cause: error };
      return Object.assign(withStack(long), { cause: error });
    },
  };
};

/** Milliseconds of the synchronous part of a call. The verdict is awaited outside of it. */
async function callMs(error) {
  globalThis.gc();
  const begun = performance.now();
  const verdict = classify('Cart', error);
  const ms = performance.now() - begun;
  await verdict;
  return ms;
}

async function smallest(make, rounds) {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) least = Math.min(least, await callMs(make()));
  return least;
}

/** @type {import('./main.mjs').Scenario} */
export async function measure({ quick, tell }) {
  await loadRules([{ issue: 'A', error: 'session (deleted|not created)', test: '^Cart' }]);
  const bytes = quick ? 1 << 20 : 10 << 20;
  const rounds = quick ? 3 : 7;
  let worst = 0;
  for (const [name, make] of Object.entries(errors(bytes))) {
    const text = errorText(make());
    const string = await smallest(() => flat(text), rounds);
    const error = await smallest(make, rounds);
    worst = Math.max(worst, error / string);
    tell(
      `${name}: ${error.toFixed(2)} ms, a string of its ${text.length} units ${string.toFixed(2)} ms, ratio ${(error / string).toFixed(2)}`,
    );
  }
  return [
    {
      what: 'the call with a hostile error of 10 MB / with a string of its length, worst',
      value: worst,
      limit: LIMIT,
      digits: 2,
    },
  ];
}
