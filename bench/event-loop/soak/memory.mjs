// Does memory stay where it is? A million calls, 60 at a time, some of them aborted; a million from a few classifyAll; 1,000
// reloads under load. What counts is what the process has, not the heap: the texts are not on it.

import { classify, classifyAll, loadRules, queueSize } from '../../../index.js';
import { generateErrors, generateRules, toJson } from '../../data/index.mjs';

const inFlight = 60;
const megabytes = (bytes) => bytes / 2 ** 20;

/** Resident memory when nothing is left to be collected. */
async function resident() {
  for (let n = 0; n < 3; n++) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return megabytes(process.memoryUsage.rss());
}

/** Texts as they are read from a log: flat, and each of its own. */
const flat = (value) => JSON.parse(JSON.stringify(value));

/** Makes calls until `count` are made or `isOver`. */
async function drive(count, call, isOver = () => false) {
  let made = 0;
  const one = async () => {
    while (made < count && !isOver()) await call(made++);
  };
  await Promise.all(Array.from({ length: inFlight }, one));
}

/**
 * @param {(line: string) => void} tell
 * @returns {Promise<{ grown: number, left: number }>} megabytes more at most after the first tenth; texts that have no verdict
 */
export async function growth(tell, { calls = 1_000_000 } = {}) {
  const list = generateRules({ seed: 6, profile: 'plain', rules: 30 });
  await loadRules(toJson(list));
  const texts = flat(generateErrors(list, { count: 2000 }).map(({ test, error }) => ({ test, error })));
  const { signal } = new AbortController();
  const call = async (n) => {
    const { test, error } = texts[n % texts.length];
    if (n % 10 === 0) {
      const controller = new AbortController();
      const aborted = classify(test, error, controller).catch(() => {});
      controller.abort();
      await aborted;
    } else if (n % 1000 === 1) await classifyAll(texts.slice(0, 20));
    else await classify(test, error, n % 3 ? null : { signal });
  };
  const tenth = calls / 10;
  let first = 0;
  let highest = 0;
  for (let part = 1; part <= 10; part++) {
    await drive(tenth, call);
    const now = await resident();
    if (part === 1) first = now;
    highest = Math.max(highest, now);
    tell(`${(part * tenth).toLocaleString('en')} calls: ${now.toFixed(1)} MB`);
  }
  return { grown: highest - first, left: queueSize() };
}

/** @returns {Promise<boolean>} whether it stayed flat */
export async function million(tell, { calls = 1_000_000, limit = 10 } = {}) {
  const { grown, left } = await growth(tell, { calls });
  tell(
    `grown by ${grown.toFixed(1)} MB at most after the first ${(calls / 10).toLocaleString('en')} (must: ${limit} MB at most)`,
  );
  return grown <= limit && left === 0;
}

/** Every verdict must be by one version; memory must stay, so old versions go. */
export async function reloads(tell, { count = 1000, limit = 20 } = {}) {
  const lists = Array.from({ length: 8 }, (_, generation) => {
    const list = generateRules({ seed: 7, rules: 300 });
    for (const rule of list.rules) Object.assign(rule, { issue: `${generation}`, id: `${generation}` });
    return { list, json: Buffer.from(toJson(list)) };
  });
  const texts = flat(generateErrors(lists[0].list, { count: 500, matching: 1, logs: 0 }));
  const generationOf = new Map();
  let reloaded = 0;
  let over = false;
  let verdicts = 0;
  const seen = [];
  const reloader = (async () => {
    let first = 0;
    let highest = 0;
    for (; reloaded < count; reloaded++) {
      const { version } = await loadRules(lists[reloaded % lists.length].json);
      generationOf.set(version, `${reloaded % lists.length}`);
      if (reloaded % (count / 10) === count / 10 - 1) {
        const now = await resident();
        // by then the allocator has settled: what threads free in each other's arenas is not given back at once
        if (!first && reloaded + 1 >= 0.3 * count) first = now;
        if (first) highest = Math.max(highest, now);
        tell(`${reloaded + 1} reloads, ${verdicts.toLocaleString('en')} verdicts: ${now.toFixed(1)} MB`);
      }
    }
    over = true;
    return highest - first;
  })();
  let mixed = 0;
  const look = ({ issue, id, rulesVersion }) => {
    const generation = generationOf.get(rulesVersion);
    if (generation === undefined) seen.push({ issue, id, rulesVersion });
    else if (issue !== null && (issue !== generation || id !== generation)) mixed++;
  };
  await loadRules(lists[0].json).then(({ version }) => generationOf.set(version, '0'));
  await drive(
    Number.POSITIVE_INFINITY,
    async (n) => {
      look(await classify(texts[n % texts.length].test, texts[n % texts.length].error));
      verdicts++;
      // a verdict may be there before the report of the load that it is by
      for (const verdict of seen.splice(0))
        if (generationOf.has(verdict.rulesVersion)) look(verdict);
        else if (seen.push(verdict) > 10_000) throw new Error('verdicts by versions that nobody has loaded');
    },
    () => over,
  );
  const grown = await reloader;
  for (const verdict of seen.splice(0)) look(verdict);
  mixed += seen.length;
  tell(
    `${count} reloads, ${verdicts.toLocaleString('en')} verdicts: ${mixed} mixed (must: 0), grown by ${grown.toFixed(1)} MB at most after the first ${0.3 * count} (must: ${limit} MB at most)`,
  );
  return mixed === 0 && verdicts > count && grown <= limit;
}

/** A text of 50 MB, which a rule matches at its very end, after one that holds much: it has its verdict, and nothing of it stays. */
export async function hugeText(tell, { units = 50_000_000, limit = 60 } = {}) {
  await loadRules([
    { issue: 'A', error: '(?:a|b|(?=c)c)*?(?<=x)z' },
    { issue: 'B', error: 'end$' },
  ]);
  let ok = true;
  const before = await resident();
  for (let n = 0; n < 3; n++) {
    const begun = performance.now();
    const { reason, issue, undecided } = await classify('', `${'ab'.repeat(units / 2)}end`);
    ok &&= issue === 'B';
    tell(
      `${units.toLocaleString('en')} units: ${reason}${undecided.length ? `, rule ${undecided} undecided` : ''} in ${Math.round(performance.now() - begun)} ms`,
    );
  }
  const grown = (await resident()) - before;
  tell(`afterwards ${grown.toFixed(1)} MB more than before (must: ${limit} MB at most)`);
  return ok && grown <= limit;
}
