// npm run bench -- storm: what becomes of the event loop when every second of 60 tests at a time fails?
//
//   node bench/storm/main.mjs [--seconds N] [--rules N] [--only ideal,addon] [--out FOLDER]
//
// Each variant has a process of its own, one after the other, and the same events and failures at the same times. A second run, with
// --max-old-space-size=256, tells only who runs out of memory.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { generateErrors, generateRules, toJson } from '../data/index.mjs';
import { describeMachine, inWords } from '../harness/machine.mjs';
import { chart } from './chart.mjs';
import { defaults, eventsPerSecond, failuresPerSecond } from './scenario.mjs';

const variants = {
  ideal: { label: 'no classification' },
  loop: { label: 'JavaScript loop' },
  fork: { label: 'fork per error, shm', needs: 'shm-typed-array' },
  piscina: { label: 'piscina, JavaScript loop', needs: 'piscina' },
  addon: { label: 'known-failures' },
};

function has(name) {
  try {
    createRequire(import.meta.url)(name);
    return true;
  } catch (error) {
    console.log(`${name}: skipped (${String(error.message).split('\n')[0]}). To have it: npm install --prefix bench/storm`);
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
  // one that does not come to its end within four times the storm is held to have failed
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

const ms = (value) => (value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(value >= 10 ? 1 : 2));
const mb = (bytes) => Math.round(bytes / 2 ** 20).toLocaleString('en');

function table(rows) {
  const head = [
    '',
    'loop delay p50 / p99 / max, ms',
    'event waits p50 / p99 / max, ms',
    'backlog',
    'memory, MB',
    'verdicts/s',
    'missing',
    'fs.readFile p99, ms',
    'with 256 MB of heap',
  ];
  const lines = rows.map(({ name, figures: f, died, small }) => {
    if (!f) return [variants[name].label, died, '', '', '', '', '', '', small];
    const three = ({ p50, p99, max }) => `${ms(p50)} / ${ms(p99)} / ${ms(max)}`;
    return [
      variants[name].label,
      three(f.delay),
      three(f.wait),
      f.peakBacklog.toLocaleString('en'),
      mb(f.peakRss),
      name === 'ideal' ? '–' : f.verdictsPerSecond.toFixed(1),
      String(f.missing),
      ms(f.read.p99),
      small,
    ];
  });
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** What issue and README promise of the addon, against the ideal of the same run. */
function promises(ideal, addon) {
  const line = (what, value, must, ok) => `- ${what}: ${value} (must: ${must})${ok ? '' : ' **missed**'}`;
  const above = addon.delay.p99 - ideal.delay.p99;
  const wait = addon.wait.p99 / ideal.wait.p99;
  const backlog = addon.peakBacklog / ideal.peakBacklog;
  return [
    line('event-loop delay p99 above the ideal', `${ms(above)} ms`, '2 ms at most', above <= 2),
    line('wait of a log event p99, against the ideal', `${wait.toFixed(2)} times`, '1.2 at most', wait <= 1.2),
    line('peak backlog, against the ideal', `${backlog.toFixed(2)} times`, '1.2 at most', backlog <= 1.2),
  ].join('\n');
}

/** @param {string[]} argv */
export async function run(argv) {
  const { values } = parseArgs({
    args: argv,
    options: {
      seconds: { type: 'string', default: String(defaults.seconds) },
      rules: { type: 'string', default: '3500' },
      only: { type: 'string' },
      out: { type: 'string' },
    },
  });
  const scenario = { ...defaults, seconds: Number(values.seconds) };
  const names = (values.only?.split(',') ?? Object.keys(variants)).filter(
    (name) => !variants[name].needs || has(variants[name].needs),
  );
  const folder = mkdtempSync(join(tmpdir(), 'known-failures-storm-'));
  const files = { rules: join(folder, 'rules.json'), failures: join(folder, 'failures.json') };
  const list = generateRules({ seed: 5, rules: Number(values.rules) });
  writeFileSync(files.rules, toJson(list));
  writeFileSync(files.failures, JSON.stringify(generateErrors(list, { count: 500 }).map(({ test, error }) => ({ test, error }))));
  const machine = inWords(describeMachine());
  const rows = [];
  try {
    for (const name of names) {
      const row = { name, ...(await storm(name, files, scenario)) };
      const { died } = await storm(name, files, scenario, ['--max-old-space-size=256']);
      row.small = died ?? 'survives';
      rows.push(row);
      console.log(`${variants[name].label}: ${row.died ?? 'done'}, with 256 MB of heap: ${row.small}`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  const figures = Object.fromEntries(rows.map(({ name, figures }) => [name, figures]));
  const words = `${scenario.tests} tests at a time, ${eventsPerSecond(scenario).toLocaleString('en')} log events and ${failuresPerSecond(scenario)} failures per second for ${scenario.seconds} s; ${Number(values.rules).toLocaleString('en')} rules, errors of 2.1 KB.`;
  const both = figures.ideal && figures.addon ? `\n\n${promises(figures.ideal, figures.addon)}` : '';
  const report = `# The storm\n\n${words} ${machine}.\n\n${table(rows)}${both}\n`;
  console.log(`\n${report}`);
  if (values.out) {
    mkdirSync(values.out, { recursive: true });
    const lines = rows
      .filter(({ figures }) => figures)
      .map(({ name, figures: { series } }) => ({ name, label: variants[name].label, series }));
    writeFileSync(join(values.out, 'storm.md'), `${report}\n![Log events that wait, over time](storm.svg)\n`);
    writeFileSync(join(values.out, 'storm.svg'), chart(lines, 'Log events that wait to be handled, over time (logarithmic)'));
    writeFileSync(join(values.out, 'storm.json'), `${JSON.stringify({ scenario, machine, figures }, null, 1)}\n`);
  }
}

if (process.argv[1] === import.meta.filename) await run(process.argv.slice(2));
