// The summary of a step, which GitHub shows on the page of the run. It is HTML, which is Markdown, too: only there is every text
// certain to be shown as it is.
'use strict';

const { readOptions } = require('../../shared/options.js');
const { exampleOf } = require('../failures.js');
const { webUrl } = require('../link.js');
const { escapeHtml } = require('../page/escape.js');
const { plural } = require('../../shared/plural.js');
const { cut, plainLine, plainText } = require('../text.js');

/** GitHub refuses the whole summary of a step that is larger. */
const MAX_BYTES = 1_048_576;
const OPTIONS = { maxBytes: { type: 'integer', min: 1024, max: MAX_BYTES, default: MAX_BYTES } };

/** What keeps the summary readable, long before `maxBytes`. */
const MAX_GROUPS = 200;
const MAX_NAMES = 10;
const NAME_UNITS = 300;
const TEXT_UNITS = 8192;

/** For the end of a section whose entries do not all fit. */
const END_BYTES = 100;

/** @typedef {import('../../recorder/run-report.js').RunReport} RunReport */

/**
 * @param {RunReport} report
 * @param {import('./index.d.ts').StepSummaryOptions} [options]
 * @returns {string} Markdown
 */
function formatStepSummary(report, options) {
  let { maxBytes: left } = readOptions(options, OPTIONS, 'formatStepSummary');
  let summary = '';
  for (const { begin, entries, end } of sections(report)) {
    const section = fitting(begin, entries, end, left);
    summary += section;
    left -= Buffer.byteLength(section);
  }
  return summary;
}

/** Each section with what comes before, between and after its entries. The first matter most: what does not fit is left out. */
function sections(report) {
  return [
    { begin: headline(report), entries: notes(report), end: '\n' },
    { begin: `<h3>Unknown failures</h3>\n\n`, entries: report.unknown.map((group) => unknownGroup(group, report)), end: '' },
    {
      begin: `<h3>Known failures</h3>\n\n<table>\n<tr><th>Issue</th><th>Tests</th><th></th></tr>\n`,
      entries: report.issues.map((issue) => knownIssue(issue, report)),
      end: '</table>\n\n',
    },
    { begin: '<h3>Unfinished tests</h3>\n\n<ul>\n', entries: unfinished(report), end: '</ul>\n\n' },
  ].filter(({ entries }, index) => index === 0 || entries.length > 0);
}

function fitting(begin, entries, end, maxBytes) {
  let left = maxBytes - Buffer.byteLength(begin + end) - END_BYTES;
  if (left < 0) return '';
  let section = begin;
  for (const [index, entry] of entries.entries()) {
    left -= Buffer.byteLength(entry);
    if (left < 0 || index === MAX_GROUPS) return `${section}${end}<p>… and ${entries.length - index} more</p>\n\n`;
    section += entry;
  }
  return section + end;
}

function headline({ title, counts, status }) {
  const name = title === '' ? 'Tests' : html(title);
  const parts = [
    [counts.failed, 'unknown'],
    [counts.broken, 'known'],
    [counts.unfinished, 'unfinished'],
    [counts.passed, 'passed'],
    [counts.skipped, 'skipped'],
    [counts.flaky, 'flaky'],
  ].filter(([count, word]) => count > 0 || word === 'passed');
  const words = parts.map(([count, word], index) => (index === 0 ? `<b>${count} ${word}</b>` : `${count} ${word}`));
  return `<h2>${status === 'passed' ? '✅' : '❌'} ${name}</h2>\n\n<p>${words.join(', ')}</p>\n`;
}

/** What the reader has to know of the list. */
function notes({ rules: { state, reason, rejected, active, total } }) {
  const why = reason === null ? '' : `: ${html(reason)}`;
  const lines = [];
  if (state === 'none' && reason !== null) lines.push(`No list of known failures was in force${why}`);
  if (state === 'stale') lines.push(`The list of known failures is an earlier one${why}`);
  if (rejected.length > 0) lines.push(`${plural(rejected.length, 'rule')} of the list refused; ${active} of ${total} in force`);
  return lines.map((line) => `<p>⚠️ ${line}</p>\n`);
}

/** A failure that can be unfolded. The text begins a line of its own, or Markdown would be read in it. */
function unknownGroup(group, { tests }) {
  const { tests: indexes } = group;
  const first = tests[indexes[0]];
  const more = indexes.length > 1 ? ` and ${plural(indexes.length - 1, 'more test')}` : '';
  const text = cut(plainText(exampleOf(group, tests)?.text || 'It failed without an error.'), TEXT_UNITS);
  const others = indexes.length > 1 ? `<ul>\n${nameList(indexes.slice(1), tests)}</ul>\n\n` : '';
  return `<details><summary><b>${html(first.name)}</b>${more}</summary>\n\n<pre>${escapeHtml(text)}</pre>\n\n${others}</details>\n\n`;
}

function knownIssue({ issue, url, tests: indexes }, { tests }) {
  const link = webUrl(url);
  const name = link === null ? html(issue) : `<a href="${escapeHtml(link)}">${html(issue)}</a>`;
  const names = `<details><summary>${html(tests[indexes[0]].name)}</summary><ul>${nameList(indexes, tests, '')}</ul></details>`;
  return `<tr><td>${name}</td><td>${indexes.length}</td><td>${names}</td></tr>\n`;
}

function unfinished({ tests }) {
  return tests.filter(({ status }) => status === 'unfinished').map(({ name }) => `<li>${html(name)}</li>\n`);
}

function nameList(indexes, tests, lineBreak = '\n') {
  const items = indexes.slice(0, MAX_NAMES).map((index) => `<li>${html(tests[index].name)}</li>${lineBreak}`);
  if (indexes.length > MAX_NAMES) items.push(`<li>and ${indexes.length - MAX_NAMES} more</li>${lineBreak}`);
  return items.join('');
}

/** On one line: an empty line ends a block of HTML in Markdown. */
const html = (text) => escapeHtml(cut(plainLine(text), NAME_UNITS));

module.exports = { formatStepSummary, MAX_BYTES };
