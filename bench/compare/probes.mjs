// What is measured of a side, once a round.

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { WORKLOADS } from '../data/workloads/index.mjs';
import { stormOf, writeStormFiles } from '../event-loop/storm/process.mjs';
import { defaults } from '../event-loop/storm/scenario.mjs';
import { writeList, writeTextsOf } from '../harness/lists.mjs';
import { start } from '../harness/peers.mjs';
import { PROFILES } from '../peers.mjs';

const BYTES = 300_000;
const SLICE_NS = 300e6;

/**
 * @typedef {Record<string, { value: number, unit: string }>} Figures by name
 * @typedef {(side: import('./side.mjs').Side) => Promise<Figures>} Probe in fresh processes
 * @type {Record<string, (settings: { quick: boolean, seconds: number }) => Probe>}
 */
export const PROBES = {
  engine: ({ quick }) => perError('engine alone', textLists(quick), quick, (side, list) => start.engine(side.engine, list)),
  classifyAll: ({ quick }) => perError('classifyAll', textLists(quick), quick, (side, list) => start.classifyAll(list, side)),
  workloads: ({ quick }) => perError('engine alone', workloadLists(), quick, (side, list) => start.engine(side.engine, list)),
  loading: () => loading(listsOf('loading', { count: 1 })),
  memory: ({ quick }) => memory(listsOf('memory', { count: quick ? 1000 : 10_000, logs: 0 })),
  'call-cost': callCost,
  storm,
};

const listsOf = (name, errors) =>
  PROFILES.map((profile) => ({
    profile,
    list: writeList(`compare-${name}-${profile}`, { seed: 1, profile, bytes: BYTES }, errors),
  }));

const textLists = (quick) => listsOf('texts', { count: quick ? 200 : 2000 });

const workloadLists = () =>
  PROFILES.flatMap((profile) =>
    [...WORKLOADS.values()].map(({ name, generate }) => {
      const { rules, texts } = generate({ seed: 1, profile, texts: 500 });
      return { profile: `${name} ${profile}`, list: writeTextsOf(`compare-${name}-${profile}`, { rules }, texts, () => false) };
    }),
  );

/** CPU time per error, warm. @returns {Probe} */
function perError(what, lists, quick, open) {
  return async (side) => {
    const figures = {};
    for (const { profile, list } of lists) {
      const child = await open(side, list);
      await child.ask(`texts ${list.textsFile}`);
      const count = list.texts.length;
      await child.ask(`pass 0 ${count} 1`);
      const { cpuNs: once } = await child.ask(`pass 0 ${count} 1`);
      const passes = quick ? 1 : Math.max(1, Math.round(SLICE_NS / once));
      const { cpuNs } = await child.ask(`pass 0 ${count} ${passes}`);
      await child.end();
      figures[`${what}, ${profile}, per error`] = { value: cpuNs / count / passes / 1000, unit: 'µs' };
    }
    return figures;
  };
}

const program = (name) => fileURLToPath(new URL(`../programs/${name}`, import.meta.url));

/** Runs a program with the addon of a side; gives the JSON that it prints. */
function json({ env }, name, ...args) {
  const output = execFileSync(process.execPath, ['--expose-gc', program(name), ...args], {
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  return JSON.parse(output);
}

const stage = (side, name, list, form = 'bytes') => json(side, 'memory.mjs', name, list.json, list.textsFile, form);

/** @returns {Probe} */
const loading = (lists) => async (side) => {
  const figures = {};
  for (const { profile, list } of lists) {
    for (const form of ['bytes', 'string']) {
      const { wallMs } = stage(side, 'loaded', list, form);
      figures[`loadRules, 300 KB ${profile} from ${form}`] = { value: wallMs, unit: 'ms' };
    }
  }
  return figures;
};

/** Above a process that has the addon and loads nothing. @returns {Probe} */
const memory = (lists) => async (side) => {
  const figures = {};
  for (const { profile, list } of lists) {
    const [empty, loaded, classified] = ['empty', 'loaded', 'classified'].map((name) => stage(side, name, list).rssBytes);
    figures[`memory, ${profile} loaded`] = { value: (loaded - empty) / 1e6, unit: 'MB' };
    const errors = list.texts.length.toLocaleString('en');
    figures[`memory, ${profile} after ${errors} errors`] = { value: (classified - empty) / 1e6, unit: 'MB' };
  }
  return figures;
};

/** @returns {Probe} */
function callCost({ quick }) {
  const [calls, rounds] = quick ? ['1000', '5'] : ['6000', '15'];
  return async (side) => {
    const { classify, all } = json(side, 'call-cost.mjs', calls, rounds);
    return {
      'main thread per classify, 60 in flight': { value: classify / 1000, unit: 'µs' },
      'main thread per text of a classifyAll': { value: all / 1000, unit: 'µs' },
    };
  };
}

/** @returns {Probe} */
function storm({ seconds }) {
  const scenario = { ...defaults, seconds };
  const files = writeStormFiles(scenario, 3500);
  return async ({ env }) => {
    const { figures, died } = await stormOf('addon', files, scenario, { env });
    if (!figures) throw new Error(`the storm: ${died}`);
    const { delay, wait, peakRss } = figures;
    return {
      'storm, event-loop delay p50': { value: delay.p50, unit: 'ms' },
      'storm, event-loop delay p99': { value: delay.p99, unit: 'ms' },
      'storm, wait of a log event p99': { value: wait.p99, unit: 'ms' },
      'storm, peak memory': { value: peakRss / 1e6, unit: 'MB' },
    };
  };
}
