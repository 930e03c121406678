// The summary of a run for a console: unknown failures first and in full, known ones by issue, then what is wrong with the list.
'use strict';

const process = require('node:process');
const { stripVTControlCharacters } = require('node:util');
const { decidingFailures } = require('./groups.js');
const { readOptions } = require('../shared/options.js');
const { plural } = require('../shared/plural.js');
const { cutToWidth, widthOf, wrap } = require('./columns.js');

/** Frames up to this length are not broken: nobody could open or search for the file. */
const MAX_FRAME_UNITS = 300;

/**
 * @typedef {import('./run-report.d.ts').RunReport} RunReport
 * @typedef {ReturnType<typeof painter>} Paint
 */

const OPTIONS = {
  stream: { type: 'object' },
  width: { type: 'integer', min: 40, max: 10_000 },
  color: { type: 'boolean' },
  maxGroups: { type: 'integer', min: 1, default: 20 },
  maxTests: { type: 'integer', min: 1, default: 10 },
  maxLines: { type: 'integer', min: 1, default: 20 },
};

/**
 * @param {RunReport} report
 * @param {import('./index.d.ts').SummaryOptions} [options]
 * @returns {string} lines that each end with a line break
 */
function formatSummary(report, options) {
  const read = readOptions(options, OPTIONS, 'formatSummary');
  const stream = read.stream ?? process.stdout;
  const paint = painter(read.color ?? (Boolean(stream.isTTY) && !process.env.NO_COLOR && process.env.TERM !== 'dumb'));
  const limits = { ...read, width: read.width ?? Math.max(40, (stream.isTTY && stream.columns) || 100) };
  const sections = [
    headline(report, paint, limits),
    unknownFailures(report, paint, limits),
    knownFailures(report, paint, limits),
    unfinished(report, paint, limits),
    rules(report, paint, limits),
    warnings(report, paint, limits),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function headline({ title, counts }, paint, { width }) {
  const plain = (text) => text;
  const parts = [
    [paint.red, counts.failed, 'unknown'],
    [paint.yellow, counts.broken, 'known'],
    [paint.red, counts.unfinished, 'unfinished'],
    [paint.green, counts.passed, 'passed'],
    [plain, counts.skipped, 'skipped'],
    [plain, counts.flaky, 'flaky'],
  ].filter(([, count, word]) => count > 0 || word === 'passed');
  const name = cutToWidth(title === '' ? 'Known failures' : `Known failures: ${clean(title)}`, width);
  const lines = [paint.bold(name)];
  let column = widthOf(name);
  for (const [index, [colour, count, word]] of parts.entries()) {
    const text = `${count} ${word}`;
    const separator = index === 0 ? '  ' : ', ';
    column += separator.length + text.length;
    if (column <= width) {
      lines[lines.length - 1] += separator + colour(text);
    } else {
      lines.push(`  ${colour(text)}`);
      column = 2 + text.length;
    }
  }
  return lines;
}

/** Every group in full: the error of its first test, and its tests. */
function unknownFailures({ unknown, tests, counts }, paint, limits) {
  if (unknown.length === 0) return [];
  const lines = [
    paint.red(paint.bold(`Unknown: ${plural(counts.failed, 'test')}, ${plural(unknown.length, 'kind')} of failure`)),
  ];
  for (const [index, group] of unknown.slice(0, limits.maxGroups).entries()) {
    const first = tests[group.tests[0]];
    const failure = decidingFailures(first).find(({ signature }) => signature === group.signature);
    lines.push('', ...testLines(group, tests, `${index + 1}. `, paint, limits));
    lines.push(...errorLines(failure, limits));
  }
  return lines.concat(moreOf(unknown.length - limits.maxGroups, 'kind', ' of failure', paint));
}

function testLines(group, tests, number, paint, { width, maxTests }) {
  const indent = ' '.repeat(number.length);
  const lines = group.tests.slice(0, maxTests).map((index, position) => {
    const { name, file, kind } = tests[index];
    const label = kind === 'test' ? '' : `[${kind}] `;
    const place = file === null || file === name ? '' : `  ${clean(file)}`;
    const text = cutToWidth(`${position === 0 ? number : indent}${label}${clean(name)}${place}`, width);
    return position === 0 ? paint.bold(text) : text;
  });
  return lines.concat(moreOf(group.tests.length - maxTests, 'test', '', paint, indent));
}

function errorLines(failure, { width, maxLines }) {
  if (failure === undefined || failure.text === '') return [`     ${explained(failure)}`];
  const indent = '     ';
  const lines = [];
  for (const line of failure.text.split(/\r\n|[\n\r]/)) {
    const text = clean(line);
    lines.push(...(isFrame(text) ? [text] : wrap(text, width - indent.length)));
    if (lines.length > maxLines) break;
  }
  const shown = lines.slice(0, maxLines).map((line) => (line === '' ? '' : indent + line));
  if (lines.length > maxLines || failure.cut) shown.push(`${indent}…`);
  return shown;
}

const isFrame = (line) => line.length <= MAX_FRAME_UNITS && /^\s+at \S/.test(line);

/** Why a failure without a text is unknown. */
function explained(failure) {
  return failure?.reason === 'no-error' ? 'It failed without an error.' : 'Its error has no text.';
}

function knownFailures({ issues, counts }, paint, limits) {
  if (issues.length === 0) return [];
  const lines = [paint.yellow(paint.bold(`Known: ${plural(counts.broken, 'test')}, ${plural(issues.length, 'issue')}`))];
  const digits = Math.max(...issues.map(({ tests }) => `${tests.length}`.length));
  for (const { issue, url, tests } of issues.slice(0, limits.maxGroups)) {
    const count = `  ${`${tests.length}`.padStart(digits)}  `;
    const name = cutToWidth(clean(issue), limits.width - count.length);
    // a link is never cut: nobody could follow it
    const isOneLine = url !== null && count.length + name.length + 2 + url.length <= limits.width;
    lines.push(isOneLine ? `${count}${name}  ${paint.cyan(clean(url))}` : `${count}${name}`);
    if (url !== null && !isOneLine) lines.push(`${' '.repeat(count.length)}${paint.cyan(clean(url))}`);
  }
  return lines.concat(moreOf(issues.length - limits.maxGroups, 'issue', '', paint));
}

function unfinished({ tests, counts }, paint, limits) {
  if (counts.unfinished === 0) return [];
  const names = tests.filter(({ status }) => status === 'unfinished').map(({ name }) => name);
  const lines = [paint.red(paint.bold(`Unfinished: ${plural(names.length, 'test')}`))];
  for (const name of names.slice(0, limits.maxTests)) lines.push(cutToWidth(`  ${clean(name)}`, limits.width));
  return lines.concat(moreOf(names.length - limits.maxTests, 'test', '', paint));
}

/** What its authors have to know of the list. */
/** Whether the lines about the list say it: why it is old or missing, and which rules were rejected. */
function isTold(warning, { reason, rejected }) {
  if (reason !== null && warning.startsWith(reason)) return true;
  return rejected.length > 0 && warning.includes('that are refused and not in force') && warning.includes(rejected[0].message);
}

function rules({ rules: list, counts }, paint, limits) {
  const { state, reason, confirmedAt, total, active, rejected, warnings: doubtful } = list;
  const why = reason === null ? '' : `: ${clean(reason)}`;
  const failed = counts.failed + counts.broken;
  if (state === 'none') {
    if (failed === 0 && reason === null) return [];
    const advice = reason === null && list.source === null ? ': the option `rules` names one' : why;
    return wrap(`No list of known failures was in force${advice}`, limits.width).map(paint.yellow);
  }
  const inForce = `Rules: ${active} of ${total} in force${list.version === null ? '' : `, version ${list.version}`}`;
  const lines = [cutToWidth(inForce, limits.width)];
  if (state === 'stale') {
    const since = confirmedAt === null ? '' : ` of ${confirmedAt}`;
    lines.push(...wrap(`  The list is an earlier one${since}${why}`, limits.width).map(paint.yellow));
  }
  lines.push(...notes(rejected, 'rejected', paint, limits));
  return lines.concat(notes(doubtful, 'doubtful', paint, limits));
}

function notes(given, word, paint, { width, maxTests }) {
  if (given.length === 0) return [];
  const lines = [paint.yellow(`  ${plural(given.length, 'rule')} ${word}:`)];
  for (const { index, id, issue, field, message, offset } of given.slice(0, maxTests)) {
    const place = offset === null ? '' : ` at ${offset}`;
    const who = [`rule ${index}`, id !== null && `(${clean(id)})`].filter(Boolean).join(' ');
    const text = `${who}, ${issue === null ? 'without an issue' : clean(issue)}: ${field}${place}: ${clean(message)}`;
    lines.push(...wrap(text, width - 4).map((line) => `    ${line}`));
  }
  return lines.concat(moreOf(given.length - maxTests, 'rule', '', paint, '    '));
}

function warnings({ warnings: all, rules: list }, paint, { width, maxTests }) {
  const given = all.filter((warning) => !isTold(warning, list));
  if (given.length === 0) return [];
  const lines = [paint.yellow(paint.bold(plural(given.length, 'warning')))];
  for (const warning of given.slice(0, maxTests)) {
    for (const line of warning.split('\n')) lines.push(...wrap(clean(line), width - 2).map((part) => `  ${part}`));
  }
  return lines.concat(moreOf(given.length - maxTests, 'warning', '', paint));
}

function moreOf(count, word, suffix, paint, indent = '  ') {
  return count > 0 ? [paint.dim(`${indent}and ${count} more ${word}${count === 1 ? '' : 's'}${suffix}`)] : [];
}

/** A line that does nothing to a terminal: an error's text may have control characters. */
function clean(text) {
  let cleaned = '';
  for (const unit of stripVTControlCharacters(text)) {
    const code = unit.codePointAt(0);
    const isControl = code < 0x20 || (code >= 0x7f && code <= 0x9f);
    // those that write from the right to the left, and change the order of what is shown
    const isBidi = (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
    if (!isControl && !isBidi) cleaned += unit;
    else cleaned += code === 0x09 ? '  ' : code === 0x0a || code === 0x0d ? ' ' : '�';
  }
  return cleaned;
}

/** Paints texts, or leaves them as they are. */
function painter(isColoured) {
  const paint = (open, close) => (text) => (isColoured ? `\u001b[${open}m${text}\u001b[${close}m` : text);
  return {
    bold: paint(1, 22),
    dim: paint(2, 22),
    red: paint(31, 39),
    green: paint(32, 39),
    yellow: paint(33, 39),
    cyan: paint(36, 39),
  };
}

module.exports = { formatSummary };
