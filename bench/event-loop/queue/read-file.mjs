// How long does `fs.readFile` take while 10,000 calls of `classify` are in flight, against none? It needs the same pool.

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { generateErrors, generateRules, toJson } from '../../data/index.mjs';

const inFlight = 10_000;
const path = fileURLToPath(import.meta.url);
const percentile = (values, share) => values.sort((a, b) => a - b)[Math.ceil(values.length * share) - 1];

async function readFor(ms) {
  const times = [];
  const end = performance.now() + ms;
  while (performance.now() < end) {
    const begun = performance.now();
    await readFile(path);
    times.push(performance.now() - begun);
    // a moment's rest, so that one second has a few hundred readings and not ten thousand
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return times;
}

/** @returns {Promise<{ none: number, busy: number, ratio: number }>} p99 in milliseconds */
export async function readFileDelay(addon, { rules = 3500, ms = 4000 } = {}) {
  const list = generateRules({ seed: 5, rules });
  await addon.loadRules(toJson(list));
  const texts = JSON.parse(JSON.stringify(generateErrors(list, { count: 2000 })));
  await readFor(300);
  const none = percentile(await readFor(ms), 0.99);
  let running = true;
  let next = 0;
  const callers = Array.from({ length: inFlight }, async () => {
    while (running) {
      const { test, error } = texts[next++ % texts.length];
      await addon.classify(test, error);
    }
  });
  await readFor(300);
  const busy = percentile(await readFor(ms), 0.99);
  running = false;
  await Promise.all(callers);
  return { none, busy, ratio: busy / none };
}
