// How long do 10,000 calls of `classify` in one turn of the event loop hold it, until the last of them has returned?
//
// Wall time: the calls share the machine with the workers that they start. The median of several rounds counts; the first one, in which
// nothing is compiled or allocated yet, is told beside it.

import { classify, loadRules } from '../../index.js';
import { median } from '../../scripts/lib/figures.mjs';
import { generateErrors, generateRules, toJson } from '../data/index.mjs';
import { flat } from '../harness/load.mjs';

const CALLS = 10_000;

/** @returns {Promise<number>} milliseconds */
async function round(texts) {
  // garbage of the last round is not this one's
  globalThis.gc();
  const verdicts = new Array(texts.length);
  const started = performance.now();
  for (let n = 0; n < texts.length; n++) verdicts[n] = classify(texts[n].test, texts[n].error);
  // what the calls have left for the end of the turn
  await null;
  const ms = performance.now() - started;
  await Promise.all(verdicts);
  return ms;
}

/** @type {import('./main.mjs').Scenario} */
export async function measure({ quick, rules = 30, tell }) {
  const list = generateRules({ seed: 5, profile: 'plain', rules });
  await loadRules(toJson(list));
  const texts = flat(generateErrors(list, { count: CALLS }));
  const rounds = [];
  for (let n = quick ? 3 : 15; n > 0; n--) rounds.push(await round(texts));
  tell(`10,000 calls in one turn: ${median(rounds).toFixed(1)} ms, in the first round ${rounds[0].toFixed(1)} ms`);
  return [{ figure: '10,000 calls of 2 KB in one turn', value: median(rounds), limit: 15, unit: ' ms' }];
}
