// Peers in turns: every round measures every peer for about the same CPU time, and the first of one round is the last of the next. So what
// the machine does meanwhile (its clock, its other tenants) meets all of them. The ratio of two peers is taken within a round.
//
// A peer that is too slow to run all texts is sampled: it gets a few ordinary texts in each round, and a few of those with a log, whose
// times are weighted by how many of each kind there are.

import { mean, median, sum } from '../../scripts/lib/figures.mjs';

/**
 * @typedef {object} Texts ordinary ones first, then those with a log
 * @property {number} ordinary
 * @property {number} logs
 *
 * @typedef {object} Settings
 * @property {number} rounds
 * @property {number} sliceMs CPU time of a peer in a round
 * @property {number} sampledLogs how many texts with a log a sampled peer gets
 *
 * @typedef {object} Figure
 * @property {number} nsPerError
 * @property {number[]} [rounds] ns per error in each round; absent for a sampled peer
 * @property {number} [coldNsPerError] in the very first pass over all texts, with whatever is built at first use
 * @property {number} [sampled] texts that a sampled peer got
 */

/** A peer that needs longer than this for all texts is sampled. */
const LONGEST_PASS_NS = 1.5e9;
/** Texts of the first estimate, and of the second. */
const WARM_UP = 40;

class FullRun {
  #child;
  #texts;
  #passes;
  #coldNs;
  rounds = [];

  constructor(child, texts, passes, coldNs) {
    [this.#child, this.#texts, this.#passes, this.#coldNs] = [child, texts, passes, coldNs];
  }

  async round() {
    const count = this.#texts.ordinary + this.#texts.logs;
    const { cpuNs } = await this.#child.ask(`pass 0 ${count} ${this.#passes}`);
    this.rounds.push(cpuNs / count / this.#passes);
  }

  /** @returns {Figure} */
  figure() {
    return { nsPerError: median(this.rounds), rounds: this.rounds, coldNsPerError: this.#coldNs };
  }
}

class SampledRun {
  #child;
  #texts;
  #perRound;
  #sampledLogs;
  #ordinary = [];
  #logs = [];

  constructor(child, texts, perRound, sampledLogs) {
    [this.#child, this.#texts, this.#perRound] = [child, texts, perRound];
    this.#sampledLogs = Math.min(sampledLogs, texts.logs);
  }

  async round() {
    const from = (this.#ordinary.length * this.#perRound) % (this.#texts.ordinary - this.#perRound + 1);
    const { cpuNs } = await this.#child.ask(`pass ${from} ${this.#perRound} 1`);
    this.#ordinary.push(cpuNs / this.#perRound);
    if (this.#logs.length < this.#sampledLogs) {
      const log = await this.#child.ask(`pass ${this.#texts.ordinary + this.#logs.length} 1 1`);
      this.#logs.push(log.cpuNs);
    }
  }

  /** @returns {Figure} */
  figure() {
    const { ordinary, logs } = this.#texts;
    const total = mean(this.#ordinary) * ordinary + (logs ? mean(this.#logs) * logs : 0);
    return {
      nsPerError: total / (ordinary + logs),
      sampled: this.#ordinary.length * this.#perRound + this.#logs.length,
      ordinaryNs: mean(this.#ordinary),
      logNs: logs ? mean(this.#logs) : null,
    };
  }
}

/** Warms a peer up and finds out how many texts make a slice. */
async function prepare(child, texts, { rounds, sliceMs, sampledLogs }) {
  const all = texts.ordinary + texts.logs;
  const few = Math.min(WARM_UP, texts.ordinary >> 1);
  const cold = (await child.ask(`pass 0 ${few} 1`)).cpuNs;
  // other texts: a cache may know the first ones by now
  const second = (await child.ask(`pass ${few} ${few} 1`)).cpuNs;
  if ((second / few) * all > LONGEST_PASS_NS) {
    const fitting = Math.round((sliceMs * 1e6 * few) / second);
    const perRound = Math.max(3, Math.min(fitting, Math.floor(texts.ordinary / rounds)));
    return new SampledRun(child, texts, Math.min(perRound, texts.ordinary), sampledLogs);
  }
  const rest = (await child.ask(`pass ${2 * few} ${all - 2 * few} 1`)).cpuNs;
  const passNs = (await child.ask(`pass 0 ${all} 1`)).cpuNs;
  const passes = Math.max(1, Math.round((sliceMs * 1e6) / passNs));
  return new FullRun(child, texts, passes, (cold + second + rest) / all);
}

/**
 * @template Name
 * @param {Map<Name, import('./child.mjs').Child>} children by peer's name; they have their texts
 * @param {Texts | Map<Name, Texts>} texts the same for all, or each peer's own
 * @param {Settings} settings
 * @returns {Promise<Map<Name, Figure>>}
 */
export async function measure(children, texts, settings) {
  const runs = new Map();
  for (const [name, child] of children) {
    runs.set(name, await prepare(child, texts instanceof Map ? texts.get(name) : texts, settings));
  }
  const names = [...runs.keys()];
  for (let round = 0; round < settings.rounds; round++) {
    for (let i = 0; i < names.length; i++) await runs.get(names[(i + round) % names.length]).round();
  }
  return new Map(names.map((name) => [name, runs.get(name).figure()]));
}

/** How many times the CPU time of `b` is that of `a`: the median over the rounds, if both ran in full. */
export function ratio(a, b) {
  if (!a || !b) return null;
  if (a.rounds && b.rounds) return median(a.rounds.map((value, round) => value / b.rounds[round]));
  return a.nsPerError / b.nsPerError;
}

/** The figures of two peers that a user would have to run one after the other. */
export function together(a, b) {
  if (a.rounds && b.rounds) {
    const rounds = a.rounds.map((value, round) => sum([value, b.rounds[round]]));
    return { nsPerError: median(rounds), rounds };
  }
  return { nsPerError: a.nsPerError + b.nsPerError, sampled: b.sampled ?? a.sampled };
}
