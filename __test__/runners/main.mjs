// `npm run test:runners`: the same failures in real runners, each judged in the runner's own hook, and a table of what was recognised.
// Fails if a failure is not recognised although its text reaches the hook, or is recognised as another.
//
// Then the examples of the adapters run against the real runners. `-- mocha`, names of examples: only those. `-- --all`: also those that
// CI does not run.
//
// With `--record` it writes what the hooks got to `shapes/recorded/`, which `npm test` replays without the runners. With
// `KNOWN_FAILURES=/path/of/index.js` another build of the package judges.

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { testExamples } from './examples/main.mjs';
import { hooks, runs } from './hooks.mjs';
import { binOf, installRunners, versionOf } from './install.mjs';
import recorder from './record.cjs';
import { writeRecordings } from './recordings.mjs';
import { shapes } from './shapes/index.mjs';
import { judgeHook, table } from './table.mjs';

const RUN_TIMEOUT_MS = 180_000;

const temporary = mkdtempSync(join(tmpdir(), 'known-failures-runners-'));
const RECORDS = join(temporary, 'records.jsonl');

/** Runs a runner to its end, whatever its exit code; gives what it wrote. */
function run(command, args, env) {
  const child = spawn(binOf(command), args, {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    shell: process.platform === 'win32',
    env: { ...process.env, FORCE_COLOR: '1', RECORDS, ...env },
    timeout: RUN_TIMEOUT_MS,
  });
  return new Promise((resolve, reject) => {
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.once('error', reject).once('close', () => resolve(output));
  });
}

const recorded = () => (existsSync(RECORDS) ? readFileSync(RECORDS, 'utf8').trimEnd().split('\n') : []);

/** The records of all runners, by hook. */
async function recordsOfRunners() {
  for (const [command, args, env] of runs) {
    const before = recorded().length;
    const output = await run(command, args, env);
    if (recorded().length === before) throw new Error(`${command} ${args.join(' ')} has recorded no failure:\n${output}`);
  }
  const byHook = new Map(hooks.map(({ hook }) => [hook, []]));
  for (const record of recorded().map((text) => JSON.parse(text))) byHook.get(record.hook).push(record);
  return byHook;
}

async function recordsOfShape({ hook, failures }) {
  const records = [];
  for (const [title, test, error] of failures) records.push(await recorder.judge(hook, test, error, title));
  return records;
}

async function testHooks() {
  const trouble = installRunners();
  if (trouble !== null) return [trouble];
  const byHook = await recordsOfRunners();
  const judged = hooks.map((hook) => [{ ...hook, version: versionOf(hook.package) }, judgeHook(hook, byHook.get(hook.hook))]);
  const replayed = [];
  for (const shape of shapes) replayed.push([shape, judgeHook(shape, await recordsOfShape(shape))]);
  console.log(table(judged, replayed));
  if (process.argv.includes('--record')) writeRecordings(byHook);
  return [...judged, ...replayed].flatMap(([, { faults }]) => faults);
}

const args = process.argv.slice(2);
const hasNames = args.some((arg) => !arg.startsWith('-'));

try {
  const faults = hasNames ? [] : await testHooks();
  if (!args.includes('--record')) faults.push(...(await testExamples(args)));
  for (const fault of faults) console.error(fault);
  process.exitCode = faults.length === 0 ? 0 : 1;
} finally {
  rmSync(temporary, { recursive: true });
}
