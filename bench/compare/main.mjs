// Is this checkout faster, smaller or slower than another one?
//
//   npm run bench -- compare --before ../other-checkout
//
// Both take turns, every figure in fresh processes, the order changing from round to round: what else the machine does meets both. The
// programs and the data are this checkout's; of each side come the engine's program and the addon. Nothing passes or fails here: a ratio
// says little unless half of the rounds lie on one side of 1.

import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { command, flag, integer, someOf, text, UsageError } from '../../scripts/lib/command.mjs';
import { digits, median, quantile } from '../../scripts/lib/figures.mjs';
import { cleanUp, root } from '../harness/lists.mjs';
import { describeMachine, inWords } from '../harness/machine.mjs';
import { printTable, printWrapped } from '../harness/table.mjs';
import { PROBES } from './probes.mjs';
import { openSide } from './side.mjs';

const USAGE = `usage: npm run bench -- compare --before FOLDER [options]
  --before FOLDER  the other checkout, built (npm run build)
  --only LIST      of ${Object.keys(PROBES).join(', ')} (default: all)
  --rounds N       how often the two take turns (default 7)
  --seconds N      of a storm (default 8)
  --quick          little of everything: to see that it runs
  --json FILE      writes { figures: { [name]: { unit, before: [...], after: [...] } } }`;

const OPTIONS = {
  before: text(null),
  only: someOf(Object.keys(PROBES)),
  rounds: integer(undefined),
  seconds: integer(undefined),
  quick: flag(),
  json: text(null),
};

/** @param {string[]} args */
export const run = (args) => command({ usage: USAGE, options: OPTIONS, args }, (given) => compare(given).finally(cleanUp));

async function compare({ before, only, quick, json, rounds = quick ? 1 : 7, seconds = quick ? 3 : 8 }) {
  if (!before) throw new UsageError(`--before is needed\n\n${USAGE}`);
  const engine = only.includes('engine') || only.includes('workloads');
  const sides = { before: openSide(resolve(before), { engine }), after: openSide(root, { engine }) };
  printWrapped(inWords(describeMachine()));
  const figures = {};
  for (const name of only) {
    const probe = PROBES[name]({ quick, seconds });
    for (let round = 0; round < rounds; round++) {
      const order = round % 2 ? ['after', 'before'] : ['before', 'after'];
      for (const side of order) {
        for (const [figure, { value, unit }] of Object.entries(await probe(sides[side]))) {
          figures[figure] ??= { unit, before: [], after: [] };
          figures[figure][side].push(value);
        }
      }
      console.log(`${name}: round ${round + 1} of ${rounds}`);
    }
  }
  report(figures);
  if (json) writeFileSync(json, `${JSON.stringify({ figures }, null, 1)}\n`);
  return 0;
}

function report(figures) {
  const rows = Object.entries(figures).map(([figure, { unit, before, after }]) => {
    const ratios = before.map((value, round) => after[round] / value).filter(Number.isFinite);
    const of = (values) => `${digits(median(values))} ${unit}`;
    const three = (value) => value.toFixed(3);
    const spread = ratios.length ? `${three(quantile(ratios, 0.25))} to ${three(quantile(ratios, 0.75))}` : '–';
    return [figure, of(before), of(after), ratios.length ? three(median(ratios)) : '–', spread];
  });
  console.log();
  printTable(
    [['figure', 'before', 'after', 'after/before', 'half of the rounds'], ...rows],
    ['start', 'end', 'end', 'end', 'end'],
  );
}
