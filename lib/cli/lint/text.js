// Findings for people: one line each, in the form that editors and CI servers link, with the pattern and a caret under it.
'use strict';

const { excerpt } = require('../excerpt.js');
const { ruleName } = require('../rules-file.js');
const { printable } = require('../terminal.js');
const { LEVELS } = require('./finding.js');

/** @typedef {import('./finding.js').Finding} Finding */

const COLORS = { error: 'red', warning: 'yellow', info: 'blue' };
/** What many rules may have in common is one line. */
const TOGETHER = {
  LINT_NO_URL: (count) => `${count} rules have no \`url\``,
  LINT_NO_LITERAL: (count) => `${count} rules require nothing that could be looked for, and are matched against every error`,
};
const NAMES = 3;
/** Code units of a sample. */
const SAMPLE = 60;

/**
 * @param {Finding[]} findings
 * @param {import('../rules-file.js').RulesFile} file
 */
function findingsText(findings, file, terminal) {
  const grouped = Object.keys(TOGETHER).map((code) => findings.filter((one) => one.code === code));
  const together = grouped.filter(({ length }) => length > NAMES);
  const alone = findings.filter((one) => !together.some((group) => group.includes(one)));
  return [
    ...alone.map((one) => oneText(one, file, terminal)),
    ...together.map((group) => groupText(group, file, terminal)),
    `${printable(file.name)}: ${summary(findings)} in ${file.rules.length} rule${file.rules.length === 1 ? '' : 's'}\n`,
  ].join('');
}

function oneText({ index, level, code, field, message, pattern, offset, other, sample }, file, terminal) {
  const { style } = terminal;
  const about = field === null ? '' : `, ${field}`;
  const rule = file.rules[index];
  const head = `${printable(file.placeOf(index))}: ${style(COLORS[level], level)}: ${printable(ruleName(rule ?? {}))}${about}`;
  const lines = [`${head}: ${printable(message)} ${style('dim', `[${code}]`)}\n`];
  if (pattern !== null) lines.push(excerpt(pattern, { start: offset, end: offset }, { terminal, color: COLORS[level] }));
  if (other !== null) lines.push(printable(`    the other rule: ${ruleName(file.rules[other])}, ${file.placeOf(other)}\n`));
  if (sample !== null)
    lines.push(printable(`    for example ${JSON.stringify(sample.length > SAMPLE ? `${sample.slice(0, SAMPLE)}…` : sample)}\n`));
  return lines.join('');
}

function groupText(group, file, { style }) {
  const [{ code, level }] = group;
  const names = group.slice(0, NAMES).map(({ index }) => ruleName(file.rules[index]));
  const list = printable(`${names.join(', ')} and ${group.length - NAMES} more`);
  return `${printable(file.name)}: ${style(COLORS[level], level)}: ${TOGETHER[code](group.length)}: ${list} ${style('dim', `[${code}]`)}\n`;
}

/** `2 errors, 1 warning` */
function summary(findings) {
  const counts = LEVELS.map((level) => [findings.filter((one) => one.level === level).length, level === 'info' ? 'note' : level]);
  const words = counts.filter(([count]) => count > 0).map(([count, name]) => `${count} ${name}${count === 1 ? '' : 's'}`);
  return words.length === 0 ? 'no findings' : words.join(', ');
}

module.exports = { findingsText };
