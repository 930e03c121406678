// Failures classified on a Spark cluster of two workers by PySpark's `rdd.pipe` over `known-failures classify`, and the answers compared
// with those of one process.
//
//   npm run demo:spark -- --failures 100000

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateErrors, generateRules, toJson } from '../../bench/data/index.mjs';
import { command, integer } from '../../scripts/lib/command.mjs';
import { startCluster } from './cluster.mjs';
import { installSpark, requirePrograms } from './install.mjs';

const PROGRAM = fileURLToPath(new URL('../../lib/cli/main.js', import.meta.url));
const REPLAY = fileURLToPath(new URL('replay.py', import.meta.url));
const WORKERS = 2;
/** Different failures; more are these again. */
const DIFFERENT = 5000;

const USAGE = `usage: npm run demo:spark -- [options]
  --failures N   (default 100000)`;

async function main({ failures: count }) {
  requirePrograms();
  const { python, sparkHome } = installSpark();
  const folder = mkdtempSync(join(tmpdir(), 'known-failures-spark-'));
  let cluster;
  try {
    const rules = join(folder, 'rules.json');
    const failures = join(folder, 'failures.jsonl');
    const active = writeData({ rules, failures, count });
    cluster = await startCluster({ sparkHome, folder, workers: WORKERS });
    console.log(`${count} failures, ${active} rules; Spark on ${cluster.master} with ${WORKERS} workers`);

    const classify = [process.execPath, PROGRAM, 'classify', rules];
    const one = join(folder, 'one-process.jsonl');
    const seconds = await runOne([...classify, failures], one);
    console.log(`  one process: ${seconds.toFixed(1)} s, ${rate(count, seconds)}`);

    const verdicts = join(folder, 'verdicts');
    const shell = classify.map((part) => `'${part.replaceAll("'", `'"'"'`)}'`).join(' ');
    const env = { ...process.env, SPARK_HOME: sparkHome, SPARK_LOCAL_IP: '127.0.0.1', PYSPARK_PYTHON: python };
    const said = await run(python, [REPLAY, cluster.master, failures, verdicts, shell], env);
    console.log(`  Spark: ${said.seconds} s, ${rate(count, said.seconds)}, ${said.executors} executors`);
    return compare(one, verdicts, count);
  } finally {
    await cluster?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const rate = (count, seconds) => `${Math.round(count / seconds)} a second`;

function writeData({ rules, failures, count }) {
  const list = generateRules({ seed: '1', profile: 'typical', rules: 3500 });
  writeFileSync(rules, toJson(list));
  const lines = generateErrors(list, { count: Math.min(count, DIFFERENT) }).map(
    ({ test, error }) => `${JSON.stringify({ test, error })}\n`,
  );
  const file = openSync(failures, 'w');
  for (let done = 0; done < count; done += lines.length) writeSync(file, lines.slice(0, count - done).join(''));
  closeSync(file);
  return list.rules.length;
}

async function runOne([program, ...args], output) {
  const file = openSync(output, 'w');
  const startedAt = performance.now();
  const child = spawn(program, args, { stdio: ['ignore', file, 'inherit'] });
  const [status] = await once(child, 'exit');
  closeSync(file);
  if (status !== 0) throw new Error(`classify ended with ${status}`);
  return (performance.now() - startedAt) / 1000;
}

async function run(program, args, env) {
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const text = child.stdout.setEncoding('utf8').toArray();
  const [status] = await once(child, 'close');
  if (status !== 0) throw new Error(`the job ended with ${status}`);
  return JSON.parse((await text).join('').trim().split('\n').at(-1));
}

/** Spark writes a file for each partition, named in their order. */
function compare(one, verdicts, count) {
  const parts = readdirSync(verdicts).filter((name) => name.startsWith('part-'));
  const fromSpark = Buffer.concat(parts.sort().map((name) => readFileSync(join(verdicts, name))));
  const expected = readFileSync(one);
  const lines = expected.toString('latin1').split('\n').length - 1;
  const isSame = lines === count && fromSpark.equals(expected);
  console.log(
    `  ${lines} verdicts in ${parts.length} partitions, ${isSame ? 'the same' : 'NOT the same'} as those of one process`,
  );
  return isSame ? 0 : 1;
}

await command({ usage: USAGE, options: { failures: integer(100_000) }, names: [], args: process.argv.slice(2) }, main);
