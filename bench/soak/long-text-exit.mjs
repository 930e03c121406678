// How long does `process.exit` take with one call on a text of 50 or 200 MB at work, compared with a process that has the same
// text and no call? A call gives its thread back after some 8 ms, whatever is done with its text at the moment.
//
//   node bench/soak/long-text-exit.mjs [--addon FILE]... [--rounds N] [--quick]
//
// Several addons (index.js files, this one's by default) are measured in turns.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const own = fileURLToPath(new URL('../../index.js', import.meta.url));

/** Rules with literals, of which none is in the texts. */
const literals = Array.from({ length: 1000 }, (_, n) => ({ issue: `L-${n}`, error: `Session ${n} not created: .*` }));
/** Rules that no literal can be looked for, and that match none of the texts. */
const noLiterals = ['\\d[a-f]{3}\\d', '[^\\n]\\d{9}$', '[a-z]\\d[A-Z]\\d'].map((error, n) => ({ issue: `N-${n}`, error }));
const lookarounds = ['(?<=\\d)[b-f]+(?=\\d)', '[a-f](?!\\w)(?<!at )\\d', '(?=[b-q]{9})[a-z]+\\d'].map((error, n) => ({
  issue: `A-${n}`,
  error,
}));
/** Too much for backtracking, so that an automaton takes over. */
const automaton = [{ issue: 'S-0', error: 'at (?:[a-z]+ ?)+(?:[a-z.]+:?)+[0-9]+#' }];

/** What a text is made of: an expression in `bytes`, its length. */
const line = JSON.stringify('    at Object.click (file.js:12:7) of some text\n');
const texts = {
  ascii: `${line}.repeat(bytes / 48)`,
  'not ASCII': `(${line} + 'é ü\\n').repeat(bytes / 53)`,
  coloured: `(${line} + '\\x1b[31mred\\x1b[39m').repeat(bytes / 61)`,
  'coloured at its end': `${line}.repeat(bytes / 48) + '\\x1b[31mred\\x1b[39m'`,
  'an endless control string': `'\\x1b]0;' + 'title '.repeat(bytes / 6)`,
};

/** @type {Record<string, { text: string, rules: object[] }>} */
export const cases = {
  ASCII: { text: texts.ascii, rules: literals },
  'not ASCII': { text: texts['not ASCII'], rules: literals },
  'ANSI all over': { text: texts.coloured, rules: literals },
  'ANSI at the end': { text: texts['coloured at its end'], rules: literals },
  'an ANSI string without an end': { text: texts['an endless control string'], rules: literals },
  'rules without literals': { text: texts.ascii, rules: noLiterals },
  'rules without literals, not ASCII': { text: texts['not ASCII'], rules: noLiterals },
  lookarounds: { text: texts.ascii, rules: lookarounds },
  'an automaton': { text: texts.ascii, rules: automaton },
};

const source = ({ text, rules }, addon, bytes, isBusy) => `
  import { writeSync } from 'node:fs';
  import addon from ${JSON.stringify(pathToFileURL(addon).href)};
  const { classify, loadRules, queueSize } = addon;
  await loadRules(${JSON.stringify(rules)});
  await classify('', 'a short one');
  const bytes = ${bytes};
  const text = Buffer.from(${text}).toString();
  if (${isBusy}) classify('', text);
  await new Promise((resolve) => setTimeout(resolve, ${WAIT_MS}));
  writeSync(1, JSON.stringify({ begun: performance.timeOrigin + performance.now(), busy: queueSize() }));
  process.exit(0);`;

/** Until a call that was made is at work. */
const WAIT_MS = 5;

/**
 * Ends a process.
 * @returns {Promise<{ ms: number, busy: boolean }>} how long the end took, and whether a call was at work then
 */
async function exit(name, addon, bytes, isBusy) {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', source(cases[name], addon, bytes, isBusy)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let [output, ended] = ['', 0];
  child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
  child.once('exit', () => (ended = performance.timeOrigin + performance.now()));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${name}: ended with ${code}`);
  const { begun, busy } = JSON.parse(output);
  return { ms: ended - begun, busy: busy > 0 };
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];

/**
 * Every case with every size, addon by addon in turns.
 * @param {{ addons?: string[], megabytes?: number[], rounds?: number, only?: string[] }} [options]
 * @returns {Promise<{ name: string, megabytes: number, idle: number, ends: { median: number, longest: number, busy: number }[] }[]>}
 *   milliseconds; `busy`: in how many rounds the call was still at work at the end
 */
export async function longTextExits({ addons = [own], megabytes = [50, 200], rounds = 5, only = Object.keys(cases) } = {}) {
  const rows = [];
  for (const size of megabytes) {
    for (const name of only) {
      const bytes = size * 1e6;
      const idle = [];
      const ends = addons.map(() => []);
      for (let round = 0; round < rounds; round++) {
        idle.push((await exit(name, addons[0], bytes, false)).ms);
        for (const [at, addon] of addons.entries()) ends[at].push(await exit(name, addon, bytes, true));
      }
      const summary = (all) => ({
        median: median(all.map(({ ms }) => ms)),
        longest: Math.max(...all.map(({ ms }) => ms)),
        busy: all.filter(({ busy }) => busy).length,
      });
      rows.push({ name, megabytes: size, idle: median(idle), ends: ends.map(summary) });
    }
  }
  return rows;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      addon: { type: 'string', multiple: true },
      rounds: { type: 'string', default: '5' },
      megabytes: { type: 'string', multiple: true },
      only: { type: 'string', multiple: true },
    },
  });
  const { addon: addons, rounds, megabytes, only } = values;
  const rows = await longTextExits({ addons, rounds: Number(rounds), megabytes: megabytes?.map(Number), only });
  const ms = (number) => number.toFixed(0).padStart(5);
  console.log('process.exit, ms: median (longest) of all rounds; [rounds in which the call was at work]\n');
  for (const { name, megabytes, idle, ends } of rows) {
    const each = ends.map(({ median, longest, busy }) => `${ms(median)} (${ms(longest)}) [${busy}]`);
    console.log(`${`${megabytes} MB, ${name}`.padEnd(44)} idle ${ms(idle)}   at work ${each.join('   ')}`);
  }
}
