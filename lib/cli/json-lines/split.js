// Bytes become lines, whose characters are bytes still: only `item.js` knows which of them have to be decoded. A line that is longer than the limit is not kept: a marker takes its place, so that it still has its number.
'use strict';

const LINE_FEED = 10;

/** Stands for a line that is longer than the limit. */
const TOO_LONG = Symbol('a line that is too long');

class LineSplitter {
  #maxLineBytes;
  /** The beginning of a line whose end has not come yet. */
  #rest = [];
  #restBytes = 0;
  #isTooLong = false;

  /** @param {number} maxLineBytes */
  constructor(maxLineBytes) {
    this.#maxLineBytes = maxLineBytes;
  }

  /** @param {Buffer} chunk @returns {(string | typeof TOO_LONG)[]} the lines that end in it, a character for each byte */
  push(chunk) {
    const last = chunk.lastIndexOf(LINE_FEED);
    if (last < 0) {
      this.#keep(chunk);
      return [];
    }
    const lines = this.#take(chunk.subarray(0, last));
    if (last + 1 < chunk.length) this.#keep(chunk.subarray(last + 1));
    return lines;
  }

  /** @returns {(string | typeof TOO_LONG)[]} the last line, if it has no line feed */
  end() {
    return this.#restBytes > 0 || this.#isTooLong ? this.#take(Buffer.alloc(0)) : [];
  }

  #keep(bytes) {
    this.#restBytes += bytes.length;
    this.#isTooLong ||= this.#restBytes > this.#maxLineBytes;
    if (this.#isTooLong) this.#rest = [];
    else this.#rest.push(bytes);
  }

  /** Whole lines: what was kept, and these bytes. */
  #take(bytes) {
    const isFirstTooLong = this.#isTooLong;
    const block = this.#rest.length > 0 ? Buffer.concat([...this.#rest, bytes]) : bytes;
    this.#rest = [];
    this.#restBytes = 0;
    this.#isTooLong = false;
    const lines = block.toString('latin1').split('\n');
    if (block.length > this.#maxLineBytes) {
      for (const [index, line] of lines.entries()) if (line.length > this.#maxLineBytes) lines[index] = TOO_LONG;
    }
    if (isFirstTooLong) lines[0] = TOO_LONG;
    return lines;
  }
}

module.exports = { LineSplitter, TOO_LONG };
