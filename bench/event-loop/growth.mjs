// Does memory stay where it is over a million calls, 60 at a time, some of them aborted, some of them `classifyAll`?
//
// Resident memory counts, not the heap: the texts are outside of it.

import { classify, classifyAll, loadRules, queueSize } from '../../index.js';
import { generateErrors, generateRules, toJson } from '../data/index.mjs';
import { drive, flat, residentMb } from '../harness/load.mjs';

/** @type {import('./main.mjs').Scenario} */
export async function measure({ quick, times: calls = quick ? 10_000 : 1_000_000, tell }) {
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
    const now = await residentMb();
    if (part === 1) first = now;
    highest = Math.max(highest, now);
    tell(`${(part * tenth).toLocaleString('en')} calls: ${now.toFixed(1)} MB`);
  }
  return [
    {
      figure: `memory grown over ${calls.toLocaleString('en')} calls, after the first tenth`,
      value: highest - first,
      limit: 10,
      unit: ' MB',
    },
    { figure: 'calls left in the queue', value: queueSize(), limit: 0 },
  ];
}
