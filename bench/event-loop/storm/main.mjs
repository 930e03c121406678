// What becomes of the event loop when 60 tests run at a time and every second one fails?
//
// Each variant has a process of its own, one after the other, and gets the same events and failures at the same times. A second run, with
// --max-old-space-size=256, only shows which variants run out of memory. Something is promised of the addon against the ideal, which
// classifies nothing: these two take turns, and the medians of their rounds are compared. Exit code 1: a promise is not kept.
//
//   npm run bench -- storm                   all variants, some eight minutes; writes bench/results/storm.md and .svg
//   npm run bench -- storm --only ideal,addon

import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { command, flag, integer, someOf, text } from '../../../scripts/lib/command.mjs';
import { median } from '../../../scripts/lib/figures.mjs';
import { limitsTable, passes } from '../../harness/limits.mjs';
import { describeMachine, inWords } from '../../harness/machine.mjs';
import { markdownTable } from '../../harness/table.mjs';
import { chart } from './chart.mjs';
import { stormOf, writeStormFiles } from './process.mjs';
import { defaults, eventsPerSecond, failuresPerSecond } from './scenario.mjs';

const VARIANTS = {
  ideal: { label: 'no classification', compared: true },
  loop: { label: 'JavaScript loop' },
  fork: { label: 'fork per error, shm', needs: 'shm-typed-array' },
  piscina: { label: 'piscina, JavaScript loop', needs: 'piscina' },
  addon: { label: 'known-failures', compared: true },
};

const USAGE = `usage: npm run bench -- storm [options]
  --seconds N      how long the tests run (default ${defaults.seconds})
  --rules N        in the list (default 3500)
  --rounds N       of the ideal and the addon (default 5)
  --only LIST      variants, of ${Object.keys(VARIANTS).join(', ')}
  --quick          a short storm, one round; writes nothing
  --out FOLDER     where the results go (default bench/results; with other options nowhere)`;

const OPTIONS = {
  seconds: integer(undefined),
  rules: integer(undefined),
  rounds: integer(undefined),
  only: someOf(Object.keys(VARIANTS), []),
  quick: flag(),
  out: text(undefined),
};

function has(name) {
  try {
    createRequire(import.meta.url)(name);
    return true;
  } catch (error) {
    const [reason] = String(error.message).split('\n');
    console.log(`${name}: skipped (${reason}). To have it: npm install --prefix bench/event-loop/storm`);
    return false;
  }
}

/** Of several rounds the median of every figure, and the series of the first. */
function medians(rounds) {
  const [first] = rounds;
  const of = (pick) => median(rounds.map(pick));
  const each = (name) => Object.fromEntries(Object.keys(first[name]).map((key) => [key, of((round) => round[name][key])]));
  const plain = Object.entries(first).filter(([, value]) => typeof value === 'number');
  return {
    ...Object.fromEntries(plain.map(([key]) => [key, of((round) => round[key])])),
    ...Object.fromEntries(['delay', 'wait', 'read'].map((name) => [name, each(name)])),
    series: first.series,
  };
}

/** @returns {Promise<{ name: string, figures: any | null, died: string | null, small: string }[]>} `small`: with 256 MB of heap */
async function measureVariants(names, { scenario, rules, rounds }) {
  const files = writeStormFiles(scenario, rules);
  const results = new Map(names.map((name) => [name, { name, rounds: [], died: null, small: '' }]));
  const measureOne = async (name) => {
    const result = results.get(name);
    const { figures, died } = await stormOf(name, files, scenario);
    if (figures) result.rounds.push(figures);
    result.died ??= died;
    console.log(`${VARIANTS[name].label}: ${died ?? 'done'}`);
  };
  const compared = names.filter((name) => VARIANTS[name].compared);
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 ? compared.toReversed() : compared) await measureOne(name);
  }
  for (const name of names) {
    if (!compared.includes(name)) await measureOne(name);
    const { died } = await stormOf(name, files, scenario, { flags: ['--max-old-space-size=256'] });
    results.get(name).small = died ?? 'survives';
    console.log(`${VARIANTS[name].label}, with 256 MB of heap: ${died ?? 'survives'}`);
  }
  return [...results.values()].map((result) => ({ ...result, figures: result.died ? null : medians(result.rounds) }));
}

const ms = (value) => (value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(value >= 10 ? 1 : 2));
const mb = (bytes) => Math.round(bytes / 2 ** 20).toLocaleString('en');

const HEAD = [
  '',
  'loop delay p50 / p99 / max, ms',
  'event waits p50 / p99 / max, ms',
  'peak backlog, events',
  'peak memory, MB',
  'verdicts/s',
  'verdicts missing',
  'fs.readFile p99, ms',
  'with 256 MB of heap',
];

