// How long does a process or a worker take to end with 10,000 calls in flight or during a load, and does it end as it should?
//
// One ending is one child process.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { quantile } from '../../scripts/lib/figures.mjs';

const addon = new URL('../../index.js', import.meta.url).href;

/** Rules that take minutes, so every call stays in flight: with a back-reference a pattern has no linear time. */
const inFlight = `
  import { classify, classifyAll, loadRules } from ${JSON.stringify(addon)};
  await loadRules(Array.from({ length: 200 }, (_, n) => ({ issue: 'S-' + n, error: '([xy])[^]*\\\\1{' + (n + 2) + '}' })));
  const text = 'xy'.repeat(1000);
  const { signal } = new AbortController();
  for (let n = 0; n < 9000; n++) classify('test ' + n, text + n).catch(() => {});
  for (let n = 0; n < 900; n++) classify('test ' + n, text + n, { signal }).catch(() => {});
  classifyAll(Array.from({ length: 100 }, (_, n) => ({ test: 'test ' + n, error: text + n }))).catch(() => {});
  // some of them are at work when the end comes
  await new Promise((resolve) => setTimeout(resolve, 20));`;

/** A list that takes a second. */
const inLoad = `
  import { loadRules } from ${JSON.stringify(addon)};
  const list = Array.from({ length: 30_000 }, (_, n) => ({ issue: 'S-' + n, error: 'boom ' + n + ' (?:[a-z]+|\\\\d{1,3})+ end' }));
  loadRules(JSON.stringify(list));
  await new Promise((resolve) => setTimeout(resolve, 20));`;

const now = 'performance.timeOrigin + performance.now()';
/** Tells the time right before the end. Synchronous: a process that exits may lose what it writes to a pipe. */
const say = `import { writeSync } from 'node:fs'; const mark = () => writeSync(1, JSON.stringify({ started: ${now} }) + '\\n');`;

const inWorker = (busy, then) => `
  ${say}
  import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
  const source = ${JSON.stringify(`import { parentPort } from 'node:worker_threads';${busy}; parentPort.postMessage('in flight');`)};
  const worker = new Worker(new URL('data:text/javascript,' + encodeURIComponent(source)));
  worker.on('error', (error) => { console.error(error); process.exit(99); });
  await once(worker, 'message');
  const exit = once(worker, 'exit');
  mark();
  worker.terminate();
  const [code] = await exit;
  writeSync(1, JSON.stringify({ ended: ${now}, code }) + '\\n');
  const { classify, loadRules } = await import(${JSON.stringify(addon)});
  ${then}`;

/** The process goes on, and the addon works. */
const nextVerdict = `
  await loadRules([{ issue: 'A', error: 'boom' }]);
  if ((await classify('', 'boom')).issue !== 'A') throw new Error('no verdict after the end of a worker');`;
/** Rules belong to the process: a load goes on although the only thread that had the addon has ended. */
const rulesOfWorker = `
  const late = performance.now() + 20_000;
  while ((await classify('', 'boom 7 a end')).issue !== 'S-7')
    if (performance.now() > late) throw new Error('the load of the worker has come to nothing');`;

/** What ends the process, and its code or signal. `worker`: the exit code of the worker that is terminated. */
export const endings = {
  'process.exit with 10,000 calls in flight': { source: `${say}${inFlight}; mark(); process.exit(7);`, code: 7 },
  'uncaught exception with 10,000 calls in flight': {
    source: `${say}${inFlight}; mark(); throw new Error('expected');`,
    code: 1,
    stderr: /expected/,
  },
  'SIGTERM with 10,000 calls in flight': {
    source: `${say}${inFlight}; mark(); process.kill(process.pid, 'SIGTERM'); setInterval(() => {}, 1000);`,
    signal: 'SIGTERM',
  },
  'worker.terminate with 10,000 calls in flight': { source: inWorker(inFlight, nextVerdict), code: 0, worker: 1 },
  'process.exit in a load': { source: `${say}${inLoad}; mark(); process.exit(7);`, code: 7 },
  'worker.terminate in a load': { source: inWorker(inLoad, rulesOfWorker), code: 0, worker: 1 },
};

/**
 * Ends one process.
 *
 * @param {keyof typeof endings} name
 * @returns {Promise<{ ms: number, wrong: string | null }>} how long the end took, and what was not as it should be
 */
export async function end(name) {
  const { source, code = null, signal = null, worker, stderr = /^$/ } = endings[name];
  const child = spawn(process.execPath, ['--input-type=module', '--eval', source], { stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr']) child[stream].setEncoding('utf8').on('data', (text) => (output[stream] += text));
  let ended = 0;
  child.once('exit', () => (ended = performance.timeOrigin + performance.now()));
  const [gotCode, gotSignal] = await once(child, 'close');
  const said = Object.assign({}, ...output.stdout.split('\n').flatMap((line) => (line ? JSON.parse(line) : [])));
  const wrong = [];
  if (gotCode !== code || gotSignal !== signal) wrong.push(`ended with ${gotCode ?? gotSignal}, not with ${code ?? signal}`);
  if (said.started === undefined) wrong.push('ended before it should');
  if (said.code !== worker) wrong.push(`the worker ended with ${said.code}, not with ${worker}`);
  if (!stderr.test(output.stderr)) wrong.push(`stderr: ${output.stderr}`);
  return { ms: (said.ended ?? ended) - said.started, wrong: wrong.join('; ') || null };
}

/** @type {import('./main.mjs').Scenario} */
export async function measure({ quick, times = quick ? 2 : 50, tell }) {
  const rows = [];
  for (const name of Object.keys(endings)) {
    const all = [];
    for (let round = 0; round < times; round++) {
      const { ms, wrong } = await end(name);
      if (wrong) throw new Error(`${name}: ${wrong}`);
      all.push(ms);
    }
    const at = (share) => `${quantile(all, share).toFixed(1)} ms`;
    tell(`${name}, ${times} times: p50 ${at(0.5)}, p99 ${at(0.99)}, max ${at(1)}`);
    rows.push({ figure: `${name}, longest of ${times}`, value: Math.max(...all), limit: 50, unit: ' ms' });
  }
  return rows;
}
