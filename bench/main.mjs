// npm run bench                      peers, scaling and loading; the table of what must be shown; writes bench/results
// npm run bench -- peers             one of them, or any other benchmark in this folder by its name; writes nothing
// npm run bench -- --quick           all three, in a fraction of the time, for whoever works on them; writes nothing

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { describeMachine, inWords } from './harness/machine.mjs';
import { writeReport } from './harness/report.mjs';
import { cleanUp } from './harness/workshop.mjs';
import { mustShow, passes, printTable } from './must-show.mjs';

const MEASURED = ['peers', 'scaling', 'loading'];

const USAGE = `usage: npm run bench -- [name] [options]
  name              ${MEASURED.join(', ')}: these three, and the table, without a name
                    or list-loop, loop, queue, soak, storm, which get the options that follow
  --quick           little of everything: to see that it runs
  --seeds A,B,C     of lists and texts (default 1,2,3; scaling and loading take the first)
  --texts N         texts of a list (default 2000)
  --rounds N        how often the peers take turns (default 9)
  --slice-ms N      CPU time of a peer in a round (default 100)
  --checked N       answers of a list that are held against the JavaScript loop's (default 200)
  --processes N     fresh processes for each figure of loading and memory (default 9)
  --out FOLDER      where the results go (default bench/results; with a name or --quick nowhere)`;

const QUICK = { seeds: '1', texts: '400', rounds: '3', 'slice-ms': '30', checked: '30', processes: '1' };

/** The benchmarks that have a folder of their own. */
const FOLDERS = {
  'list-loop': 'list-loop',
  loop: 'event-loop',
  queue: 'event-loop/queue',
  soak: 'event-loop/soak',
  storm: 'event-loop/storm',
};

const [name, ...rest] = process.argv.slice(2);
const other =
  name && !name.startsWith('-') && !MEASURED.includes(name)
    ? fileURLToPath(new URL(`${FOLDERS[name] ?? name}/main.mjs`, import.meta.url))
    : null;
if (other) {
  if (!existsSync(other)) {
    console.error(`no benchmark is called ${name}\n\n${USAGE}`);
    process.exit(2);
  }
  process.argv = [process.argv[0], other, ...rest];
  await import(other);
} else {
  process.exitCode = await main();
}

async function main() {
  const option = { type: 'string' };
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      ...Object.fromEntries([...Object.keys(QUICK), 'out'].map((key) => [key, option])),
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const value = (key, normally) => values[key] ?? (values.quick ? QUICK[key] : normally);
  const number = (key, normally) => {
    const given = Number(value(key, normally));
    if (!Number.isSafeInteger(given) || given < 1) throw new RangeError(`--${key} must be an integer of at least 1`);
    return given;
  };
  const settings = {
    seeds: value('seeds', '1,2,3').split(','),
    texts: number('texts', 2000),
    rounds: number('rounds', 9),
    sliceMs: number('slice-ms', 100),
    checkedTexts: number('checked', 200),
    processes: number('processes', 9),
    bytes: 300_000,
    sampledLogs: values.quick ? 1 : 2,
    memoryTexts: values.quick ? 1000 : 10_000,
    // a compile of 1 MB takes Vectorscan a minute
    vectorscanBytes: 300_000,
  };
  const names = positionals.length ? positionals : MEASURED;
  const machine = describeMachine();
  const date = new Date().toISOString();
  console.log(`${inWords(machine)}\nseeds ${settings.seeds.join(', ')}`);

  const results = {};
  const begun = performance.now();
  try {
    for (const one of names) {
      console.log(`\n# ${one}`);
      const { run } = await import(`./${one}.mjs`);
      results[one] = await run(settings);
    }
  } finally {
    cleanUp();
  }
  const rows = mustShow(results);
  console.log(`\n# what must be shown (${Math.round((performance.now() - begun) / 1000)} s)\n`);
  printTable(rows.filter((row) => positionals.length === 0 || passes(row) !== null));

  const folder = values.out ?? (positionals.length || values.quick ? null : fileURLToPath(new URL('results', import.meta.url)));
  if (folder) {
    writeReport(folder, { date, machine, settings, rows, ...results });
    console.log(`\nwritten to ${folder}`);
  }
  return rows.some((row) => passes(row) === false) ? 1 : 0;
}
