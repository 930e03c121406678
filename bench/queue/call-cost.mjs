// What does a call of `classify` cost the main thread, from the call to the settled promise, with 60 in flight?
//
// Against a bare AsyncTask, one per call, that is given the same strings and does nothing. Both run in one process, in turns. The
// time is that of the main thread on a processor, less that of the same loop with a promise that is there already, so that
// it is the call's own.

import { generateErrors, generateRules, toJson } from '../data/index.mjs';
import { mainThreadNs } from './thread-time.mjs';

const inFlight = 60;

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

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

/**
 * @returns {Promise<{ classify: number, bareTask: number, loop: number, ratio: number } | null>} nanoseconds per call; `loop` is taken off
 *   the others already. Null where the system does not tell the time of a thread
 */
export async function callCost(addon, { rules = 30, calls = 6000, rounds = 31 } = {}) {
  if (mainThreadNs() === null) return null;
  const list = generateRules({ seed: 5, profile: 'plain', rules });
  await addon.loadRules(toJson(list));
  // flat, as texts that were read or thrown are: the first to read a text that was put together would pay for that
  const texts = JSON.parse(JSON.stringify(generateErrors(list, { count: 2000 })));
  const variants = { loop: async () => {}, bareTask: addon.bareTask, classify: addon.classify };
  const times = { loop: [], bareTask: [], classify: [] };
  for (const call of Object.values(variants)) await drive(call, texts, calls);
  for (let round = 0; round < rounds; round++) {
    for (const [name, call] of Object.entries(variants)) times[name].push(await timed(call, texts, calls));
  }
  const loop = median([...times.loop]);
  // by round: what else the machine does in one, it does to both
  const ratios = times.classify.map((time, round) => (time - loop) / (times.bareTask[round] - loop));
  return { classify: median(times.classify) - loop, bareTask: median(times.bareTask) - loop, loop, ratio: median(ratios) };
}
