// The outcome of a replay for a terminal.
'use strict';

const { number } = require('../progress.js');
const { formatTable } = require('../table.js');
const { changedOf, KINDS } = require('./outcome.js');
const { difference, headline, MAX_CHANGES, MAX_ISSUES, notes, placesOf, rulesOf, WORDS } = require('./words.js');

/**
 * @param {import('./outcome.js').Outcome} outcome
 * @param {ReturnType<typeof import('../terminal.js').terminalOf>} terminal
 */
function outcomeText(outcome, terminal) {
  const { counts } = outcome;
  const isChanged = changedOf(counts) > 0;
  const blocks = [
    `${terminal.style('bold', headline(counts))}\n${isChanged ? summary(counts, terminal) : ''}${notes(counts)
      .map((note) => `  ${note}\n`)
      .join('')}`,
    ...KINDS.filter((kind) => counts[kind] > 0).map((kind) => kindText(kind, outcome, terminal)),
    issuesText(outcome, terminal),
  ];
  return blocks.filter((block) => block !== '').join('\n');
}

function summary(counts, { width, style }) {
  const rows = KINDS.filter((kind) => counts[kind] > 0).map((kind) => [
    number(counts[kind]),
    WORDS[kind].title,
    WORDS[kind].meaning,
  ]);
  rows.push([number(counts.unchanged), 'Unchanged', '']);
  const columns = [{ align: /** @type {const} */ ('right') }, {}, { overflow: /** @type {const} */ ('cut'), style: dim(style) }];
  return formatTable(rows, { columns, width, indent: 2 });
}

/** A line for each pair of rules, and below it its samples. */
function kindText(kind, { changes }, { width, style }) {
  const own = changes.filter((change) => change.kind === kind);
  const shown = own.slice(0, MAX_CHANGES);
  const counts = shown.map(({ failures }) => number(failures));
  const digits = Math.max(...counts.map(({ length }) => length));
  const lines = shown.flatMap((change, index) => [
    formatTable([[counts[index].padStart(digits), rulesOf(change), placesOf(change)]], {
      columns: [{}, { overflow: 'cut' }, { overflow: 'cut', style: dim(style) }],
      width,
      indent: 2,
    }),
    formatTable(
      change.samples.map(({ test, text, source }) => [test === '' ? text : `${test}: ${text}`, source]),
      { columns: [{ overflow: 'cut' }, { overflow: 'cut', style: dim(style) }], width, indent: digits + 6 },
    ),
  ]);
  const more = own.length > MAX_CHANGES ? `  … and ${number(own.length - MAX_CHANGES)} more; --json has all\n` : '';
  return `${style('bold', style(WORDS[kind].color, WORDS[kind].title))}\n${lines.join('')}${more}`;
}

function issuesText({ issues }, { width }) {
  if (issues.length === 0) return '';
  const right = /** @type {const} */ ('right');
  const columns = [
    { title: 'Issue', overflow: /** @type {const} */ ('cut') },
    { title: 'Before', align: right },
    { title: 'After', align: right },
    { title: '', align: right },
  ];
  const rows = issues
    .slice(0, MAX_ISSUES)
    .map((issue) => [issue.issue, number(issue.before), number(issue.after), difference(issue)]);
  const more = issues.length > MAX_ISSUES ? `… and ${number(issues.length - MAX_ISSUES)} more issues; --json has all\n` : '';
  return `${formatTable(rows, { columns, width })}${more}`;
}

const dim = (style) => (text) => style('dim', text);

module.exports = { outcomeText };
