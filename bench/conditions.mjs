// What do `also` and `unless` in a fifth of a list's rules cost per error? At most a tenth more.
//
//   npm run bench -- conditions
//
// Both lists take turns in one process: CPU time of all threads for a `classifyAll` of all texts. The answers must be the same, for the
// conditions are such that the rules' own failures meet them.

import { command, integer, text } from '../scripts/lib/command.mjs';
import { median } from '../scripts/lib/figures.mjs';
import { generateErrors, generateRules, toJson, withConditions } from './data/index.mjs';
import { addon } from './harness/package.mjs';

const { classifyAll, loadRules } = addon;
const LIMIT = 1.1;
const EVERY = 5;

const USAGE = `usage: npm run bench -- conditions [options]
  --seed S     of list and texts (default 1)
  --texts N    (default 2000)
  --rounds N   how often the lists take turns (default 15)
  --passes N   over all texts in a round (default 10)`;

const OPTIONS = { seed: text('1'), texts: integer(2000), rounds: integer(15), passes: integer(10) };

export const run = (args) => command({ usage: USAGE, options: OPTIONS, names: [], args }, main);

/** CPU microseconds per error. */
async function measure(items, passes) {
  const before = process.cpuUsage();
  for (let pass = 0; pass < passes; pass++) await classifyAll(items);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / passes / items.length;
}

async function main({ seed, texts, rounds, passes }) {
  let worst = 0;
  for (const profile of ['plain', 'typical']) {
    const list = generateRules({ seed, profile, bytes: 300_000 });
    const items = generateErrors(list, { count: texts }).map(({ test, error }) => ({ test, error }));
    const lists = [toJson(list), toJson(withConditions(list, EVERY))];
    const [without, withThem, loads] = [[], [], [[], []]];
    let [same, reports] = [0, []];
    for (let round = 0; round < rounds; round++) {
      const figures = [0, 0];
      const answers = [];
      for (const at of round % 2 ? [1, 0] : [0, 1]) {
        reports[at] = await loadRules(lists[at]);
        loads[at].push(reports[at].durationMs);
        answers[at] = await classifyAll(items);
        figures[at] = await measure(items, passes);
      }
      without.push(figures[0]);
      withThem.push(figures[1]);
      same = answers[0].filter(({ rule }, n) => rule === answers[1][n].rule).length;
    }
    const ratio = median(withThem.map((value, round) => value / without[round]));
    worst = Math.max(worst, ratio);
    const us = (values) => `${median(values).toFixed(2)} µs`;
    console.log(`${profile}: ${reports[1].active} rules, ${texts} errors, ${same} answers the same`);
    console.log(`  per error ${us(without)} without, ${us(withThem)} with conditions: ${ratio.toFixed(3)} times`);
    console.log(`  a load ${median(loads[0]).toFixed(1)} ms without, ${median(loads[1]).toFixed(1)} ms with them`);
  }
  console.log(`at most ${LIMIT} times: ${worst <= LIMIT ? 'yes' : 'no'}`);
  return worst <= LIMIT ? 0 : 1;
}
