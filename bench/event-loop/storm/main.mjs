// npm run bench -- storm: what becomes of the event loop when every second of 60 tests at a time fails?
//
//   node bench/event-loop/storm/main.mjs [--seconds N] [--rules N] [--rounds N] [--only ideal,addon] [--out FOLDER]
//
// Each variant has a process of its own, one after the other, and the same events and failures at the same times. A second run, with
// --max-old-space-size=256, tells only who runs out of memory. The ideal and the addon, of which something is promised, take turns, and
// the medians of their rounds are compared: what else the machine does in one, it does to both. Ends with 1 if a promise is not kept.
// Takes some eight minutes; with options but `--out` the results are printed and not written.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { generateErrors, generateRules, toJson } from '../../data/index.mjs';
import { describeMachine, inWords } from '../../harness/machine.mjs';
import { median } from '../../harness/stats.mjs';
import { chart } from './chart.mjs';
import { badPair, defaults, eventsPerSecond, failuresPerSecond } from './scenario.mjs';

const variants = {
  ideal: { label: 'no classification', compared: true },
  loop: { label: 'JavaScript loop' },
  fork: { label: 'fork per error, shm', needs: 'shm-typed-array' },
  piscina: { label: 'piscina, JavaScript loop', needs: 'piscina' },
  addon: { label: 'known-failures', compared: true },
};

function has(name) {
  try {
    createRequire(import.meta.url)(name);
    return true;
  } catch (error) {
    console.log(
      `${name}: skipped (${String(error.message).split('\n')[0]}). To have it: npm install --prefix bench/event-loop/storm`,
    );
    return false;
  }
}

