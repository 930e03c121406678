// Whose fault is a disagreement? V8's, if V8 without its optimiser says what the engine says, or if it shrinks to a fault of the list
// in `v8-faults.mjs`. A second implementation, JavaScriptCore, is asked each time: a fault of the list stands if it agrees with the
// engine, one of the optimiser unless it sides with V8.

import { compare, describeResult, newCounts } from './compare.mjs';
import { SECOND_OPINIONS, startJavaScriptCore, startV8 } from './engines.mjs';
import { Outcome } from './frames.mjs';
import { knownFaults } from './v8-faults.mjs';

/** What may be V8's fault. An engine that dies, stalls or gives up has a fault of its own. */
const ANSWERS = ['acceptance', 'match', 'span'];

export class Blame {
  #ours;
  #node;
  #faults;
  #bun;
  #v8s = [];
  #jsc;

  /**
   * @param {object} parties
   * @param {{ judge: Function }} parties.ours the engine under test
   * @param {string} [parties.node] the Node whose V8 judges
   * @param {number[]} parties.faults those of this V8, see `describeV8`
   * @param {string} [parties.bun] the executable to ask JavaScriptCore with. Default: it is not asked
   */
  constructor({ ours, node, faults, bun }) {
    this.#ours = ours;
    this.#node = node;
    this.#faults = faults;
    this.#bun = bun;
  }

  /** A pattern that may show a fault of the list: it is worth making small. */
  isSuspect({ kind }, request) {
    return ANSWERS.includes(kind) && knownFaults(request, this.#faults).length > 0;
  }

  /** What this disagreement, as it was found, tells of V8's optimiser: `{ name, jsc }`, or `undefined`. */
  async optimiserFault(disagreement) {
    const { kind, engine, original, v8 } = disagreement;
    if (kind !== 'match' && kind !== 'span') return undefined;
    for (const second of this.#unoptimised()) {
      if ((await this.#opinion(second, kind, engine, original)) !== 'ours') continue;
      const jsc = await this.#askJavaScriptCore(kind, engine, original);
      return jsc === v8 ? undefined : { name: 'its optimiser', jsc };
    }
    return undefined;
  }

  /** The fault of the list that a disagreement shows once it is small: `{ name, jsc }`, or `undefined`. */
  async listedFault({ kind, engine }, small) {
    const faults = knownFaults(small, this.#faults);
    if (faults.length === 0) return undefined;
    const jsc = await this.#askJavaScriptCore(kind, engine, small);
    const fault = faults.find(({ broad }) => jsc === 'ours' || (jsc === undefined && !broad));
    return fault && { name: fault.name, jsc };
  }

  close() {
    return Promise.all([...this.#v8s, ...(this.#jsc ? [this.#jsc] : [])].map((judge) => judge.close()));
  }

  // the judges start at the first disagreement: usually there is none
  #unoptimised() {
    if (this.#v8s.length === 0) this.#v8s = SECOND_OPINIONS.map((flags) => startV8({ node: this.#node, flags }));
    return this.#v8s;
  }

  async #askJavaScriptCore(kind, engine, pair) {
    if (this.#bun === undefined) return undefined;
    this.#jsc ??= startJavaScriptCore(this.#bun);
    return this.#opinion(this.#jsc, kind, engine, pair);
  }

  /** `ours`, if the judge agrees with the engine on this pair; else what it says in the words of `describeResult`, or `no answer`. */
  async #opinion(judge, kind, engine, { pattern, flags, text }) {
    const request = { pattern, flags, texts: text === undefined ? [] : [text] };
    const [ours, theirs] = await Promise.all([this.#ours.judge(request), judge.judge(request)]);
    if (theirs.failed || (theirs.refused && kind !== 'acceptance')) return 'no answer';
    const [outcome] = (theirs.results ?? []).map(([, expected]) => expected);
    if (outcome?.outcome === Outcome.threw || outcome?.outcome === Outcome.tooSlow) return 'no answer';
    const found = await compare(request, ours, theirs, (other) => judge.judge(other), newCounts());
    if (!found.some((other) => other.engine === engine)) return 'ours';
    return outcome ? describeResult(outcome) : 'acceptance';
  }
}
