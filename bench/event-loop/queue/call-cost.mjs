// What does a call of `classify` cost the main thread, from the call to the settled promise, with 60 in flight?
//
// Against a bare AsyncTask, one per call, that is given the same strings and does nothing. Both run in one process, in turns. The
// time is that of the main thread on a processor, less that of the same loop with a promise that is there already, so that
// it is the call's own. And what does a text of a `classifyAll` cost it?

import { generateErrors, generateRules, toJson } from '../../data/index.mjs';
import { mainThreadNs } from './thread-time.mjs';

const inFlight = 60;
/** texts of a `classifyAll` */
const batch = 1000;

/** Makes `count` calls, `inFlight` at a time. */
async function drive(call, texts, count) {
  let next = 0;
  const one = async () => {
    while (next < count) {
      const { test, error } = texts[next++ % texts.length];
      await call(test, error);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, one));
}

async function timed(call, texts, count) {
  const begun = mainThreadNs();
  await drive(call, texts, count);
  return (mainThreadNs() - begun) / count;
}

async function timedAll(classifyAll, texts) {
  const begun = mainThreadNs();
  for (let from = 0; from < texts.length; from += batch) await classifyAll(texts.slice(from, from + batch));
  return (mainThreadNs() - begun) / texts.length;
}

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

/**
 * @returns {Promise<{ classify: number, bareTask: number, loop: number, all: number, ratio: number, ratios: number[] } | null>}
 *   nanoseconds per call; `loop` is taken off `classify` and `bareTask` already; `all`: per text of a `classifyAll`. `ratios`: of each
 *   round, ascending. Null where the system does not tell the time of a thread
 */
export async function callCost(addon, { rules = 30, calls = 6000, rounds = 31 } = {}) {
  if (mainThreadNs() === null) return null;
  const list = generateRules({ seed: 5, profile: 'plain', rules });
  await addon.loadRules(toJson(list));
  // flat, as texts that were read or thrown are: the first to read a text that was put together would pay for that
  const texts = JSON.parse(JSON.stringify(generateErrors(list, { count: 2000 })));
  const variants = { loop: async () => {}, bareTask: addon.bareTask, classify: addon.classify };
  const times = { loop: [], bareTask: [], classify: [], all: [] };
  for (const call of Object.values(variants)) await drive(call, texts, calls);
  for (let round = 0; round < rounds; round++) {
    for (const [name, call] of Object.entries(variants)) times[name].push(await timed(call, texts, calls));
    times.all.push(await timedAll(addon.classifyAll, texts));
  }
  const loop = median([...times.loop]);
  // by round: what else the machine does in one, it does to both
  const ratios = times.classify.map((time, round) => (time - loop) / (times.bareTask[round] - loop));
  return {
    classify: median(times.classify) - loop,
    bareTask: median(times.bareTask) - loop,
    loop,
    all: median(times.all),
    ratio: median(ratios),
    ratios: ratios.sort((a, b) => a - b),
  };
}
