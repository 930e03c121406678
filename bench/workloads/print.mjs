// The results of the workloads, for a terminal.

import { digits, ns } from '../../scripts/lib/figures.mjs';
import { printTable } from '../harness/table.mjs';
import { PEERS } from './measure.mjs';

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

export const printHead = () => console.log(line(HEAD));

/** @param {import('./measure.mjs').Result} result */
export const printResult = (result) => console.log(line(cellsOf(result)));

/** @param {import('./growth.mjs').Growth} growth */
export function printGrowth({ workload, profile, seed, figures }) {
  const { rulesTenfold, textTenfold } = figures;
  console.log(
    `${`${workload} ${profile} ${seed}`.padEnd(WIDTHS[0])} rules ×${digits(rulesTenfold)}, text ×${digits(textTenfold)}`,
  );
}

/** @param {import('./measure.mjs').Result} result */
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

/** @param {import('./summary.mjs').Summary[]} summary */
export function printSummary(summary) {
  console.log();
  printTable(
    [
      ['figure', 'median', 'worst', 'on'],
      ...summary.map(({ figure, median, worst, on }) => [figure, digits(median), digits(worst), on]),
    ],
    ['start', 'end', 'end', 'start'],
  );
}
