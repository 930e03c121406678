// What is suggested, for a terminal.
'use strict';

const { number } = require('../progress.js');
const { formatTable } = require('../table.js');

/**
 * @param {{ failures: number, known: number, withoutError: number, groups: number, proposals: import('./proposals.js').Proposal[] }} result
 * @param {ReturnType<typeof import('../terminal.js').terminalOf>} terminal
 */
function suggestionsText({ failures, known, withoutError, groups, proposals }, terminal) {
  const unknown = failures - known;
  const without = withoutError === 0 ? '' : `, ${number(withoutError)} without an error`;
  const head = `${number(unknown)} of ${number(failures)} failures are unknown, in ${number(groups)} groups${without}\n`;
  if (proposals.length === 0) return head;
  const columns = [
    { title: 'Failures', align: 'right' },
    { title: 'Matched', align: 'right' },
    { title: 'Others', align: 'right' },
    { title: 'Rule', style: (text) => terminal.style('cyan', text) },
    { title: 'Pattern', overflow: 'wrap' },
  ];
  const rows = proposals.map(({ failures: count, matches, rule }) => [
    number(count),
    number(matches.group),
    number(matches.others),
    rule.issue,
    `/${rule.error}/${rule.flags ?? ''}`,
  ]);
  const exact = proposals.filter(({ failures: count, matches }) => matches.group === count && matches.others === 0).length;
  const foot = `${number(exact)} of ${number(proposals.length)} rules match all of their group and nothing else\n`;
  return `${head}\n${formatTable(rows, { columns, width: terminal.width })}\n${foot}`;
}

module.exports = { suggestionsText };
