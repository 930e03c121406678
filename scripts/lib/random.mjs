// Seeded randomness for everything that JavaScript generates here: benchmark data, the demo, the patterns of the parity test.
//
// A seed alone reproduces a run, on every machine and every version of Node: 32-bit integer arithmetic, no Math.random, no clock.

/** Bob Jenkins' one-at-a-time hash of a text's code units, as an unsigned 32-bit number. */
function hash(text) {
  let h = 0;
  for (let i = 0; i < text.length; i++) {
    h = Math.imul(h + text.charCodeAt(i), 1025);
    h ^= h >>> 6;
  }
  h = Math.imul(h, 9);
  h ^= h >>> 11;
  return Math.imul(h, 32769) >>> 0;
}

/** The first outputs still show the structure of the seed. */
const WARM_UP = 12;

/** Chris Doty-Humphrey's sfc32 ("small fast counter"). */
export class Random {
  #a;
  #b;
  #c;
  #counter;
  #seed;

  /**
   * The same seed gives the same sequence.
   *
   * @param {string | number} seed
   */
  constructor(seed) {
    this.#seed = String(seed);
    this.#start(hash(`${this.#seed}/a`), hash(`${this.#seed}/b`), hash(`${this.#seed}/c`), 1);
  }

  /**
   * The generator of item `index`: any item of a seed can be made without the ones before it.
   *
   * @param {number} seed 32-bit integer
   * @param {number} index 32-bit integer
   */
  static at(seed, index) {
    const random = new Random(`${seed}/${index}`);
    const mix = (state, value) => Math.imul(state ^ value, 0x85ebca6b) >>> 0;
    random.#start(mix(0x9e3779b9, seed), mix(0x243f6a88, index), 0xb7e15162, 0xdeadbeef);
    return random;
  }

  #start(a, b, c, counter) {
    [this.#a, this.#b, this.#c, this.#counter] = [a, b, c, counter];
    for (let i = 0; i < WARM_UP; i++) this.#uint32();
  }

  #uint32() {
    const out = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + out) | 0;
    return out >>> 0;
  }

  /** An independent sequence for one purpose: a draw added there does not shift the draws made here. */
  fork(purpose) {
    return new Random(`${this.#seed}/${purpose}`);
  }

  /** A number in [0, 1). */
  next() {
    return this.#uint32() / 4294967296;
  }

  /** An integer in [0, limit). */
  below(limit) {
    return Math.floor(this.next() * limit);
  }

  /** An integer in [min, max], both included. */
  int(min, max) {
    return min + this.below(max - min + 1);
  }

  chance(probability) {
    return this.next() < probability;
  }

  /**
   * @template T
   * @param {readonly T[]} items not empty
   * @returns {T}
   */
  pick(items) {
    return items[this.below(items.length)];
  }

  /**
   * One value of a table that `weighted` made.
   *
   * @template T
   * @param {Weighted<T>} table
   * @returns {T}
   */
  pickWeighted({ total, entries }) {
    let left = this.next() * total;
    for (const [weight, value] of entries) {
      left -= weight;
      if (left < 0) return value;
    }
    return entries[entries.length - 1][1];
  }

  /**
   * @template T
   * @param {T[]} items put in a random order, in place
   */
  shuffle(items) {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      [items[i], items[j]] = [items[j], items[i]];
    }
    return items;
  }

  #chars(length, alphabet) {
    let text = '';
    for (let i = 0; i < length; i++) text += alphabet[this.below(alphabet.length)];
    return text;
  }

  hex(length) {
    return this.#chars(length, '0123456789abcdef');
  }

  digits(length) {
    return this.#chars(length, '0123456789');
  }

  upper(length) {
    return this.#chars(length, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ');
  }

  lower(length) {
    return this.#chars(length, 'abcdefghijklmnopqrstuvwxyz');
  }

  uuid() {
    return `${this.hex(8)}-${this.hex(4)}-4${this.hex(3)}-a${this.hex(3)}-${this.hex(12)}`;
  }

  /** A moment of one fixed working day, as `YYYY-MM-DDThh:mm:ss.mmmZ`. */
  timestamp() {
    const two = (value) => String(value).padStart(2, '0');
    return `2025-03-${two(this.int(1, 28))}T${two(this.int(6, 20))}:${two(this.int(0, 59))}:${two(this.int(0, 59))}.${this.digits(3)}Z`;
  }
}

/**
 * @template T
 * @typedef {{ total: number, entries: [weight: number, value: T][] }} Weighted
 */

/**
 * A table for `pickWeighted`.
 *
 * @template T
 * @param {[weight: number, value: T][]} entries
 * @returns {Weighted<T>}
 */
export function weighted(entries) {
  return { entries, total: entries.reduce((sum, [weight]) => sum + weight, 0) };
}
