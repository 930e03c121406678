// How long does loading a list take, and what does it take in memory?
//
// Our own lists in four sizes, and 300 KB of each workload that has so many rules (data/workloads/).
//
// Each measurement is a process of its own: a user's process loads its list once, cold. Wall time: from the call of `loadRules` to the
// settled promise, from a string and from bytes; the call's time on the main thread; Vectorscan's compile of the same list. Memory: what a
// process holds that loaded, and one that also classified 10,000 errors (60 at a time, as a run does), above one that did everything else;
// per rule and engine, what the allocator counts (bench/engine/src/bin/memory.rs).

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { median, ns } from '../scripts/lib/figures.mjs';
import { Random } from './data/index.mjs';
import { failureOf } from './data/rules.mjs';
import { errorText } from './data/stacks.mjs';
import { WORKLOADS } from './data/workloads/index.mjs';
import { writeTexts } from './harness/files.mjs';
import { writeList, writeTextsOf } from './harness/lists.mjs';
import { buildEngine, buildVectorscan, start } from './harness/peers.mjs';
import { PROFILES } from './peers.mjs';
import { RULE_BYTES } from './scaling.mjs';

const FORMS = ['bytes', 'string'];
const program = fileURLToPath(new URL('programs/memory.mjs', import.meta.url));

/** @param {{ quick: boolean, seeds: string[], processes: number, memoryTexts: number, vectorscanBytes: number }} settings */
export async function run(settings) {
  const [seed] = settings.seeds;
  const vectorscan = buildVectorscan();
  const memoryBench = buildEngine('memory');
  const profiles = {};
  for (const profile of PROFILES) {
    const loading = [];
    for (const bytes of RULE_BYTES) {
      const list = writeList(`loading-${profile}`, { seed, profile, bytes }, { count: 1 });
      loading.push(await measureLoading(list, bytes, vectorscan, settings));
      printLoading(profile, loading.at(-1));
    }
    const list = writeList(
      `loading-${profile}`,
      { seed, profile, bytes: RULE_BYTES[0] },
      { count: settings.memoryTexts, logs: 0 },
    );
    const memory = measureMemory(list, settings);
    const own = JSON.parse(execFileSync(memoryBench, [list.json, writeOwnTexts(list)], { encoding: 'utf8' }));
    profiles[profile] = { loading, memory, own };
    printMemory(profile, memory, own);
  }
  return { seed, profiles, workloads: measureWorkloads(seed, settings) };
}

/** 300 KB of each workload that can make so many rules. */
function measureWorkloads(seed, settings) {
  const results = [];
  for (const profile of settings.quick ? PROFILES.slice(0, 1) : PROFILES) {
    for (const { name, generate, grows } of WORKLOADS.values()) {
      if (!grows) continue;
      const rules = firstBytes(generate({ seed, profile, texts: 1, times: 10 }).rules, RULE_BYTES[0]);
      if (!rules) continue;
      const list = writeTextsOf('loading-workload', { rules }, [{ test: '', error: '' }], () => false);
      const measured = measureForms(list, Math.min(settings.processes, 3));
      results.push({ workload: name, profile, rules: rules.length, ...measured });
      printWorkload(results.at(-1));
    }
  }
  return results;
}

/** The first rules that have so many bytes of patterns; null: all of them have fewer. */
function firstBytes(rules, bytes) {
  let sum = 0;
  const end = rules.findIndex((rule) => {
    sum += Buffer.byteLength(rule.error + (rule.test ?? ''));
    return sum >= bytes;
  });
  return end < 0 ? null : rules.slice(0, end + 1);
}

/** The longer of the two forms' wall times, and memory above a process that loads nothing. */
function measureForms(list, processes) {
  const results = { empty: [], bytes: [], string: [] };
  for (let i = 0; i < processes; i++) {
    results.empty.push(child('empty', list));
    for (const form of FORMS) results[form].push(child('loaded', list, form));
  }
  const { empty, bytes, string } = Object.fromEntries(Object.entries(results).map(([name, all]) => [name, medians(all)]));
  return { wallMs: Math.max(bytes.wallMs, string.wallMs), loadedBytes: bytes.rssBytes - empty.rssBytes };
}

