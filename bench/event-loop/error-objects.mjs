// What does an Error object of a `classifyAll` of 10,000 cost the event loop, from the call to the verdicts?
//
// CPU time of the main thread. The errors have their stacks already: V8 takes longer to write one than all of this.

import { classifyAll, loadRules } from '../../index.js';
import { median } from '../../scripts/lib/figures.mjs';
import { generateErrors, generateRules, toJson } from '../data/index.mjs';
import { flat } from '../harness/load.mjs';
import { mainThreadNs } from '../harness/thread-time.mjs';

const ITEMS = 10_000;
const FRAMES = '\n    at ';

/** The error that has a text as its stack. */
function errorOf(text) {
  const head = text.split(FRAMES, 1)[0];
  const error = new Error(head.replace(/^\w+: /, ''));
  error.stack = text;
  return error;
}

/** @returns {Promise<number>} microseconds per item */
async function round(items) {
  globalThis.gc();
  const started = mainThreadNs();
  await classifyAll(items);
  return (mainThreadNs() - started) / 1e3 / items.length;
}

/** @type {import('./main.mjs').Scenario} */
export async function measure({ quick, rules = 30, tell }) {
  const figure = 'main thread per Error object of a classifyAll of 10,000';
  if (mainThreadNs() === null) {
    tell('skipped: this system does not tell the time of a thread');
    return [{ figure, value: null, limit: 1, unit: ' µs' }];
  }
  const list = generateRules({ seed: 5, profile: 'plain', rules });
  await loadRules(toJson(list));
  const texts = flat(generateErrors(list, { count: ITEMS }));
  const errors = texts.map(({ test, error }) => ({ test, error: errorOf(error) }));
  const [ofErrors, ofTexts] = [[], []];
  for (let n = quick ? 3 : 15; n > 0; n--) {
    ofErrors.push(await round(errors));
    ofTexts.push(await round(texts));
  }
  tell(`an Error object ${median(ofErrors).toFixed(2)} µs, its text ${median(ofTexts).toFixed(2)} µs`);
  return [{ figure, value: median(ofErrors), limit: 1, unit: ' µs' }];
}
