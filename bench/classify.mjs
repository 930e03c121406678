// How many failures of 2 KB a second does the command `classify` answer? At least 100,000.
//
//   npm run bench -- classify
//
// The program is spawned as any language would spawn it. It gets the failures from a file, and from a pipe that `cat` fills; its answers
// are read and compared with those of `classifyAll` in this process. The time is from the first answer to the last: starting Node and
// loading the list are not in it.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { command, integer, text } from '../scripts/lib/command.mjs';
import { generateErrors, generateRules, toJson } from './data/index.mjs';
import { addon } from './harness/package.mjs';

const PROGRAM = fileURLToPath(new URL('../lib/cli/main.js', import.meta.url));
const LIMIT = 100_000;

const USAGE = `usage: npm run bench -- classify [options]
  --seed S     of list and texts (default 1)
  --texts N    different failures (default 2000)
  --passes N   over all of them (default 200)`;

const OPTIONS = { seed: text('1'), texts: integer(2000), passes: integer(200) };

export const run = (args) => command({ usage: USAGE, options: OPTIONS, names: [], args }, main);

async function main({ seed, texts, passes }) {
  const folder = mkdtempSync(join(tmpdir(), 'known-failures-bench-'));
  try {
    let slowest = Infinity;
    for (const profile of ['plain', 'typical']) {
      const list = generateRules({ seed, profile, bytes: 300_000 });
      const items = generateErrors(list, { count: texts, logs: 0 }).map(({ test, error }) => ({ test, error }));
      const rules = join(folder, 'rules.json');
      const failures = join(folder, 'failures.jsonl');
      writeFileSync(rules, toJson(list));
      const bytes = writeFailures(failures, items, passes);
      await addon.loadRules(toJson(list));
      const expected = (await addon.classifyAll(items)).map(({ rule }) => rule);
      console.log(`${profile}: ${texts * passes} failures, ${Math.round(bytes / texts)} bytes each`);
      for (const input of ['file', 'pipe']) {
        const { perSecond, wrong, peakMb } = await measure({ rules, failures, input, expected });
        slowest = Math.min(slowest, perSecond);
        const rate = Math.round(perSecond).toLocaleString('en-US');
        console.log(`  from a ${input}: ${rate} a second, ${wrong} wrong answers, peak ${peakMb} MB`);
        if (wrong > 0) return 1;
      }
    }
    console.log(`at least ${LIMIT.toLocaleString('en-US')} a second: ${slowest >= LIMIT ? 'yes' : 'no'}`);
    return slowest >= LIMIT ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function writeFailures(path, items, passes) {
  const pass = Buffer.from(items.map((item) => `${JSON.stringify(item)}\n`).join(''));
  const file = openSync(path, 'w');
  for (let n = 0; n < passes; n++) writeSync(file, pass);
  closeSync(file);
  return pass.length;
}

async function measure({ rules, failures, input, expected }) {
  const cat = input === 'pipe' ? spawn('cat', [failures], { stdio: ['ignore', 'pipe', 'inherit'] }) : null;
  const stdin = cat ? cat.stdout : 'ignore';
  const args = [PROGRAM, 'classify', rules, ...(cat ? [] : [failures])];
  // the program says its own peak when it ends: nobody else can ask for it everywhere
  const peak = 'process.on("exit", () => process.stderr.write(String(process.resourceUsage().maxRSS)))';
  const flags = ['--import', `data:text/javascript,${encodeURIComponent(peak)}`];
  const child = spawn(process.execPath, [...flags, ...args], { stdio: [stdin, 'pipe', 'pipe'] });
  let first = 0;
  let last = 0;
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (said) => {
    stderr += said;
  });
  const answers = [];
  child.stdout.on('data', (chunk) => {
    last = performance.now();
    first ||= last;
    answers.push(chunk);
  });
  const [status] = await once(child, 'close');
  if (status !== 0) throw new Error(`classify ended with ${status}: ${stderr}`);
  const { lines, wrong } = compare(answers, expected);
  return { perSecond: lines / ((last - first) / 1000), wrong, peakMb: Math.round(Number(stderr) / 1024) };
}

/** Answers are compared after the measurement, which they would slow down. */
function compare(chunks, expected) {
  let [lines, wrong, rest] = [0, 0, ''];
  for (const chunk of chunks) {
    const parts = (rest + chunk.toString('latin1')).split('\n');
    rest = parts.pop();
    for (const part of parts) if (JSON.parse(part).rule !== expected[lines++ % expected.length]) wrong++;
  }
  return { lines, wrong };
}
