// An explanation for people.
'use strict';

const { excerpt } = require('../excerpt.js');
const { ruleName } = require('../rules-file.js');
const { printable } = require('../terminal.js');

/** Rules of a section that are shown; `--json` has all. */
const SHOWN = 20;

/**
 * @param {import('../../../index.js').Explanation} explanation
 * @param {import('../../../index.js').RuleExplanation[]} misses
 * @param {import('../rules-file.js').RulesFile} file
 */
function explanationText({ verdict, text, test, matches, outOfScope, rule }, misses, file, terminal) {
  const { style } = terminal;
  const heading = (title) => `\n${style('bold', title)}\n`;
  const name = (one) => `${printable(ruleName(one))}  ${style('dim', printable(file.placeOf(one.index)))}`;
  const withMatch = (color) => (one) => `  ${name(one)}\n${excerpt(text ?? '', one.match, { terminal, color })}`;
  const section = (title, items, show) => {
    if (items.length === 0) return '';
    const rest = items.length > SHOWN ? `  and ${items.length - SHOWN} more; --json has them\n` : '';
    return heading(title) + items.slice(0, SHOWN).map(show).join('') + rest;
  };
  const scope = (one) =>
    `${withMatch('yellow')(one)}    its test is ${printable(JSON.stringify(sourceOf(file.rules[one.index]?.test)))}\n`;
  const miss = (one) => `  ${name(one)}\n    ${printable(one.reason)}\n${condition(one, file)}`;
  const scopes = `Rules that match in another test than ${test === '' ? 'one without a name' : printable(JSON.stringify(test))}`;
  return [
    verdictLine(verdict, style),
    section('Rules that match, in list order', matches, withMatch('green')),
    section(scopes, outOfScope, scope),
    section('Rules that nearly match', misses, miss),
    rule === null ? '' : heading('The rule that you ask for') + asked(rule, verdict, file, name),
  ].join('');
}

function verdictLine({ status, issue, id, url, reason, undecided }, style) {
  const unsure = undecided.length > 0 ? `${undecided.length} rules gave no answer\n` : '';
  if (status === 'Failed') return `${style('bold', status)}: ${SENTENCES[reason]}\n${unsure}`;
  const link = url === null ? '' : `  ${printable(url)}`;
  return `${style('bold', status)}: ${printable(ruleName({ issue, id }))}${link}\n${unsure}`;
}

const SENTENCES = { 'no-match': 'no rule matches', 'no-error': 'there is no error', 'no-rules': 'no rule is in force' };

function asked(rule, verdict, file, name) {
  if (rule.index === null) return `  ${printable(rule.reason)}\n`;
  const isFirst = rule.missing === null && verdict.rule === rule.index;
  const reason =
    rule.missing !== null
      ? rule.reason
      : isFirst
        ? 'it matches, and gives the verdict'
        : 'it matches, but an earlier rule does, too';
  return `  ${name(rule)}\n    ${printable(reason)}\n${condition(rule, file)}`;
}

/** The pattern of `also` or `unless` that is at fault. */
function condition({ index, missing, condition: number }, { rules }) {
  if (number === null) return '';
  return `    ${missing}[${number}] is ${printable(JSON.stringify(sourceOf(rules[index][missing][number])))}\n`;
}

const sourceOf = (pattern) => pattern?.source ?? pattern;

module.exports = { explanationText };
