// One workload's list: what the peers take for it, and whether they answer as the JavaScript loop does.

import { mean, sum } from '../../scripts/lib/figures.mjs';
import { WORKLOADS } from '../data/workloads/index.mjs';
import { readAnswers } from '../harness/files.mjs';
import { judge, warm } from '../harness/judge.mjs';
import { writeTextsOf } from '../harness/lists.mjs';
import { start } from '../harness/peers.mjs';
import { measure, ratio } from '../harness/rounds.mjs';
import { fitting } from './fitting.mjs';

/** In the order in which they start. The JavaScript loop judges, too. */
export const PEERS = ['engine', 'classifyAll', 'vectorscan', 'javascript'];

/** Texts of a list, all together: more would measure the memory and not the engines. */
const MOST_BYTES = 16_000_000;

/**
 * @typedef {object} Settings
 * @property {number} texts
 * @property {number} rounds
 * @property {number} sliceMs
 * @property {number} judgeMs how long the JavaScript loop may judge
 * @property {string[]} peers
 *
 * @typedef {object} Result
 * @property {string} workload
 * @property {import('../data/rules.mjs').Profile} profile
 * @property {string} seed
 * @property {number} rules
 * @property {number} texts
 * @property {number} textBytes mean size of a text in UTF-8
 * @property {Record<string, number>} ns CPU time per text by peer, of those that ran
 * @property {number} loadMs wall time of the engine's load
 * @property {number | null} refused rules that Vectorscan refuses
 * @property {{ engineToVectorscan: number | null, classifyAllToVectorscan: number | null, javascriptToClassifyAll: number | null,
 *   nsPerByte: number | null }} figures
 * @property {number} judged texts whose answers were compared
 * @property {number} matching of these, how many some rule matches
 * @property {Record<string, number>} disagreements by peer; the engine once for each kernel, `engine (Portable)`
 */

/**
 * @param {{ workload: string, profile: import('../data/rules.mjs').Profile, seed: string }} which
 * @param {{ engine: string, vectorscan: string | null }} programs
 * @param {Settings} settings
 * @returns {Promise<Result>}
 */
export async function measureWorkload({ workload, profile, seed }, programs, settings) {
  const generated = WORKLOADS.get(workload).generate({ seed, profile, texts: settings.texts });
  const texts = fitting(generated.texts, MOST_BYTES);
  const list = writeTextsOf(`workload-${workload}`, { rules: generated.rules }, texts, () => false);
  const judged = settings.peers.includes('javascript') ? await judge(list, settings.judgeMs) : null;
  const children = new Map();
  try {
    if (settings.peers.includes('engine')) children.set('engine', await start.engine(programs.engine, list));
    if (settings.peers.includes('classifyAll')) children.set('classifyAll', await start.classifyAll(list));
    if (settings.peers.includes('vectorscan') && programs.vectorscan) {
      children.set('vectorscan', await start.vectorscan(programs.vectorscan, list));
    }
    for (const child of children.values()) await child.ask(`texts ${list.textsFile}`);
    const disagreements = judged ? await compare(children, programs, list, judged.answers) : {};
    const measured = await measure(children, list.counts, { ...settings, sampledLogs: 0 });
    const textBytes = sum(texts.map(({ error }) => Buffer.byteLength(error))) / texts.length;
    const ns = Object.fromEntries([...measured].map(([name, { nsPerError }]) => [name, nsPerError]));
    if (judged) ns.javascript = mean(warm(judged.cpuNs));
    return {
      workload,
      profile,
      seed,
      rules: generated.rules.length,
      texts: texts.length,
      textBytes,
      ns,
      loadMs: children.get('engine')?.loaded.compileMs ?? null,
      refused: children.get('vectorscan')?.loaded.refused.length ?? null,
      figures: {
        engineToVectorscan: ratio(measured.get('engine'), measured.get('vectorscan')),
        classifyAllToVectorscan: ratio(measured.get('classifyAll'), measured.get('vectorscan')),
        javascriptToClassifyAll: judged && ns.classifyAll ? ns.javascript / ns.classifyAll : null,
        nsPerByte: ns.engine ? ns.engine / textBytes : null,
      },
      judged: judged?.answers.size ?? 0,
      matching: judged ? [...judged.answers.values()].filter((rule) => rule !== null).length : 0,
      disagreements,
    };
  } finally {
    for (const child of children.values()) await child.end();
  }
}

/** @param {Map<number, number | null>} judged the JavaScript loop's answers, by text */
async function compare(children, programs, list, judged) {
  const path = list.file('answers');
  const count = Math.max(...judged.keys()) + 1;
  const disagreementsOf = async (child, isJudged = () => true) => {
    await child.ask(`first 0 ${count} ${path}`);
    const answers = readAnswers(path);
    return [...judged].filter(([text, rule]) => isJudged(rule) && answers[text] !== rule).length;
  };
  const disagreements = {};
  for (const [name, child] of children) {
    // where the first match is a rule that Vectorscan refuses, it cannot answer
    const refused = new Set(name === 'vectorscan' ? child.loaded.refused : []);
    disagreements[name] = await disagreementsOf(child, (rule) => !refused.has(rule));
  }
  for (const [kernel, name] of (children.get('engine')?.loaded.kernels ?? []).entries()) {
    const child = await start.engine(programs.engine, list, { kernel });
    try {
      await child.ask(`texts ${list.textsFile}`);
      disagreements[`engine (${name})`] = await disagreementsOf(child);
    } finally {
      await child.end();
    }
  }
  return disagreements;
}
