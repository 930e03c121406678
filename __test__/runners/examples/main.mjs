// Runs the examples against the real runners, checks their reports, and prints a table.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { installIn, versionIn } from '../install.mjs';
import { countsOf, faultsOf } from './check.mjs';
import { examples } from './index.mjs';
import { modulesOf, runExample } from './run.mjs';
import { testTrouble, troubles } from './trouble.mjs';

const HEAD = ['example', 'version', 'run', 'failures', 'known', 'by the loop', 'fetches', 'lines', 'shows in'];
const WIDTHS = [13, 10, 14, 9, 6, 12, 8, 6];

const line = (cells) => cells.map((cell, index) => `${cell}`.padEnd(WIDTHS[index] ?? 0)).join(' ');

/** Lines of the configuration that say something. */
function linesOf({ name, config }) {
  const path = fileURLToPath(new URL(`../../../examples/${name}/${config}`, import.meta.url));
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((text) => text.trim() !== '' && !text.trim().startsWith('//')).length;
}

/**
 * @param {string[]} args names of examples; `--all`: all of them. By default those that CI runs
 * @returns {Promise<string[]>} what is wrong
 */
export async function testExamples(args) {
  const names = args.filter((arg) => !arg.startsWith('-'));
  const strange = names.filter((name) => !examples.some((example) => example.name === name));
  if (strange.length > 0)
    return [`There is no example ${strange.join(', ')}: there are ${examples.map(({ name }) => name).join(', ')}`];
  const chosen =
    names.length > 0 ? (example) => names.includes(example.name) : (example) => args.includes('--all') || example.inCi;
  const faults = [];
  console.log(`\nThe examples, against the real runners.\n\n${line(HEAD)}`);
  for (const example of examples.filter(chosen)) faults.push(...(await testExample(example)));
  return faults;
}

async function testExample(example) {
  const missing = example.missing?.() ?? null;
  if (missing !== null) {
    console.log(`${example.name}: not run. ${missing}`);
    return [];
  }
  const trouble = installIn(modulesOf(example));
  if (trouble !== null) return [trouble];
  const faults = [];
  const version = versionIn(modulesOf(example), example.package);
  for (const run of example.runs) {
    const found = await runExample(example, run, undefined, async (ran) => {
      const { failures, known, byTheLoop } = ran.report === null ? {} : countsOf(ran.report);
      const cells = [failures, known, byTheLoop, ran.fetches, linesOf(example), example.shows];
      console.log(line([example.name, version, run.label, ...cells]));
      return faultsOf(example, run, ran);
    });
    faults.push(...found.map((fault) => `${example.name}, ${run.label}: ${fault}`));
  }
  for (const trouble of troubles) {
    const found = await testTrouble(example, trouble);
    if (found === null) continue;
    console.log(`${' '.repeat(25)}the list's API ${trouble.label}: ${found.length === 0 ? 'the run went on' : 'WRONG'}`);
    faults.push(...found.map((fault) => `${example.name}, ${trouble.label}: ${fault}`));
  }
  return faults;
}
