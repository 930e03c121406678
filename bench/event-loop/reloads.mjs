// Is every verdict by one version of the rules while they are reloaded 1,000 times under load, and do the old versions go?

import { classify, loadRules } from '../../index.js';
import { generateErrors, generateRules, toJson } from '../data/index.mjs';
import { drive, flat, residentMb } from '../harness/load.mjs';

/** By then the allocator has settled: memory freed by another thread's arena is not given back at once. */
const SETTLED = 0.3;

/** Lists whose rules all carry the generation's number as issue and id. */
function generations(count) {
  return Array.from({ length: count }, (_, generation) => {
    const list = generateRules({ seed: 7, rules: 300 });
    for (const rule of list.rules) Object.assign(rule, { issue: `${generation}`, id: `${generation}` });
    return { list, json: Buffer.from(toJson(list)) };
  });
}

/** Counts the verdicts that mix two generations. */
class Mixed {
  count = 0;
  #generationOf = new Map();
  /** A verdict may come before the report of the load whose version it names. */
  #pending = [];

  loaded(version, generation) {
    this.#generationOf.set(version, `${generation}`);
    for (const verdict of this.#pending.splice(0)) this.look(verdict);
  }

  look({ issue, id, rulesVersion }) {
    const generation = this.#generationOf.get(rulesVersion);
    if (generation === undefined) this.#pending.push({ issue, id, rulesVersion });
    else if (issue !== null && (issue !== generation || id !== generation)) this.count++;
  }

  /** Verdicts by versions that nobody has loaded are wrong, too. */
  get total() {
    return this.count + this.#pending.length;
  }
}

/** @type {import('./main.mjs').Scenario} */
export async function measure({ quick, times = quick ? 50 : 1000, tell }) {
  const lists = generations(8);
  const texts = flat(generateErrors(lists[0].list, { count: 500, matching: 1, logs: 0 }));
  const mixed = new Mixed();
  let verdicts = 0;
  let over = false;
  const load = async (n) => mixed.loaded((await loadRules(lists[n % lists.length].json)).version, n % lists.length);
  await load(0);
  const reloading = (async () => {
    let first = 0;
    let highest = 0;
    for (let reloads = 1; reloads <= times; reloads++) {
      await load(reloads);
      if (reloads % Math.ceil(times / 10) !== 0) continue;
      const now = await residentMb();
      if (!first && reloads >= SETTLED * times) first = now;
      if (first) highest = Math.max(highest, now);
      tell(`${reloads} reloads, ${verdicts.toLocaleString('en')} verdicts: ${now.toFixed(1)} MB`);
    }
    over = true;
    return highest - first;
  })();
  const call = async (n) => {
    const { test, error } = texts[n % texts.length];
    mixed.look(await classify(test, error));
    verdicts++;
  };
  await drive(Number.POSITIVE_INFINITY, call, () => over);
  const grown = await reloading;
  return [
    { figure: `verdicts of mixed versions in ${times} reloads`, value: mixed.total, limit: 0 },
    { figure: `memory grown over ${times} reloads, after the first ${SETTLED * times}`, value: grown, limit: 20, unit: ' MB' },
  ];
}
