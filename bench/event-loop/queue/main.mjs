// npm run bench -- queue: what the queue promises the event loop, in figures. Each is a question of its own, see the files. Ends with 1
// if a promise is not kept.
//
//   node bench/event-loop/queue/main.mjs [--rules N] [call-cost | read-file | come-back]...

import { parseArgs } from 'node:util';
import { exposeGc } from '../../harness/gc.mjs';
import { buildWithBareTask, loadAddon } from './addon.mjs';
import { callCost } from './call-cost.mjs';
import { comeBack } from './come-back.mjs';
import { readFileDelay } from './read-file.mjs';

const us = (ns) => `${(ns / 1000).toFixed(2)} µs`;
const ms = (value) => `${value.toFixed(2)} ms`;

const questions = {
  async 'call-cost'(addon, options) {
    const cost = await callCost(addon, options);
    if (!cost) {
      console.log('call-cost: skipped, this system does not tell the time of a thread');
      return true;
    }
    const { classify, bareTask, all, ratio, ratios } = cost;
    const middle = `${ratios[ratios.length >> 2].toFixed(2)} to ${ratios.at(-1 - (ratios.length >> 2)).toFixed(2)}`;
    console.log(
      `main thread per call, 60 in flight: classify ${us(classify)}, a bare AsyncTask ${us(bareTask)}: ${ratio.toFixed(2)}, half of the rounds ${middle} (must: 0.5 at most); per text of a classifyAll ${us(all)} (must: 3 µs at most)`,
    );
    return ratio <= 0.5 && all <= 3000;
  },
  async 'come-back'(addon, options) {
    let ok = true;
    for (const { what, call, longest, worst, longestGc, turns, ms: total, limit } of await comeBack(addon, options)) {
      console.log(
        `longest stall while the verdicts of ${what} come back: ${ms(longest)}, in the worst round ${ms(worst)} (${limit ? `must: ${limit} ms at most; ` : ''}longest collection ${ms(longestGc)}; ${turns} turns of the loop in ${ms(total)}); to make the call: ${ms(call)}`,
      );
      ok &&= limit === undefined || longest <= limit;
    }
    return ok;
  },
  async 'read-file'(addon, options) {
    const { none, busy, ratio } = await readFileDelay(addon, options);
    console.log(
      `fs.readFile p99: ${ms(busy)} with 10,000 calls in flight, ${ms(none)} with none: ${ratio.toFixed(2)} (must: 3 at most)`,
    );
    return ratio <= 3;
  },
};

/** @param {string[]} argv */
export async function run(argv) {
  const { values, positionals } = parseArgs({ args: argv, options: { rules: { type: 'string' } }, allowPositionals: true });
  const options = values.rules ? { rules: Number(values.rules) } : {};
  exposeGc();
  const addon = loadAddon(buildWithBareTask());
  for (const name of positionals.length ? positionals : Object.keys(questions)) {
    if (!questions[name]) throw new Error(`no question ${name}; there are ${Object.keys(questions).join(', ')}`);
    if (!(await questions[name](addon, options))) process.exitCode = 1;
  }
}

if (process.argv[1] === import.meta.filename) await run(process.argv.slice(2));
