// What does one text cost in CPU time on lists that nobody tuned this engine for, against Vectorscan and the JavaScript loop?
//
//   npm run bench -- workloads --only logs,crawlers --profile plain --seeds 1
//
// Every workload of data/workloads/, in two profiles, each with several seeds. The worst and the median over all of them count, not the
// mean. Exit code 1: an answer of this addon is another one than the JavaScript loop's.

import { writeFileSync } from 'node:fs';
import { command, flag, integer, someOf, text } from '../../scripts/lib/command.mjs';
import { digits, ns } from '../../scripts/lib/figures.mjs';
import { WORKLOADS } from '../data/workloads/index.mjs';
import { cleanUp } from '../harness/lists.mjs';
import { describeMachine, inWords } from '../harness/machine.mjs';
import { buildEngine, buildVectorscan } from '../harness/peers.mjs';
import { printTable, printWrapped } from '../harness/table.mjs';
import { measureWorkload, PEERS } from './measure.mjs';
import { ownDisagreements, summarize } from './summary.mjs';

const PROFILES = ['plain', 'typical'];
const FULL = { seeds: '1,2,3', texts: 2000, rounds: 9, 'slice-ms': 60, 'judge-ms': 3000 };
const QUICK = { seeds: '1', texts: 400, rounds: 3, 'slice-ms': 30, 'judge-ms': 500 };

const USAGE = `usage: npm run bench -- workloads [options]
  --only LIST       of ${[...WORKLOADS.keys()].join(', ')} (default: all)
  --profile LIST    of ${PROFILES.join(', ')} (default: both)
  --seeds A,B,C     of lists and texts (default ${FULL.seeds})
  --peers LIST      of ${PEERS.join(', ')} (default: all); without javascript no answer is compared
  --texts N         texts of a list (default ${FULL.texts})
  --rounds N        how often the peers take turns (default ${FULL.rounds})
  --slice-ms N      CPU time of a peer in a round (default ${FULL['slice-ms']})
  --judge-ms N      how long the JavaScript loop may judge a list (default ${FULL['judge-ms']})
  --quick           one seed, little of everything
  --json FILE       writes the results`;

const OPTIONS = {
  only: someOf([...WORKLOADS.keys()]),
  profile: someOf(PROFILES),
  seeds: text(undefined),
  peers: someOf(PEERS),
  texts: integer(undefined),
  rounds: integer(undefined),
  'slice-ms': integer(undefined),
  'judge-ms': integer(undefined),
  quick: flag(),
  json: text(null),
};

/** @param {string[]} args */
export const run = (args) => command({ usage: USAGE, options: OPTIONS, args }, (given) => main(given).finally(cleanUp));

async function main({ only, profile, peers, quick, json, ...given }) {
  const value = (key) => given[key] ?? (quick ? QUICK : FULL)[key];
  const settings = {
    workloads: only,
    profiles: profile,
    seeds: value('seeds').split(','),
    peers,
    texts: value('texts'),
    rounds: value('rounds'),
    sliceMs: value('slice-ms'),
    judgeMs: value('judge-ms'),
  };
  printWrapped(inWords(describeMachine()));
  const results = await measureAll(settings);
  const summary = summarize(results);
  printSummary(summary);
  if (json) writeFileSync(json, `${JSON.stringify({ results, summary }, null, 1)}\n`);
  return ownDisagreements(results) > 0 ? 1 : 0;
}

/** @param {import('./measure.mjs').Settings & { workloads: string[], profiles: string[], seeds: string[] }} settings */
export async function measureAll(settings) {
  const programs = {
    engine: buildEngine('classify'),
    vectorscan: settings.peers.includes('vectorscan') ? buildVectorscan() : null,
  };
  const results = [];
  console.log(line(HEAD));
  for (const profile of settings.profiles) {
    for (const workload of settings.workloads) {
      for (const seed of settings.seeds) {
        const result = await measureWorkload({ workload, profile, seed }, programs, settings);
        console.log(line(cellsOf(result)));
        results.push(result);
      }
    }
  }
  return results;
}

const HEAD = [
  'list',
  'bytes',
  'engine',
  'c.All',
  'Vectorscan',
  'JS loop',
  'eng/Vs',
  'cA/Vs',
  'JS/cA',
  'ns/byte',
  'load',
  'refused',
  'disagree',
];
const WIDTHS = [22, 6, 8, 8, 10, 8, 6, 6, 7, 7, 7, 7, 0];
const line = (cells) =>
  cells.map((cell, i) => (i === 0 || i === WIDTHS.length - 1 ? cell.padEnd(WIDTHS[i]) : cell.padStart(WIDTHS[i]))).join(' ');

function cellsOf({ workload, profile, seed, textBytes, ns: by, loadMs, refused, figures, judged, disagreements }) {
  const wrong = Object.entries(disagreements).filter(([, count]) => count > 0);
  return [
    `${workload} ${profile} ${seed}`,
    digits(textBytes),
    ...PEERS.map((name) => ns(by[name])),
    digits(figures.engineToVectorscan),
    digits(figures.classifyAllToVectorscan),
    digits(figures.javascriptToClassifyAll),
    digits(figures.nsPerByte),
    loadMs === null ? '–' : ns(loadMs * 1e6),
    digits(refused),
    `${wrong.map(([name, count]) => `${name} ${count}`).join(', ') || 0} of ${judged}`,
  ];
}

function printSummary(summary) {
  console.log();
  printTable(
    [
      ['figure', 'median', 'worst', 'on'],
      ...summary.map(({ figure, median, worst, on }) => [figure, digits(median), digits(worst), on]),
    ],
    ['start', 'end', 'end', 'start'],
  );
}
