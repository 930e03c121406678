// How long does `fs.readFile` take while 10,000 calls of `classify` are in flight, against none? It needs the same thread pool.

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { classify, loadRules } from '../../index.js';
import { quantile } from '../../scripts/lib/figures.mjs';
import { generateErrors, generateRules, toJson } from '../data/index.mjs';

const IN_FLIGHT = 10_000;
const path = fileURLToPath(import.meta.url);

/** How long each reading takes, in milliseconds. */
async function readFor(ms) {
  const times = [];
  const end = performance.now() + ms;
  while (performance.now() < end) {
    const started = performance.now();
    await readFile(path);
    times.push(performance.now() - started);
    // a few hundred readings a second, not ten thousand
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return times;
}

/** @type {import('./main.mjs').Scenario} */
export async function measure({ quick, rules = 3500, tell }) {
  const ms = quick ? 500 : 4000;
  const list = generateRules({ seed: 5, rules });
  await loadRules(toJson(list));
  const texts = JSON.parse(JSON.stringify(generateErrors(list, { count: 2000 })));
  await readFor(300);
  const none = quantile(await readFor(ms), 0.99);
  let running = true;
  let next = 0;
  const callers = Array.from({ length: IN_FLIGHT }, async () => {
    while (running) {
      const { test, error } = texts[next++ % texts.length];
      await classify(test, error);
    }
  });
  await readFor(300);
  const busy = quantile(await readFor(ms), 0.99);
  running = false;
  await Promise.all(callers);
  tell(`fs.readFile p99: ${busy.toFixed(2)} ms with 10,000 calls in flight, ${none.toFixed(2)} ms with none`);
  return [{ figure: 'fs.readFile p99 with 10,000 calls in flight / with none', value: busy / none, limit: 3 }];
}
