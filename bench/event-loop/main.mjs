// Does the event loop never wait? What `queue`, `soak` and `storm` measure of that, in one table with the limits. Takes some eight
// minutes; ends with 1 if a figure is over its limit.
//
//   npm run bench -- loop [--quick] [--out FOLDER]

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { command } from '../harness/command.mjs';
import { exposeGc } from '../harness/gc.mjs';
import { describeMachine, inWords } from '../harness/machine.mjs';
import { markdownTable, passes, printTable } from '../must-show.mjs';
import { buildWithBareTask, loadAddon } from './queue/addon.mjs';
import { callCost } from './queue/call-cost.mjs';
import { comeBack } from './queue/come-back.mjs';
import { readFileDelay } from './queue/read-file.mjs';
import { end, endings } from './soak/endings.mjs';
import { growth } from './soak/memory.mjs';
import { run as storm } from './storm/main.mjs';

const USAGE = `usage: npm run bench -- loop [options]
  --quick        little of everything: to see that it runs; writes nothing
  --out FOLDER   where the table goes (default bench/results)`;

const row = (figure, value, limit, unit = '') => ({ figure, value, limit, unit, atLeast: false });

async function ofQueue(quick) {
  const addon = loadAddon(buildWithBareTask());
  const cost = await callCost(addon, quick ? { calls: 1000, rounds: 5 } : {});
  const stalls = await comeBack(addon, quick ? { rounds: 3 } : {});
  const { ratio } = await readFileDelay(addon, quick ? { ms: 500 } : {});
  return [
    row('main thread per classify, 60 in flight / a bare AsyncTask', cost?.ratio ?? null, 0.5),
    row('main thread per text of a classifyAll', cost && cost.all / 1000, 3, ' µs'),
    ...stalls
      .filter(({ limit }) => limit)
      .map(({ what, longest, limit }) => row(`longest stall while the verdicts of ${what} come back`, longest, limit, ' ms')),
    row('fs.readFile p99 with 10,000 calls in flight / with none', ratio, 3),
  ];
}

async function ofSoak(quick) {
  const calls = quick ? 10_000 : 1_000_000;
  const { grown } = await growth(() => {}, { calls });
  const rows = [row(`memory grown over ${calls.toLocaleString('en')} calls`, grown, 10, ' MB')];
  for (const name of Object.keys(endings).filter((name) => name.endsWith('in flight'))) {
    const all = [];
    for (let times = quick ? 2 : 50; times > 0; times--) all.push(await end(name));
    const wrong = all.find((one) => one.wrong);
    if (wrong) throw new Error(`${name}: ${wrong.wrong}`);
    rows.push(row(`${name}, longest of ${all.length}`, Math.max(...all.map(({ ms }) => ms)), 50, ' ms'));
  }
  return rows;
}

async function run({ quick, out }) {
  const machine = describeMachine();
  const date = new Date().toISOString();
  exposeGc();
  const rows = [
    ...(await ofQueue(quick)),
    ...(await ofSoak(quick)),
    ...(await storm(['--only', 'ideal,addon', ...(quick ? ['--seconds', '4', '--rounds', '1'] : [])])),
  ];
  printTable(rows);
  const folder = out ?? (quick ? null : fileURLToPath(new URL('../results', import.meta.url)));
  if (folder) {
    mkdirSync(folder, { recursive: true });
    const page = `# The event loop never waits\n\nWritten by \`npm run bench -- loop\` on ${date.slice(0, 10)}. Machine: ${inWords(machine)}.\n`;
    writeFileSync(join(folder, 'loop.md'), `${page}\n${markdownTable(rows)}\n`);
    writeFileSync(join(folder, 'loop.json'), `${JSON.stringify({ date, machine, rows }, null, 1)}\n`);
    console.log(`\nwritten to ${folder}`);
  }
  return rows.every((row) => passes(row) !== false) ? 0 : 1;
}

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    out: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
await command(USAGE, values, run);
