// Does the event loop never wait? One table of figures with their limits, each from a scenario of its own.
//
//   npm run bench -- loop                    what is promised, some ten minutes; writes bench/results/loop.md
//   npm run bench -- loop endings workers    these scenarios; writes nothing
//
// Exit code 1: a figure is over its limit.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { command, flag, integer, text } from '../../scripts/lib/command.mjs';
import { exposeGc } from '../harness/gc.mjs';
import { limitsTable, passes, printLimits } from '../harness/limits.mjs';
import { describeMachine, inWords } from '../harness/machine.mjs';

/**
 * @typedef {object} Options
 * @property {boolean} quick little of everything
 * @property {number} [times] of what the scenario repeats
 * @property {number} [rules] in the list
 * @property {(line: string) => void} tell prints a detail
 *
 * @typedef {(options: Options) => Promise<import('../harness/limits.mjs').Row[]>} Scenario
 */

/** Files of this folder that export `measure`, a `Scenario`. */
const SCENARIOS = {
  'call-cost': 'call-cost.mjs',
  'one-turn': 'one-turn.mjs',
  'error-objects': 'error-objects.mjs',
  'come-back': 'come-back.mjs',
  'read-file': 'read-file.mjs',
  growth: 'growth.mjs',
  endings: 'endings.mjs',
  'hostile-errors': 'hostile-errors.mjs',
  'long-text-exit': 'long-text-exit.mjs',
  storm: 'storm/main.mjs',
};

/** The same, but only run when named: they take long, or need tools. */
const ON_DEMAND = {
  'huge-text': 'huge-text.mjs',
  reloads: 'reloads.mjs',
  workers: 'workers.mjs',
  asan: 'asan.mjs',
};

const ALL = { ...SCENARIOS, ...ON_DEMAND };

const USAGE = `usage: npm run bench -- loop [SCENARIO]... [options]
  SCENARIO       ${Object.keys(SCENARIOS).join(', ')}: these without a name;
                 ${Object.keys(ON_DEMAND).join(', ')}: these when named
  --quick        little of everything: to see that it runs; writes nothing
  --times N      how often: endings of each kind, calls (growth), reloads, workers
  --rules N      in the lists of call-cost, one-turn, error-objects, come-back, read-file
  --out FOLDER   where the table goes (default bench/results; with a name or --quick nowhere)`;

const OPTIONS = { quick: flag(), times: integer(undefined), rules: integer(undefined), out: text(undefined) };

/** @param {string[]} args */
export const run = (args) => command({ usage: USAGE, options: OPTIONS, names: Object.keys(ALL), args }, measureAll);

async function measureAll({ quick, times, rules, out }, names) {
  exposeGc();
  const machine = names.length ? null : inWords(describeMachine());
  const date = new Date().toISOString();
  const rows = [];
  for (const name of names.length ? names : Object.keys(SCENARIOS)) {
    console.log(`\n# ${name}`);
    const { measure } = await import(`./${ALL[name]}`);
    rows.push(...(await measure({ quick, times, rules, tell: (line) => console.log(line) })));
  }
  console.log();
  printLimits(rows);
  const folder = out ?? (names.length || quick ? null : fileURLToPath(new URL('../results', import.meta.url)));
  if (folder) {
    mkdirSync(folder, { recursive: true });
    const page = `# The event loop never waits\n\nWritten by \`npm run bench -- loop\` on ${date.slice(0, 10)}. Machine: ${machine ?? inWords(describeMachine())}.\n`;
    writeFileSync(join(folder, 'loop.md'), `${page}\n${limitsTable(rows)}\n`);
    console.log(`\nwritten to ${folder}`);
  }
  return rows.every((row) => passes(row) !== false) ? 0 : 1;
}
