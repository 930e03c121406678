// What does a call of `classify` cost the main thread, from the call to the settled promise, with 60 calls in flight?
//
// It is compared with a bare AsyncTask per call, which gets the same strings and does nothing. Both run in one process and in turns. The
// figure is the CPU time of the main thread, less that of the same loop over an async function that does nothing. A text of a
// `classifyAll` is measured beside it.

import { median, ns, quantile } from '../../scripts/lib/figures.mjs';
import { generateErrors, generateRules, toJson } from '../data/index.mjs';
import { mainThreadNs } from '../harness/thread-time.mjs';

const IN_FLIGHT = 60;
/** Texts of a `classifyAll`. */
const BATCH = 1000;

/** Makes `count` calls, `IN_FLIGHT` at a time. */
async function drive(call, texts, count) {
  let next = 0;
  const one = async () => {
    while (next < count) {
      const { test, error } = texts[next++ % texts.length];
      await call(test, error);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, one));
}

async function timed(call, texts, count) {
  const started = mainThreadNs();
  await drive(call, texts, count);
  return (mainThreadNs() - started) / count;
}

async function timedAll(classifyAll, texts) {
  const started = mainThreadNs();
  for (let from = 0; from < texts.length; from += BATCH) await classifyAll(texts.slice(from, from + BATCH));
  return (mainThreadNs() - started) / texts.length;
}

/**
 * @param {typeof import('../../index.js') & { bareTask?: (test: string, error: string) => Promise<void> }} addon
 * @returns {Promise<{ classify: number, bareTask: number | null, all: number, ratios: number[] } | null>} nanoseconds per call, and
 *   per text of a `classifyAll`; `ratios` of `classify` to `bareTask` by round. Null where the system does not tell the time of a thread
 */
export async function callCost(addon, { rules = 30, calls = 6000, rounds = 31 } = {}) {
  if (mainThreadNs() === null) return null;
  const list = generateRules({ seed: 5, profile: 'plain', rules });
  await addon.loadRules(toJson(list));
  // flat, as texts that were read or thrown are: the first to read a concatenated string pays for that
  const texts = JSON.parse(JSON.stringify(generateErrors(list, { count: 2000 })));
  const variants = { loop: async () => {}, classify: addon.classify };
  if (addon.bareTask) variants.bareTask = addon.bareTask;
  const times = { loop: [], classify: [], bareTask: [], all: [] };
  for (const call of Object.values(variants)) await drive(call, texts, calls);
  for (let round = 0; round < rounds; round++) {
    for (const [name, call] of Object.entries(variants)) times[name].push(await timed(call, texts, calls));
    times.all.push(await timedAll(addon.classifyAll, texts));
  }
  const loop = median(times.loop);
  const above = (name) => median(times[name]) - loop;
  return {
    classify: above('classify'),
    bareTask: addon.bareTask ? above('bareTask') : null,
    all: median(times.all),
    // by round: other work of the machine meets both alike
    ratios: times.bareTask.map((time, round) => (times.classify[round] - loop) / (time - loop)),
  };
}

/** @type {import('./main.mjs').Scenario} */
export async function measure({ quick, rules, tell }) {
  const { loadWithBareTask } = await import('./bare-task.mjs');
  const cost = await callCost(loadWithBareTask(), { rules, ...(quick && { calls: 1000, rounds: 5 }) });
  if (cost) {
    const { classify, bareTask, all, ratios } = cost;
    const middle = [0.25, 0.75].map((share) => quantile(ratios, share).toFixed(2)).join(' to ');
    tell(
      `classify ${ns(classify)}, a bare AsyncTask ${ns(bareTask)}, half of the rounds ${middle}; classifyAll ${ns(all)} per text`,
    );
  } else tell('skipped: this system does not tell the time of a thread');
  return [
    { figure: 'main thread per classify, 60 in flight / a bare AsyncTask', value: cost && median(cost.ratios), limit: 0.25 },
    { figure: 'main thread per text of a classifyAll', value: cost && cost.all / 1000, limit: 3, unit: ' µs' },
  ];
}
