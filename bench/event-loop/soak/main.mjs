// npm run bench -- soak: what has to hold for long, or every time. Takes some minutes; ends with 1 if something does not hold.
//
//   node bench/event-loop/soak/main.mjs [endings | memory | huge-text | reloads | workers | asan]... [--times N]

import { parseArgs } from 'node:util';
import { exposeGc } from '../../harness/gc.mjs';
import { asan } from './asan.mjs';
import { end, endings } from './endings.mjs';
import { hugeText, million, reloads } from './memory.mjs';
import { workers } from './workers.mjs';

const tell = (line) => console.log(line);

async function everyEnding({ times = 200, limit = 50 }) {
  let ok = true;
  for (const name of Object.keys(endings)) {
    const all = [];
    for (let round = 0; round < times; round++) {
      const { ms, wrong } = await end(name);
      all.push(ms);
      if (wrong) {
        ok = false;
        tell(`${name}, round ${round + 1}: ${wrong}`);
      }
    }
    all.sort((a, b) => a - b);
    const over = all.filter((ms) => ms > limit).length;
    ok &&= over === 0;
    const at = (share) => `${all[Math.ceil(all.length * share) - 1].toFixed(1)} ms`;
    tell(`${name}, ${times} times: p50 ${at(0.5)}, p99 ${at(0.99)}, max ${at(1)} (must: ${limit} ms at most; over it: ${over})`);
  }
  return ok;
}

const soaks = {
  endings: everyEnding,
  memory: (o) => million(tell, o),
  'huge-text': (o) => hugeText(tell, o),
  reloads: (o) => reloads(tell, o),
  workers: (o) => workers(tell, o),
  asan: (o) => asan(tell, o),
};

/** @param {string[]} argv */
export async function run(argv) {
  const { values, positionals } = parseArgs({ args: argv, options: { times: { type: 'string' } }, allowPositionals: true });
  exposeGc();
  const times =
    values.times === undefined ? {} : { times: Number(values.times), calls: Number(values.times), count: Number(values.times) };
  for (const name of positionals.length ? positionals : Object.keys(soaks)) {
    if (!soaks[name]) throw new Error(`no soak ${name}; there are ${Object.keys(soaks).join(', ')}`);
    if (!(await soaks[name](times))) process.exitCode = 1;
  }
}

if (process.argv[1] === import.meta.filename) await run(process.argv.slice(2));