function table(results) {
  const lines = results.map(({ name, figures: f, died, small }) => {
    if (!f) return [VARIANTS[name].label, died, '', '', '', '', '', '', small];
    const three = ({ p50, p99, max }) => `${ms(p50)} / ${ms(p99)} / ${ms(max)}`;
    const ofVerdicts = name === 'ideal' ? ['–', '–'] : [f.verdictsPerSecond.toFixed(1), String(f.missing)];
    return [
      VARIANTS[name].label,
      three(f.delay),
      three(f.wait),
      Math.round(f.peakBacklog).toLocaleString('en'),
      mb(f.peakRss),
      ...ofVerdicts,
      ms(f.read.p99),
      small,
    ];
  });
  return markdownTable(
    [HEAD, ...lines],
    HEAD.map((_, column) => (column === 0 || column === HEAD.length - 1 ? 'start' : 'end')),
  );
}

/**
 * What is promised of the addon, against the ideal of the same run; nothing if either did not take part.
 *
 * @returns {import('../../harness/limits.mjs').Row[]}
 */
function promises(results) {
  const [ideal, addon] = ['ideal', 'addon'].map((name) => results.find((result) => result.name === name)?.figures);
  if (!ideal || !addon) return [];
  return [
    { figure: 'event-loop delay p99 above the ideal', value: addon.delay.p99 - ideal.delay.p99, limit: 2, unit: ' ms' },
    { figure: 'wait of a log event p99, against the ideal', value: addon.wait.p99 / ideal.wait.p99, limit: 1.2, unit: ' times' },
    {
      figure: 'peak backlog of log events, against the ideal',
      value: addon.peakBacklog / ideal.peakBacklog,
      limit: 1.2,
      unit: ' times',
    },
  ];
}

/** @type {import('../main.mjs').Scenario} */
export async function measure({ quick }) {
  const scenario = { ...defaults, ...(quick && { seconds: 4 }) };
  const results = await measureVariants(['ideal', 'addon'], { scenario, rules: 3500, rounds: quick ? 1 : 5 });
  const failed = results.find(({ died }) => died);
  if (failed) throw new Error(`${failed.name}: ${failed.died}`);
  return promises(results);
}

/** @param {string[]} args */
export const run = (args) => command({ usage: USAGE, options: OPTIONS, args }, report);

async function report({ quick, out, only, ...given }) {
  const { seconds = quick ? 4 : defaults.seconds, rules = 3500, rounds = quick ? 1 : 5 } = given;
  const scenario = { ...defaults, seconds };
  const names = (only.length ? only : Object.keys(VARIANTS)).filter((name) => !VARIANTS[name].needs || has(VARIANTS[name].needs));
  const machine = inWords(describeMachine());
  const results = await measureVariants(names, { scenario, rules, rounds });
  const rows = promises(results);
  const words = `${scenario.tests} tests at a time, ${eventsPerSecond(scenario).toLocaleString('en')} log events of ${scenario.eventLength / 1000} KB and ${failuresPerSecond(scenario)} failures per second for ${seconds} s; ${rules.toLocaleString('en')} rules, errors of 2.1 KB, 1 % of them with a log of 40 KB. After ${scenario.badPairMs / 1000} s one test fails with a log of 75 KB that keeps a backtracking engine busy for some 20 s with one rule. The ideal and the addon: medians of ${rounds} round${rounds > 1 ? 's' : ''}.`;
  const page = ['# The storm', words, `Machine: ${machine}.`, table(results), ...(rows.length ? [limitsTable(rows)] : [])].join(
    '\n\n',
  );
  console.log(`\n${page}`);

  const changed = quick || only.length > 0 || Object.values(given).some((value) => value !== undefined);
  const folder = out ?? (changed ? null : fileURLToPath(new URL('../../results', import.meta.url)));
  if (folder) {
    mkdirSync(folder, { recursive: true });
    const lines = results
      .filter(({ figures }) => figures)
      .map(({ name, small, figures: { peakBacklog, series } }) => ({
        name,
        label: VARIANTS[name].label,
        small,
        peak: Math.round(peakBacklog),
        series,
      }));
    writeFileSync(join(folder, 'storm.md'), `${page}\n\n![Log events that wait, over time](storm.svg)\n`);
    writeFileSync(join(folder, 'storm.svg'), chart(lines, scenario));
    console.log(`written to ${folder}`);
  }
  const died = results.find(({ name }) => name === 'addon')?.died;
  return died || rows.some((row) => passes(row) === false) ? 1 : 0;
}
