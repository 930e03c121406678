// A small seeded generator of random numbers (sfc32), so that every run can be repeated from what it printed.
// Each pattern gets a generator of its own, seeded by (seed, index): one pattern can be made again without the ones before it.

export class Random {
  /** @param {...number} seeds 32-bit integers; the same ones give the same sequence. */
  constructor(...seeds) {
    const state = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 0xdeadbeef];
    seeds.forEach((seed, at) => {
      state[at % 3] = Math.imul(state[at % 3] ^ seed, 0x85ebca6b) >>> 0;
    });
    [this.a, this.b, this.c, this.d] = state;
    for (let warmUp = 0; warmUp < 12; warmUp++) this.bits();
  }

  /** 32 random bits, unsigned. */
  bits() {
    const sum = (this.a + this.b + this.d) | 0;
    this.d = (this.d + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (this.c << 21) | (this.c >>> 11);
    this.c = (this.c + sum) | 0;
    return sum >>> 0;
  }

  /** A float in [0, 1). */
  float() {
    return this.bits() / 0x100000000;
  }

  /** An integer in [0, below). */
  int(below) {
    return Math.floor(this.float() * below);
  }

  /** An integer in [low, high], both included. */
  between(low, high) {
    return low + this.int(high - low + 1);
  }

  chance(probability) {
    return this.float() < probability;
  }

  pick(list) {
    return list[this.int(list.length)];
  }

  /** One value of a `weighted` table. */
  pickWeighted(table) {
    let left = this.float() * table.total;
    for (const [weight, value] of table.entries) {
      left -= weight;
      if (left < 0) return value;
    }
    return table.entries.at(-1)[1];
  }

  shuffle(list) {
    for (let at = list.length - 1; at > 0; at--) {
      const other = this.int(at + 1);
      [list[at], list[other]] = [list[other], list[at]];
    }
    return list;
  }
}

/** A table for `pickWeighted`, from `[weight, value]` pairs. */
export function weighted(entries) {
  return { entries, total: entries.reduce((sum, [weight]) => sum + weight, 0) };
}
