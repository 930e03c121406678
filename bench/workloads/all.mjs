// Every workload in every profile with every seed: what `npm run bench` measures, and `npm run bench -- workloads`.

import { WORKLOADS } from '../data/workloads/index.mjs';
import { buildEngine, buildVectorscan } from '../harness/peers.mjs';
import { GROWING, measureGrowth } from './growth.mjs';
import { measureWorkload, PEERS } from './measure.mjs';
import { printGrowth, printHead, printResult, printSummary } from './print.mjs';
import { summarize } from './summary.mjs';

export const PROFILES = ['plain', 'typical'];

const FULL = { seeds: ['1', '2', '3'], texts: 2000, rounds: 9, sliceMs: 60, judgeMs: 2000 };
const QUICK = { seeds: ['1'], texts: 400, rounds: 3, sliceMs: 30, judgeMs: 400 };

/**
 * @typedef {import('./measure.mjs').Settings & { workloads: string[], profiles: string[], seeds: string[] }} Settings
 *
 * @param {{ quick: boolean } & Partial<Settings>} given
 * @returns {Settings}
 */
export function settingsOf({ quick, ...given }) {
  const chosen = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return { workloads: [...WORKLOADS.keys()], profiles: PROFILES, peers: PEERS, ...(quick ? QUICK : FULL), ...chosen };
}

/** Enough to see that it runs. */
const FEW = ['services', 'languages', 'crawlers'];

/** One of `npm run bench`. @param {{ quick: boolean, seeds: string[] }} settings */
export async function run({ quick, seeds }) {
  const settings = settingsOf({ quick, seeds, workloads: quick ? FEW : undefined });
  const results = await measureAll(settings);
  const growth = await measureAllGrowth(settings);
  const summary = summarize([...results, ...growth]);
  printSummary(summary);
  return { results, growth, summary };
}

/** @param {Settings} settings */
export async function measureAll(settings) {
  const programs = {
    engine: buildEngine('classify'),
    vectorscan: settings.peers.includes('vectorscan') ? buildVectorscan() : null,
  };
  printHead();
  const results = [];
  for (const which of listsOf(settings)) {
    const result = await measureWorkload(which, programs, settings);
    printResult(result);
    results.push(result);
  }
  return results;
}

/** @param {Settings} settings */
export async function measureAllGrowth(settings) {
  const programs = { engine: buildEngine('classify') };
  const workloads = settings.workloads.filter((name) => GROWING.includes(name));
  console.log('\nten times the rules, and ten times the text');
  const results = [];
  for (const which of listsOf({ ...settings, workloads })) {
    const growth = await measureGrowth(which, programs, settings);
    printGrowth(growth);
    results.push(growth);
  }
  return results;
}

const listsOf = ({ profiles, workloads, seeds }) =>
  profiles.flatMap((profile) => workloads.flatMap((workload) => seeds.map((seed) => ({ workload, profile, seed }))));