/** @returns {Promise<{ figures: any, died: string | null }>} */
async function storm(variant, files, scenario, flags = []) {
  const script = fileURLToPath(new URL('child.mjs', import.meta.url));
  const child = spawn(process.execPath, [...flags, script, variant, files.rules, files.failures, JSON.stringify(scenario)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
  // one that does not come to its end within four times the storm, and some, is held to have failed
  const timer = setTimeout(() => child.kill('SIGKILL'), 4000 * scenario.seconds + 20_000);
  const [code, signal] = await once(child, 'close');
  clearTimeout(timer);
  if (code === 0) return { figures: JSON.parse(stdout.split('\n')[0]), died: null };
  const out = /heap out of memory/.test(stderr);
  return {
    figures: null,
    died: out
      ? 'out of memory'
      : `ended with ${code ?? signal}: ${stderr.split('\n').find((line) => line.includes('Error')) ?? ''}`,
  };
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

const ms = (value) => (value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(value >= 10 ? 1 : 2));
const mb = (bytes) => Math.round(bytes / 2 ** 20).toLocaleString('en');

function table(rows) {
  const head = [
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
  const lines = rows.map(({ name, figures: f, died, small }) => {
    if (!f) return [variants[name].label, died, '', '', '', '', '', '', small];
    const three = ({ p50, p99, max }) => `${ms(p50)} / ${ms(p99)} / ${ms(max)}`;
    const ofVerdicts = name === 'ideal' ? ['–', '–'] : [f.verdictsPerSecond.toFixed(1), String(f.missing)];
    return [
      variants[name].label,
      three(f.delay),
      three(f.wait),
      Math.round(f.peakBacklog).toLocaleString('en'),
      mb(f.peakRss),
      ...ofVerdicts,
      ms(f.read.p99),
      small,
    ];
  });
  return [head, head.map((_, column) => (column === 0 || column === 8 ? '---' : '---:')), ...lines]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

/** What must hold of the addon, against the ideal of the same run. */
function mustShow(ideal, addon) {
  const row = (figure, value, limit, unit) => ({ figure, value, limit, unit, passes: value <= limit });
  return [
    row('event-loop delay p99 above the ideal', addon.delay.p99 - ideal.delay.p99, 2, ' ms'),
    row('wait of a log event p99, against the ideal', addon.wait.p99 / ideal.wait.p99, 1.2, ' times'),
    row('peak backlog of log events, against the ideal', addon.peakBacklog / ideal.peakBacklog, 1.2, ' times'),
  ];
}

const inTable = (rows) =>
  [
    '| must show | measured | limit | |',
    '| --- | ---: | ---: | --- |',
    ...rows.map(
      ({ figure, value, limit, unit, passes }) =>
        `| ${figure} | ${value.toFixed(2)}${unit} | ≤ ${limit}${unit} | ${passes ? 'pass' : 'FAIL'} |`,
    ),
  ].join('\n');

/** @param {string[]} argv @returns {Promise<object[]>} what must hold, of the ideal and the addon, if both have run */
export async function run(argv) {
  const { values } = parseArgs({
    args: argv,
    options: {
      seconds: { type: 'string', default: String(defaults.seconds) },
      rules: { type: 'string', default: '3500' },
      rounds: { type: 'string', default: '5' },
      only: { type: 'string' },
      out: { type: 'string' },
    },
  });
  const scenario = { ...defaults, seconds: Number(values.seconds) };
  const names = (values.only?.split(',') ?? Object.keys(variants)).filter(
    (name) => !variants[name].needs || has(variants[name].needs),
  );
  const out = values.out ?? (argv.length === 0 ? fileURLToPath(new URL('../../results', import.meta.url)) : null);
  const folder = mkdtempSync(join(tmpdir(), 'known-failures-storm-'));
  const files = { rules: join(folder, 'rules.json'), failures: join(folder, 'failures.json') };
  const list = generateRules({ seed: 5, rules: Number(values.rules) });
  const failures = generateErrors(list, { count: 500 }).map(({ test, error }) => ({ test, error }));
  writeFileSync(files.failures, JSON.stringify(failures));
  list.rules.push(badPair(scenario).rule);
  writeFileSync(files.rules, toJson(list));
  const described = describeMachine();
  const results = new Map(names.map((name) => [name, { name, rounds: [], died: null, small: '' }]));
  const measure = async (name) => {
    const result = results.get(name);
    const { figures, died } = await storm(name, files, scenario);
    if (figures) result.rounds.push(figures);
    result.died ??= died;
    console.log(`${variants[name].label}: ${died ?? 'done'}`);
  };
  try {
    const compared = names.filter((name) => variants[name].compared);
    for (let round = 0; round < Number(values.rounds); round++) {
      for (const name of round % 2 ? compared.toReversed() : compared) await measure(name);
    }
    for (const name of names) {
      if (!compared.includes(name)) await measure(name);
      const { died } = await storm(name, files, scenario, ['--max-old-space-size=256']);
      results.get(name).small = died ?? 'survives';
      console.log(`${variants[name].label}, with 256 MB of heap: ${died ?? 'survives'}`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  const rows = [...results.values()].map((result) => ({
    ...result,
    figures: result.died ? null : medians(result.rounds),
  }));
  const figuresOf = (name) => rows.find((row) => row.name === name)?.figures;
  const [ideal, addon] = [figuresOf('ideal'), figuresOf('addon')];
  const must = ideal && addon ? mustShow(ideal, addon) : [];
  if (results.get('addon')?.died || must.some(({ passes }) => !passes)) process.exitCode = 1;

  const words = `${scenario.tests} tests at a time, ${eventsPerSecond(scenario).toLocaleString('en')} log events of ${scenario.eventLength / 1000} KB and ${failuresPerSecond(scenario)} failures per second for ${scenario.seconds} s; ${list.rules.length.toLocaleString('en')} rules, errors of 2.1 KB, 1 % of them with a log of 40 KB. After ${scenario.badPairMs / 1000} s one test fails with a log of 75 KB against a rule with which a backtracking engine is busy for some 20 s. Of the ideal and the addon: medians of ${values.rounds} rounds.`;
  const machine = `Machine: ${inWords(described)}.`;
  const report = `# The storm\n\n${words}\n\n${machine}\n\n${table(rows)}${must.length ? `\n\n${inTable(must)}` : ''}\n`;
  console.log(`\n${report}`);
  if (out) {
    mkdirSync(out, { recursive: true });
    const lines = rows
      .filter(({ figures }) => figures)
      .map(({ name, small, figures: { peakBacklog, series } }) => ({
        name,
        label: variants[name].label,
        small,
        peak: Math.round(peakBacklog),
        series,
      }));
    writeFileSync(join(out, 'storm.md'), `${report}\n![Log events that wait, over time](storm.svg)\n`);
    writeFileSync(join(out, 'storm.svg'), chart(lines, scenario));
    const json = { date: new Date().toISOString(), machine: described, scenario, rules: list.rules.length, must, results: rows };
    // the chart has the series
    const withoutSeries = (key, value) => (key === 'series' ? undefined : value);
    writeFileSync(join(out, 'storm.json'), `${JSON.stringify(json, withoutSeries, 1)}\n`);
    console.log(`written to ${out}`);
  }
  return must;
}

if (process.argv[1] === import.meta.filename) await run(process.argv.slice(2));
