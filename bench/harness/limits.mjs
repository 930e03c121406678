// A table of figures with their limits, for a terminal and for a page.

import { markdownTable, printTable } from './table.mjs';

/**
 * @typedef {object} Row
 * @property {string} figure
 * @property {number | null} value null: not measured
 * @property {number | null} limit null: none
 * @property {boolean} [atLeast] the limit is a lower one
 * @property {string} [unit] with a space before it
 * @property {string} [on] what the value is from
 */

/** @returns {boolean | null} null: not measured, or without a limit */
export const passes = ({ value, limit, atLeast }) =>
  value === null || limit === null ? null : atLeast ? value >= limit : value <= limit;

const digits = (value) => (value >= 1000 ? Math.round(value).toLocaleString('en') : Number(value.toPrecision(3)).toString());

const HEAD = ['figure', 'measured', 'limit', 'verdict'];
/** @type {import('./table.mjs').Alignment[]} */
const ALIGN = ['start', 'end', 'end', 'start', 'start'];

function cellsOf(row) {
  const { figure, value, limit, atLeast, unit = '' } = row;
  const bound = limit === null ? '–' : limit === 0 ? '0' : `${atLeast ? '≥' : '≤'} ${digits(limit)}${unit}`;
  const verdict = value === null ? 'not measured' : { true: 'pass', false: 'FAIL', null: '' }[String(passes(row))];
  return [figure, value === null ? '–' : `${digits(value)}${unit}`, bound, verdict];
}

/** With a column for `on` if some row has it. @param {Row[]} rows */
function linesOf(rows) {
  const lines = [HEAD, ...rows.map(cellsOf)];
  if (!rows.some(({ on }) => on)) return lines;
  return lines.map((line, i) => [...line, i === 0 ? 'on' : (rows[i - 1].on ?? '')]);
}

/** @param {Row[]} rows */
export const printLimits = (rows) => printTable(linesOf(rows), ALIGN);

/** In Markdown. @param {Row[]} rows */
export function limitsTable(rows) {
  const lines = linesOf(rows);
  return markdownTable(lines, ALIGN.slice(0, lines[0].length));
}
