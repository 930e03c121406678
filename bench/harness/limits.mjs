// A table of figures with their limits, for a terminal and for a page.

import { markdownTable, printTable } from './table.mjs';

/**
 * @typedef {object} Row
 * @property {string} figure
 * @property {number | null} value null: not measured
 * @property {number} limit
 * @property {boolean} [atLeast] the limit is a lower one
 * @property {string} [unit] with a space before it
 */

/** @returns {boolean | null} null: not measured */
export const passes = ({ value, limit, atLeast }) => (value === null ? null : atLeast ? value >= limit : value <= limit);

const digits = (value) => (value >= 1000 ? Math.round(value).toLocaleString('en') : Number(value.toPrecision(3)).toString());

const HEAD = ['figure', 'measured', 'limit', 'verdict'];

function cellsOf(row) {
  const { figure, value, limit, atLeast, unit = '' } = row;
  const bound = limit === 0 ? '0' : `${atLeast ? '≥' : '≤'} ${digits(limit)}${unit}`;
  const verdict = { true: 'pass', false: 'FAIL', null: 'not measured' }[String(passes(row))];
  return [figure, value === null ? '–' : `${digits(value)}${unit}`, bound, verdict];
}

/** @param {Row[]} rows */
export const printLimits = (rows) => printTable([HEAD, ...rows.map(cellsOf)], ['start', 'end', 'end', 'start']);

/** In Markdown. @param {Row[]} rows */
export const limitsTable = (rows) => markdownTable([HEAD, ...rows.map(cellsOf)], ['start', 'end', 'end', 'start']);
