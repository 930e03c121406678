// What does `require('known-failures')` cost, in time and memory, above an addon that does nothing?
//
// Each figure is of fresh processes that take turns: the empty addon (empty.c), a package of nothing else, this package's binary alone, the
// binary behind the generated loader, and the package. They are laid out as npm installs them. The limit is above the package with the empty
// addon: to find a package by its name takes Node as long as three addons. Run it on an idle machine: what other programs do is in the wall time, and
// the caches that they empty are in the CPU time of the thread, too. Exit code 1: the package is over its limit.

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { command, integer } from '../../scripts/lib/command.mjs';
import { median, quantile } from '../../scripts/lib/figures.mjs';
import { passes, printLimits } from '../harness/limits.mjs';
import { describeMachine, inWords } from '../harness/machine.mjs';
import { printTable } from '../harness/table.mjs';

const USAGE = `usage: npm run bench -- require [options]
  --processes N    fresh processes for each figure (default 41)`;

const LIMIT_MS = 5;
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PROGRAM = fileURLToPath(new URL('measure.cjs', import.meta.url));
const require = createRequire(import.meta.url);
const { packageOf } = require('../../lib/addon/platforms.js');
const { readFacts } = require('../../lib/addon/facts.js');

/** @param {string[]} args */
export const run = (args) => command({ usage: USAGE, options: { processes: integer(41) }, args }, measure);

async function measure({ processes }) {
  const folder = mkdtempSync(join(tmpdir(), 'known-failures-require-'));
  try {
    const empty = buildEmpty(folder);
    if (!empty) {
      console.log('require: skipped (there is no cc). To have it: apt-get install gcc');
      return 0;
    }
    console.log(inWords(describeMachine()));
    const targets = { 'an empty addon': empty, 'a package with it': installEmpty(folder, empty), ...install(folder) };
    return report(inTurns(targets, folder, processes), processes);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function buildEmpty(folder) {
  const file = join(folder, 'empty.node');
  const source = fileURLToPath(new URL('empty.c', import.meta.url));
  const shared = process.platform === 'darwin' ? ['-dynamiclib', '-undefined', 'dynamic_lookup'] : ['-shared', '-fPIC'];
  try {
    execFileSync('cc', [...shared, '-O2', '-o', file, source]);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return null;
  }
  return file;
}

/** The least that a package with an addon is. Returns its name. */
function installEmpty(folder, addon) {
  const name = 'empty-addon';
  const home = join(folder, 'node_modules', name);
  mkdirSync(home, { recursive: true });
  cpSync(addon, join(home, 'empty.node'));
  writeFileSync(join(home, 'index.js'), `'use strict';\nmodule.exports = require('./empty.node');\n`);
  writeFileSync(join(home, 'package.json'), JSON.stringify({ name, version: '1.0.0', exports: { '.': './index.js' } }));
  return name;
}

/** The package and that of its binary. */
function install(folder) {
  const { platform } = readFacts();
  const name = packageOf(platform);
  const binary = `known-failures.${platform}.node`;
  const modules = join(folder, 'node_modules');
  const home = join(modules, 'known-failures');
  for (const file of ['index.js', 'native.js', 'package.json', 'lib'])
    cpSync(join(ROOT, file), join(home, file), { recursive: true });
  mkdirSync(join(modules, name), { recursive: true });
  cpSync(join(ROOT, binary), join(modules, name, binary));
  const { version } = require('../../package.json');
  writeFileSync(join(modules, name, 'package.json'), JSON.stringify({ name, version, main: binary }));
  return {
    'the binary alone': join(modules, name, binary),
    'behind the generated loader': join(home, 'native.js'),
    'the package': 'known-failures',
  };
}

function inTurns(targets, folder, processes) {
  const program = join(folder, 'measure.cjs');
  cpSync(PROGRAM, program);
  const results = Object.fromEntries(Object.keys(targets).map((name) => [name, []]));
  for (let i = 0; i < processes; i++) {
    for (const [name, target] of Object.entries(targets)) {
      const figures = ['time', 'memory'].map((what) =>
        JSON.parse(execFileSync(process.execPath, [program, target, what], { encoding: 'utf8' })),
      );
      results[name].push(Object.assign({}, ...figures));
    }
  }
  return results;
}

function report(results, processes) {
  const of = (name, key, share = 0.5) => {
    const values = results[name].map((result) => result[key]);
    if (values.includes(null)) return null;
    return share === 0.5 ? median(values) : quantile(values, share);
  };
  const ms = (value) => (value === null ? '–' : value.toFixed(2));
  const kb = (value) => (value === null ? '–' : Math.round(value / 1024).toLocaleString('en'));
  const rows = Object.keys(results).map((name) => [
    name,
    ms(of(name, 'cpuMs')),
    ms(of(name, 'wallMs')),
    `${ms(of(name, 'wallMs', 0.1))}–${ms(of(name, 'wallMs', 0.9))}`,
    kb(of(name, 'rssBytes')),
    kb(of(name, 'binaryBytes')),
    kb(of(name, 'anonymousBytes')),
  ]);
  const head = ['require of', 'CPU ms', 'wall ms', '10–90 %', 'RSS KB', 'of the binary', 'anonymous'];
  console.log(`\nmedians of ${processes} processes each; memory is what require adds\n`);
  printTable([head, ...rows], ['start', ...head.slice(1).map(() => 'end')]);
  const above = (key) => {
    const [whole, least] = ['the package', 'a package with it'].map((name) => of(name, key));
    return whole === null ? null : whole - least;
  };
  const limits = [
    { figure: 'require above a package with an empty addon, CPU time', value: above('cpuMs'), limit: LIMIT_MS, unit: ' ms' },
    { figure: 'require above a package with an empty addon, wall time', value: above('wallMs'), limit: LIMIT_MS, unit: ' ms' },
  ];
  console.log();
  printLimits(limits);
  return limits.some((row) => passes(row) === false) ? 1 : 0;
}
