// npm run bench -- queue: what the queue promises the event loop, in figures. Each is a question of its own, see the files.
//
//   node bench/queue/main.mjs [--rules N] [call-cost | read-file | come-back]...

import { parseArgs } from 'node:util';
import { buildWithBareTask, loadAddon } from './addon.mjs';
import { callCost } from './call-cost.mjs';
import { comeBack } from './come-back.mjs';
import { readFileDelay } from './read-file.mjs';

const us = (ns) => `${(ns / 1000).toFixed(2)} µs`;
const ms = (value) => `${value.toFixed(2)} ms`;

const questions = {
  async 'call-cost'(addon, options) {
    const cost = await callCost(addon, options);
    if (!cost) return console.log('call-cost: skipped, this system does not tell the time of a thread');
    const { classify, bareTask, ratio } = cost;
    console.log(
      `main thread per call, 60 in flight: classify ${us(classify)}, a bare AsyncTask ${us(bareTask)}: ${ratio.toFixed(2)} (must: 0.5 at most)`,
    );
  },
  async 'come-back'(addon, options) {
    for (const all of [false, true]) {
      const { longest, longestGc, turns, ms: total } = await comeBack(addon, { ...options, all });
      const what = all ? '10,000 verdicts of one classifyAll' : '10,000 verdicts';
      console.log(
        `longest stall while ${what} come back: ${ms(longest)} (must: 5 ms at most; longest collection ${ms(longestGc)}; ${turns} turns of the loop in ${ms(total)})`,
      );
    }
  },
  async 'read-file'(addon, options) {
    const { none, busy, ratio } = await readFileDelay(addon, options);
    console.log(
      `fs.readFile p99: ${ms(busy)} with 10,000 calls in flight, ${ms(none)} with none: ${ratio.toFixed(2)} (must: 3 at most)`,
    );
  },
};

/** @param {string[]} argv */
export async function run(argv) {
  const { values, positionals } = parseArgs({ args: argv, options: { rules: { type: 'string' } }, allowPositionals: true });
  const options = values.rules ? { rules: Number(values.rules) } : {};
  const addon = loadAddon(buildWithBareTask());
  for (const name of positionals.length ? positionals : Object.keys(questions)) {
    if (!questions[name]) throw new Error(`no question ${name}; there are ${Object.keys(questions).join(', ')}`);
    await questions[name](addon, options);
  }
}

if (process.argv[1] === import.meta.filename) await run(process.argv.slice(2));
