// What do ten times the rules, and ten times the text, do to the time per text on one workload?
//
// Rules: a list ten times as long, which starts with the other one, and has its texts. Text: the same failures with ten
// times as much around them.

import { WORKLOADS } from '../data/workloads/index.mjs';
import { writeTextsOf } from '../harness/lists.mjs';
import { start } from '../harness/peers.mjs';
import { measure, ratio } from '../harness/rounds.mjs';
import { fitting } from './fitting.mjs';

const TIMES = 10;
/** Long ones need memory. */
const MOST_BYTES = 16_000_000;

/** The workloads whose lists can be made longer. */
export const GROWING = [...WORKLOADS.values()].filter(({ grows }) => grows).map(({ name }) => name);

/**
 * @typedef {object} Growth
 * @property {string} workload
 * @property {import('../data/rules.mjs').Profile} profile
 * @property {string} seed
 * @property {{ rulesTenfold: number, textTenfold: number | null }} figures the larger one of the engine's and `classifyAll`'s; null: there
 *   is nothing around the failures of this workload
 */

/**
 * @param {{ workload: string, profile: import('../data/rules.mjs').Profile, seed: string }} which
 * @param {{ engine: string }} programs
 * @param {import('./measure.mjs').Settings} settings
 * @returns {Promise<Growth>}
 */
export async function measureGrowth({ workload, profile, seed }, programs, settings) {
  const { generate, lengthens } = WORKLOADS.get(workload);
  const options = { seed, profile, texts: settings.texts, times: TIMES };
  const { rules, texts } = generate(options);
  const own = rules.slice(0, Math.ceil(rules.length / TIMES));
  const write = (name, rules, texts) => writeTextsOf(`growth-${name}`, { rules }, fitting(texts, MOST_BYTES), () => false);
  const lists = { small: write('small', own, texts), rules: write('rules', rules, texts) };
  if (lengthens) lists.text = write('text', own, generate({ ...options, length: TIMES }).texts);
  const figures = { rulesTenfold: null, textTenfold: null };
  for (const entry of ['engine', 'classifyAll']) {
    const children = new Map();
    try {
      for (const [name, list] of Object.entries(lists)) {
        const child = entry === 'engine' ? await start.engine(programs.engine, list) : await start.classifyAll(list);
        children.set(name, child);
        await child.ask(`texts ${list.textsFile}`);
      }
      // it has twice as many children as there are peers
      const counts = new Map(Object.entries(lists).map(([name, { counts }]) => [name, counts]));
      const measured = await measure(children, counts, { ...settings, sliceMs: settings.sliceMs / 2, sampledLogs: 0 });
      const of = (name) => ratio(measured.get(name), measured.get('small'));
      figures.rulesTenfold = Math.max(figures.rulesTenfold, of('rules'));
      if (lengthens) figures.textTenfold = Math.max(figures.textTenfold, of('text'));
    } finally {
      for (const child of children.values()) await child.end();
    }
  }
  return { workload, profile, seed, figures };
}
