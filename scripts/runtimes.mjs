// Runs the tests on every runtime: the JavaScript suite (`__test__/*.spec.mjs`) on each Node, the smoke suite (`__test__/smoke`) on Bun
// and Deno. The runtimes are those that `scripts/runtimes` pins, installed from npm into `.cache/runtimes`.
//
//   npm run test:runtimes -- --only node26,bun,deno
//
// Exit code 0: all tests that ran have passed. 1: one failed. 2: the run itself failed.

import { execFileSync, spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { command, someOf } from './lib/command.mjs';
import { installRuntime, RUNTIME_NAMES, RuntimeMissing } from './lib/runtimes.mjs';

const USAGE = `usage: npm run test:runtimes -- [options]
  --only NAMES     some of ${RUNTIME_NAMES.join(',')} (default: all)`;

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** A hang is a failure. The slowest file takes a minute on a loaded machine. */
const TEST_LIMIT_MS = 240_000;
const SUITE_LIMIT_MS = 900_000;

const HEADINGS = ['runtime', 'version', 'engine', 'suite', 'tests', 'passed', 'skipped', 'failed', 'seconds'];

await command({ usage: USAGE, options: { only: someOf(RUNTIME_NAMES) } }, run);

async function run({ only }) {
  const rows = [];
  const skipped = [];
  for (const name of only) {
    try {
      const runtime = installRuntime(name);
      console.log(`${name}: ${runtime.path}`);
      rows.push(await testOn(runtime));
    } catch (error) {
      if (!(error instanceof RuntimeMissing)) throw error;
      skipped.push(`${name}: skipped: ${error.message}`);
    }
  }
  if (rows.length > 0) console.log(`\n${table(rows)}`);
  for (const line of skipped) console.log(line);
  return rows.every(({ passed }) => passed) ? 0 : 1;
}

async function testOn({ name, kind, path }) {
  const { version, engine } = describe(kind, path);
  const suite = kind === 'node' ? 'all' : 'smoke';
  const began = performance.now();
  const { code, output } = await runSuite(path, argumentsOf(kind));
  const seconds = (performance.now() - began) / 1000;
  const { tests, passed, skipped = 0 } = kind === 'node' ? countedBy(output) : counted(output);
  const failed = tests - passed - skipped;
  // a suite that ends early, or without a word, has not passed
  const allPassed = code === 0 && passed > 0 && failed === 0;
  if (!allPassed) console.log(`\n${name} ended with ${code}:\n${failures(output)}`);
  const cells = [name, version, engine, suite, tests, passed, skipped, failed, seconds.toFixed(0)];
  return { cells, passed: allPassed };
}

function argumentsOf(kind) {
  if (kind === 'node') {
    const folder = join(ROOT, '__test__');
    const files = readdirSync(folder).filter((file) => file.endsWith('.spec.mjs'));
    return ['--test', `--test-timeout=${TEST_LIMIT_MS}`, '--test-reporter=tap', ...files.map((file) => join(folder, file))];
  }
  const smoke = join(ROOT, '__test__/smoke/main.mjs');
  // what the suite needs for itself; the programs that it starts get what docs/runtime.md says
  return kind === 'deno' ? ['run', '--allow-all', smoke] : [smoke];
}

/** @returns {Promise<{ code: number | string, output: string }>} `code`: or the signal that ended it */
function runSuite(path, args) {
  // a test that starts `node` gets the same one
  const env = { ...process.env, PATH: `${dirname(path)}:${process.env.PATH}` };
  const child = spawn(path, args, { cwd: ROOT, env, timeout: SUITE_LIMIT_MS, killSignal: 'SIGKILL' });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code: code ?? signal, output }));
  });
}

/** The counts that Node's reporter ends with. Its subtests count, too. */
function countedBy(output) {
  const count = (what) => Number(new RegExp(`^# ${what} (\\d+)$`, 'm').exec(output)?.[1] ?? 0);
  return { tests: count('tests'), passed: count('pass'), skipped: count('skipped') };
}

/** The counts of a flat TAP stream: those that the plan has are the tests. */
function counted(output) {
  const tests = Number(/^1\.\.(\d+)$/m.exec(output)?.[1] ?? output.match(/^(?:not )?ok /gm)?.length ?? 0);
  return { tests, passed: output.match(/^ok /gm)?.length ?? 0 };
}

/** Each failed test with what TAP says about it, or the end of an output that has none. */
function failures(output) {
  const lines = output.split('\n');
  const told = [];
  for (let at = 0; at < lines.length; at++) {
    const indent = /^( *)not ok /.exec(lines[at])?.[1].length;
    if (indent === undefined) continue;
    do told.push(lines[at++]);
    while (at < lines.length && lines[at].startsWith(' '.repeat(indent + 2)));
    at--;
  }
  return (told.length > 0 ? told : lines.slice(-40)).join('\n');
}

function describe(kind, path) {
  const print = 'console.log(JSON.stringify(process.versions))';
  const args = kind === 'deno' ? ['eval', print] : ['-e', print];
  const versions = JSON.parse(execFileSync(path, args, { encoding: 'utf8' }));
  const engine = kind === 'bun' ? `JavaScriptCore ${versions.webkit.slice(0, 8)}` : `V8 ${versions.v8}`;
  return { version: versions[kind], engine };
}

function table(rows) {
  const lines = [HEADINGS, ...rows.map(({ cells }) => cells)].map((cells) => cells.map(String));
  const widths = HEADINGS.map((_, column) => Math.max(...lines.map((cells) => cells[column].length)));
  const pad = (cell, column) => (column < 4 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]));
  return lines.map((cells) => cells.map(pad).join('  ')).join('\n');
}
