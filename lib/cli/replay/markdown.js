// The outcome of a replay for a pull request. It is HTML, which is Markdown, too: only there is every text certain to be shown as it
// is. Each text is on one line, because an empty line ends a block of HTML.
'use strict';

const { escapeHtml } = require('../../outputs/page/escape.js');
const { cut, plainLine } = require('../../outputs/text.js');
const { number } = require('../progress.js');
const { changedOf, KINDS } = require('./outcome.js');
const { difference, headline, MAX_CHANGES, MAX_ISSUES, notes, placesOf, rulesOf, WORDS } = require('./words.js');

const TEXT_UNITS = 200;
/** GitHub refuses a comment that is longer than 65,536 characters. */
const MAX_UNITS = 60_000;

/** @param {import('./outcome.js').Outcome} outcome */
function outcomeMarkdown(outcome) {
  const { counts } = outcome;
  const isChanged = changedOf(counts) > 0;
  const rows = [
    ...KINDS.filter((kind) => counts[kind] > 0).map((kind) => [WORDS[kind].title, counts[kind]]),
    ['Unchanged', counts.unchanged],
  ];
  const begin = [
    `<h3>${isChanged ? '🔎' : '✅'} ${html(headline(counts))}</h3>\n\n`,
    isChanged
      ? table(
          ['', 'Failures'],
          rows.map(([title, count]) => [title, number(count)]),
        )
      : '',
    ...notes(counts).map((note) => `<p>${html(note)}</p>\n\n`),
  ].join('');
  const parts = [...KINDS.flatMap((kind) => kindParts(kind, outcome)), ...issuesPart(outcome)];
  return fitting(begin, parts);
}

/** Parts until there is no more room. */
function fitting(begin, parts) {
  let text = begin;
  for (const [index, part] of parts.entries()) {
    if (text.length + part.length > MAX_UNITS)
      return `${text}<p>… and ${parts.length - index} more groups, which --json has</p>\n`;
    text += part;
  }
  return text;
}

/** A part for each pair of rules, to be unfolded for its samples. */
function kindParts(kind, { changes }) {
  const own = changes.filter((change) => change.kind === kind);
  if (own.length === 0) return [];
  const { title, meaning } = WORDS[kind];
  const parts = own.slice(0, MAX_CHANGES).map((change) => {
    const samples = change.samples.map(
      ({ test, text, source }) => `<li>${html(test)}<br><code>${html(text)}</code><br><sub>${html(source)}</sub></li>\n`,
    );
    const summary = `<b>${number(change.failures)}</b> ${html(rulesOf(change))} <sub>${html(placesOf(change))}</sub>`;
    return `<details><summary>${summary}</summary>\n<ul>\n${samples.join('')}</ul>\n</details>\n\n`;
  });
  parts[0] = `<h4>${title}: ${meaning}</h4>\n\n${parts[0]}`;
  if (own.length > MAX_CHANGES) parts.push(`<p>… and ${number(own.length - MAX_CHANGES)} more</p>\n\n`);
  return parts;
}

function issuesPart({ issues }) {
  if (issues.length === 0) return [];
  const rows = issues
    .slice(0, MAX_ISSUES)
    .map((issue) => [html(issue.issue), number(issue.before), number(issue.after), difference(issue)]);
  const more = issues.length > MAX_ISSUES ? `<p>… and ${number(issues.length - MAX_ISSUES)} more issues</p>\n\n` : '';
  return [`<h4>Issues</h4>\n\n${table(['Issue', 'Before', 'After', ''], rows)}${more}`];
}

/** @param {string[]} header @param {string[][]} rows of HTML; all columns but the first are numbers */
function table(header, rows) {
  const line = (cells, tag) =>
    `<tr>${cells.map((cell, column) => `<${tag}${column > 0 ? ' align="right"' : ''}>${cell}</${tag}>`).join('')}</tr>\n`;
  return `<table>\n${line(header, 'th')}${rows.map((row) => line(row, 'td')).join('')}</table>\n\n`;
}

const html = (text) => escapeHtml(cut(plainLine(text), TEXT_UNITS));

module.exports = { outcomeMarkdown };
