// Seeded randomness. Everything generated in bench/ and examples/ draws from here, so that a seed alone reproduces a list, its
// errors and a run on every machine and every version of Node: only 32-bit integer arithmetic, no Math.random, no clock.

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

/** Chris Doty-Humphrey's sfc32 ("small fast counter"), seeded by a text or a number. */
export class Random {
  #a;
  #b;
  #c;
  #counter = 1;
  #seed;

  /** @param {string | number} seed the same seed gives the same sequence */
  constructor(seed) {
    this.#seed = String(seed);
    this.#a = hash(`${this.#seed}/a`);
    this.#b = hash(`${this.#seed}/b`);
    this.#c = hash(`${this.#seed}/c`);
    // The first outputs still show the seed's structure.
    for (let i = 0; i < 12; i++) this.#uint32();
  }

  #uint32() {
    const out = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + out;
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

  /** An integer in [min, max], both included. */
  int(min, max) {
    return min + Math.floor(this.next() * (max - min + 1));
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
    return items[Math.floor(this.next() * items.length)];
  }

  /**
   * @template T
   * @param {T[]} items put in a random order, in place
   */
  shuffle(items) {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.int(0, i);
      const item = items[i];
      items[i] = items[j];
      items[j] = item;
    }
    return items;
  }

  #chars(length, alphabet) {
    let text = '';
    for (let i = 0; i < length; i++) text += alphabet[this.int(0, alphabet.length - 1)];
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
