// What does one text cost in CPU time on lists that nobody tuned this engine for, against Vectorscan and the JavaScript loop?
//
//   npm run bench -- workloads --only logs,crawlers --profile plain --seeds 1
//
// Every workload of data/workloads/, in two profiles, each with several seeds. The worst and the median over all of them count, not the
// mean. Exit code 1: an answer of this addon is another one than the JavaScript loop's.

import { writeFileSync } from 'node:fs';
import { command, flag, integer, someOf, text } from '../../scripts/lib/command.mjs';
import { WORKLOADS } from '../data/workloads/index.mjs';
import { cleanUp } from '../harness/lists.mjs';
import { describeMachine, inWords } from '../harness/machine.mjs';
import { printWrapped } from '../harness/table.mjs';
import { measureAll, measureAllGrowth, PROFILES, settingsOf } from './all.mjs';
import { PEERS } from './measure.mjs';
import { printSummary } from './print.mjs';
import { ownDisagreements, summarize } from './summary.mjs';

const USAGE = `usage: npm run bench -- workloads [options]
  --only LIST       of ${[...WORKLOADS.keys()].join(', ')} (default: all)
  --profile LIST    of ${PROFILES.join(', ')} (default: both)
  --seeds A,B,C     of lists and texts (default 1,2,3)
  --peers LIST      of ${PEERS.join(', ')} (default: all); without javascript no answer is compared
  --growth          instead of the peers: ten times the rules, ten times the text
  --texts N         texts of a list (default 2000)
  --rounds N        how often the peers take turns (default 9)
  --slice-ms N      CPU time of a peer in a round (default 60)
  --judge-ms N      how long the JavaScript loop may judge a list (default 2000)
  --quick           one seed, little of everything
  --json FILE       writes the results`;

const OPTIONS = {
  only: someOf([...WORKLOADS.keys()]),
  profile: someOf(PROFILES),
  seeds: text(undefined),
  peers: someOf(PEERS),
  growth: flag(),
  texts: integer(undefined),
  rounds: integer(undefined),
  'slice-ms': integer(undefined),
  'judge-ms': integer(undefined),
  quick: flag(),
  json: text(null),
};

/** @param {string[]} args */
export const run = (args) => command({ usage: USAGE, options: OPTIONS, args }, (given) => main(given).finally(cleanUp));

async function main({ only, profile, seeds, growth, json, 'slice-ms': sliceMs, 'judge-ms': judgeMs, ...given }) {
  const settings = settingsOf({ ...given, workloads: only, profiles: profile, seeds: seeds?.split(','), sliceMs, judgeMs });
  printWrapped(inWords(describeMachine()));
  const results = await (growth ? measureAllGrowth(settings) : measureAll(settings));
  const summary = summarize(results);
  printSummary(summary);
  if (json) writeFileSync(json, `${JSON.stringify({ results, summary }, null, 1)}\n`);
  return !growth && ownDisagreements(results) > 0 ? 1 : 0;
}
