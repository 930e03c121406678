// The statistics as tables.
'use strict';

const { number } = require('../progress.js');
const { ruleName } = require('../rules-file.js');
const { formatTable } = require('../table.js');

/** Rows of a table; JSON has all. */
const MAX_ROWS = 50;

const right = /** @type {const} */ ('right');
const cut = /** @type {const} */ ('cut');

/**
 * @param {import('./statistics.js').Statistics} statistics
 * @param {ReturnType<typeof import('../terminal.js').terminalOf>} terminal
 */
function statisticsText({ runs, window, issues, rules, unused }, terminal) {
  const { style } = terminal;
  const dates = day(runs.first) === day(runs.last) ? day(runs.first) : `${day(runs.first)} to ${day(runs.last)}`;
  const headline = `${plural(runs.count, 'run')}, ${dates}: ${number(runs.broken)} known and ${number(runs.failed)} unknown failures in ${number(runs.tests)} tests\n`;
  const blocks = [style('bold', headline)];
  if (issues.length > 0) blocks.push(issuesTable(issues, window, terminal));
  if (rules.length > 0) blocks.push(rulesTable(rules, terminal));
  blocks.push(unusedTable(unused, window, terminal));
  return blocks.join('\n');
}

function issuesTable(issues, { trendRuns }, terminal) {
  const columns = [
    { title: 'Issue', overflow: cut },
    { title: 'Tests', align: right },
    { title: 'Runs', align: right },
    { title: 'Last seen' },
    ...(trendRuns === 0 ? [] : [{ title: 'Tests per run' }]),
  ];
  const rows = issues.map(({ issue, tests, runs, lastSeen, trend, grows }) => [
    issue,
    number(tests),
    number(runs),
    day(lastSeen),
    ...(trend === null ? [] : [`${rounded(trend.earlier)} → ${rounded(trend.recent)}${grows ? ' ▲' : ''}`]),
  ]);
  const trend =
    trendRuns === 0
      ? ''
      : `▲ grows: more tests per run in the last ${plural(trendRuns, 'run')} than in the ${trendRuns} before\n`;
  return limited(rows, columns, terminal) + terminal.style('dim', trend);
}

function rulesTable(rules, terminal) {
  const columns = [
    { title: 'Rule', overflow: cut },
    { title: 'Failures', align: right },
    { title: 'Runs', align: right },
    { title: 'Last seen' },
  ];
  const rows = rules.map((rule) => [ruleName(rule), number(rule.failures), number(rule.runs), day(rule.lastSeen)]);
  return limited(rows, columns, terminal);
}

function unusedTable(unused, window, terminal) {
  const where = window.runs === 1 ? 'the last run' : `the last ${window.runs} runs`;
  if (unused.length === 0) return `Every rule matched in ${where}\n`;
  const hasPlaces = unused.some(({ place }) => place !== null);
  const columns = [
    { title: `Not matched in ${where}`, overflow: cut },
    ...(hasPlaces ? [{ title: 'Place', overflow: cut }] : []),
    { title: 'Last seen' },
  ];
  const rows = unused.map((rule) => [
    ruleName(rule),
    ...(hasPlaces ? [rule.place] : []),
    rule.lastSeen === null ? 'never' : day(rule.lastSeen),
  ]);
  return limited(rows, columns, terminal);
}

function limited(rows, columns, { width }) {
  const table = formatTable(rows.slice(0, MAX_ROWS), { columns, width });
  return rows.length > MAX_ROWS ? `${table}… and ${number(rows.length - MAX_ROWS)} more; --json has all\n` : table;
}

const day = (time) => time.slice(0, 10);
const rounded = (value) => (Number.isInteger(value) || value >= 100 ? `${Math.round(value)}` : value.toFixed(1));
const plural = (count, word) => `${number(count)} ${word}${count === 1 ? '' : 's'}`;

module.exports = { statisticsText };