function child(stage, list, form = 'bytes') {
  // Else V8's young generation grows to what the moment allows, and differs by 20 MB from one process to the next.
  const args = ['--expose-gc', '--max-semi-space-size=1', program, stage, list.json, list.textsFile, form];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

/** The median of each figure over processes. */
function medians(results) {
  return Object.fromEntries(Object.keys(results[0]).map((key) => [key, median(results.map((result) => result[key]))]));
}

async function measureLoading(list, bytes, vectorscan, { processes, vectorscanBytes }) {
  const results = Object.fromEntries(FORMS.map((form) => [form, []]));
  // the long lists have no limit, and take seconds
  const count = bytes > 1_000_000 ? Math.min(processes, 3) : processes;
  for (let i = 0; i < count; i++) {
    for (const form of FORMS) results[form].push(child('loaded', list, form));
  }
  const forms = Object.fromEntries(
    FORMS.map((form) => {
      const { wallMs, mainThreadMs, longestDelayMs } = medians(results[form]);
      return [form, { wallMs, mainThreadMs, longestDelayMs }];
    }),
  );
  let vectorscanMs = null;
  if (vectorscan && bytes <= vectorscanBytes) {
    const compiled = await start.vectorscan(vectorscan, list);
    // its CPU time: on a busy machine the wall time would flatter us
    vectorscanMs = compiled.loaded.compileCpuMs;
    await compiled.end();
  }
  return { bytes, rules: list.list.rules.length, forms, vectorscanMs };
}

function measureMemory(list, { processes }) {
  const stages = { empty: [], loaded: [], classified: [] };
  for (let i = 0; i < processes; i++) {
    for (const stage of Object.keys(stages)) stages[stage].push(child(stage, list));
  }
  const [empty, loaded, classified] = Object.values(stages).map(medians);
  const above = (stage, key) => stage[key] - empty[key];
  return {
    texts: classified.texts,
    rules: loaded.rules,
    emptyRssBytes: empty.rssBytes,
    loadedBytes: above(loaded, 'rssBytes'),
    classifiedBytes: above(classified, 'rssBytes'),
    highestBytes: above(classified, 'highestRssBytes'),
    /** of `classifiedBytes`: V8's heap, of which only the verdicts are this package's */
    classifiedHeapBytes: above(classified, 'heapBytes'),
  };
}

/** For each rule a text that it matches: every engine is then built. */
function writeOwnTexts({ list, file }) {
  const random = new Random(`${list.seed}/own texts`);
  const path = file('own-texts');
  writeTexts(
    path,
    list.origins.map((origin) => ({ test: '', error: errorText(failureOf(origin, random), random, 1000) })),
  );
  return path;
}

const mb = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

function printLoading(profile, { bytes, rules, forms, vectorscanMs }) {
  const told = FORMS.map((form) => {
    const { wallMs, mainThreadMs } = forms[form];
    return `from ${form === 'string' ? 'a string' : 'bytes'} ${ns(wallMs * 1e6)} (main thread ${ns(mainThreadMs * 1e6)})`;
  });
  const compared = vectorscanMs === null ? '' : `; Vectorscan compiles for ${ns(vectorscanMs * 1e6)}`;
  console.log(`${profile}, ${mb(bytes)}, ${rules} rules: loaded ${told.join(', ')}${compared}`);
}

function printWorkload({ workload, profile, rules, wallMs, loadedBytes }) {
  console.log(`${workload} ${profile}, ${mb(RULE_BYTES[0])}, ${rules} rules: loaded in ${ns(wallMs * 1e6)}, ${mb(loadedBytes)}`);
}

function printMemory(profile, memory, own) {
  const { pattern, engine, automaton } = own;
  console.log(
    `\n${profile}, memory above a process that has loaded nothing (${mb(memory.emptyRssBytes)}), ${memory.rules} rules`,
  );
  console.log(`  loaded ${mb(memory.loadedBytes)}; after ${memory.texts} errors ${mb(memory.classifiedBytes)}`);
  console.log(`    of it V8's heap ${mb(memory.classifiedHeapBytes)}; at its highest ${mb(memory.highestBytes)} above`);
  console.log(
    `  on the engine's own heap: ${mb(own.loadedBytes)} loaded, ${Math.round(own.loadedBytes / own.rules)} bytes per rule; ${mb(own.highestBytes)} at most while loading`,
  );
  console.log(`    with an error of every rule classified, another ${mb(own.allClassifiedBytes)}`);
  console.log(`  a pattern: ${pattern.mean} bytes (median ${pattern.median}, at most ${pattern.max})`);
  console.log(
    `  a built engine: ${engine.mean} bytes (median ${engine.median}, 99 % below ${engine.p99}, at most ${engine.max})`,
  );
  console.log(
    `  an automaton, where a rule has come to need one: ${automaton.mean} bytes (median ${automaton.median}, 99 % below ${automaton.p99})\n`,
  );
}
