// The JavaScript loop as the judge. Its time has no bound, so it gets one: for a single text, and for all of them.

import { readAnswers } from './files.mjs';
import { start } from './peers.mjs';

/** The loop is cut off when it needs longer for one text. */
const TEXT_MS = 5000;

/**
 * Asks the loop about one text after the other until the time is over.
 *
 * @param {import('./lists.mjs').Written} list its texts in a random order
 * @param {number} budgetMs
 * @returns {Promise<{ answers: Map<number, number | null>, cpuNs: number[], tooSlow: number }>} `answers` by the index of the text; `cpuNs`
 *   of each of them; `tooSlow`: how many texts were cut off
 */
export async function judge(list, budgetMs) {
  const answers = new Map();
  const cpuNs = [];
  let tooSlow = 0;
  const path = list.file('judged');
  const end = performance.now() + budgetMs;
  let child = null;
  for (let text = 0; text < list.texts.length && performance.now() < end; text++) {
    if (!child) {
      child = await start.javascript(list);
      await child.ask(`texts ${list.textsFile}`);
    }
    const told = await child.askWithin(`first ${text} 1 ${path}`, TEXT_MS);
    if (told) {
      answers.set(text, readAnswers(path)[0]);
      cpuNs.push(told.cpuNs);
    } else {
      tooSlow++;
      child = null;
    }
  }
  await child?.end();
  return { answers, cpuNs, tooSlow };
}

/** Without the first texts, in which V8 compiles the patterns. */
export const warm = (cpuNs) => (cpuNs.length > 20 ? cpuNs.slice(10) : cpuNs);
