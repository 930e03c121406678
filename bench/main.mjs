// npm run bench                      what MEASURED names, with the table of its limits; writes bench/results
// npm run bench -- peers             one of these; writes nothing
// npm run bench -- COMMAND           another benchmark, see COMMANDS; it gets the options that follow
// npm run bench -- --quick           all of MEASURED with little of everything; writes nothing

import { fileURLToPath } from 'node:url';
import { command, flag, integer, text } from '../scripts/lib/command.mjs';
import { passes, printLimits } from './harness/limits.mjs';
import { cleanUp } from './harness/lists.mjs';
import { describeMachine, inWords } from './harness/machine.mjs';
import { writeReport } from './harness/report.mjs';
import { mustShow } from './must-show.mjs';

const MEASURED = {
  workloads: 'workloads/all.mjs',
  peers: 'peers.mjs',
  scaling: 'scaling.mjs',
  loading: 'loading.mjs',
  catastrophic: 'catastrophic.mjs',
};
/** `workloads` has options of its own. */
const NAMES = Object.keys(MEASURED).filter((name) => name !== 'workloads');

const COMMANDS = {
  workloads: 'workloads/main.mjs',
  own: 'own/main.mjs',
  compare: 'compare/main.mjs',
  loop: 'event-loop/main.mjs',
  storm: 'event-loop/storm/main.mjs',
  'list-loop': 'list-loop/main.mjs',
  require: 'require/main.mjs',
  conditions: 'conditions.mjs',
  classify: 'classify.mjs',
};

const USAGE = `usage: npm run bench -- [${NAMES.join(' | ')}] [options]
  --quick           little of everything: to see that it runs
  --seeds A,B,C     of lists and texts (default 1,2,3; scaling and loading take the first)
  --texts N         texts of a list (default 2000)
  --rounds N        how often the peers take turns (default 9)
  --slice-ms N      CPU time of a peer in a round (default 100)
  --checked N       answers of a list that are compared with the JavaScript loop's (default 200)
  --processes N     fresh processes for each figure of loading and memory (default 9)
  --out FOLDER      where the results go (default bench/results; with a name or --quick nowhere)
or npm run bench -- COMMAND --help, COMMAND being
  workloads         lists that nobody tuned for
  own               your own rules and failures
  compare           this checkout against another one
  loop              what the event loop is promised
  storm             60 tests at a time, half of them failing: this addon and its alternatives
  list-loop         what the automata and the prefilter give
  require           what loading the package takes
  conditions        what conditions (also, unless) cost
  classify          how fast the command classify answers`;

const OPTIONS = {
  quick: flag(),
  seeds: text(undefined),
  texts: integer(undefined),
  rounds: integer(undefined),
  'slice-ms': integer(undefined),
  checked: integer(undefined),
  processes: integer(undefined),
  out: text(undefined),
};

const FULL = { seeds: '1,2,3', texts: 2000, rounds: 9, 'slice-ms': 100, checked: 200, processes: 9 };
const QUICK = { seeds: '1', texts: 400, rounds: 3, 'slice-ms': 30, checked: 30, processes: 1 };

const args = process.argv.slice(2);
if (Object.hasOwn(COMMANDS, args[0])) {
  const { run } = await import(`./${COMMANDS[args[0]]}`);
  await run(args.slice(1));
} else {
  await command({ usage: USAGE, options: OPTIONS, names: NAMES, args }, main);
}

async function main({ quick, out, ...given }, names) {
  const value = (key) => given[key] ?? (quick ? QUICK : FULL)[key];
  const settings = {
    quick,
    seeds: value('seeds').split(','),
    texts: value('texts'),
    rounds: value('rounds'),
    sliceMs: value('slice-ms'),
    checkedTexts: value('checked'),
    processes: value('processes'),
    bytes: 300_000,
    sampledLogs: quick ? 1 : 2,
    memoryTexts: quick ? 1000 : 10_000,
    // a compile of 1 MB takes Vectorscan a minute
    vectorscanBytes: 300_000,
  };
  const machine = describeMachine();
  const date = new Date().toISOString();
  console.log(`${inWords(machine)}\nseeds ${settings.seeds.join(', ')}`);

  const results = {};
  const started = performance.now();
  try {
    for (const name of names.length ? names : Object.keys(MEASURED)) {
      console.log(`\n# ${name}`);
      const { run } = await import(`./${MEASURED[name]}`);
      results[name] = await run(settings);
    }
  } finally {
    cleanUp();
  }
  const rows = mustShow(results);
  console.log(`\n# what must be shown (${Math.round((performance.now() - started) / 1000)} s)\n`);
  printLimits(rows.filter((row) => names.length === 0 || passes(row) !== null));

  const folder = out ?? (names.length || quick ? null : fileURLToPath(new URL('results', import.meta.url)));
  if (folder) {
    writeReport(folder, { date, machine, settings, rows, ...results });
    console.log(`\nwritten to ${folder}`);
  }
  return rows.some((row) => passes(row) === false) ? 1 : 0;
}
