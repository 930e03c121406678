// JSON Lines in, verdicts out: a line for each line, in order, while the input still comes. Batches are what a chunk of the input
// has, so that one line that comes alone is answered at once, and a stream that comes fast in large batches.
'use strict';

const { classifyAll } = require('../../../index.js');
const { InvalidItem, readItemOfBytes } = require('./item.js');
const { LineSplitter, TOO_LONG } = require('./split.js');

/** Batches that are read ahead while an earlier one is classified or written: the pool has work, and memory has a limit. */
const MAX_IN_FLIGHT = 8;

/**
 * @typedef {object} Counts
 * @property {number} lines
 * @property {number} broken
 * @property {number} invalid lines that are no failure of a test
 * @property {number | null} firstInvalid number of the first of them, from 1
 */

/**
 * @param {AsyncIterable<Buffer>} source
 * @param {(text: string) => void | Promise<void>} write gets whole lines. While its promise is pending, little more is read
 * @param {{ maxLineBytes: number, signal?: AbortSignal, onBatch?: (verdicts: import('../../../index.js').Verdict[], invalid: number) => void }} options
 * @returns {Promise<Counts>}
 * @throws what `source` and `write` throw; the signal's reason
 */
async function answerLines(source, write, { maxLineBytes, signal, onBatch }) {
  const splitter = new LineSplitter(maxLineBytes);
  const counts = { lines: 0, broken: 0, invalid: 0, firstInvalid: null };
  const inFlight = [];
  let written = Promise.resolve();

  const submit = (lines) => {
    const batch = classifyBatch(lines, counts.lines + 1, signal);
    // it is awaited in its turn, which an earlier one that fails keeps from coming
    batch.catch(() => {});
    counts.lines += lines.length;
    written = written.then(async () => {
      const { verdicts, invalid, text } = await batch;
      count(counts, verdicts, invalid);
      onBatch?.(verdicts, invalid.size);
      await write(text);
    });
    written.catch(() => {});
    inFlight.push(written);
  };

  for await (const chunk of source) {
    const lines = splitter.push(chunk);
    if (lines.length > 0) submit(lines);
    if (inFlight.length >= MAX_IN_FLIGHT) await inFlight.shift();
  }
  const lines = splitter.end();
  if (lines.length > 0) submit(lines);
  await written;
  return counts;
}

function count(counts, verdicts, invalid) {
  for (const { status } of verdicts) if (status === 'Broken') counts.broken++;
  counts.invalid += invalid.size;
  if (invalid.size > 0) counts.firstInvalid ??= invalid.values().next().value.line;
}

/** Classifies the lines of a batch: their verdicts, what is wrong with the others by index, and all answers as text. */
async function classifyBatch(lines, firstNumber, signal) {
  const items = [];
  const invalid = new Map();
  for (const [index, line] of lines.entries()) {
    try {
      if (line === TOO_LONG) throw new InvalidItem('is too long');
      items.push(readItemOfBytes(line));
    } catch (error) {
      if (!(error instanceof InvalidItem)) throw error;
      invalid.set(index, { status: 'Invalid', line: firstNumber + index, message: error.message });
    }
  }
  const verdicts = await classifyAll(items, { signal });
  return { verdicts, invalid, text: textOf(lines.length, verdicts, invalid) };
}

function textOf(length, verdicts, invalid) {
  let text = '';
  for (let index = 0, next = 0; index < length; index++) {
    const answer = invalid.get(index) ?? verdicts[next++];
    text += `${JSON.stringify(answer)}\n`;
  }
  return text;
}

module.exports = { answerLines };
