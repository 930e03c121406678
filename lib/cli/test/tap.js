// Outcomes of examples as TAP version 14: https://testanything.org/tap-version-14-specification.html
'use strict';

const { ruleName } = require('../rules-file.js');
const { printable } = require('../terminal.js');

/**
 * @param {import('./examples.js').Outcome[]} outcomes
 * @param {import('../rules-file.js').RulesFile} file
 */
function tap(outcomes, file) {
  const lines = ['TAP version 14', `1..${outcomes.length}`];
  for (const [at, outcome] of outcomes.entries()) {
    const { index, kind, number, ok, skipped, reason, takenBy, test, error } = outcome;
    const title = `${ruleName(file.rules[index])} ${kind} ${number + 1}`;
    lines.push(`${ok ? 'ok' : 'not ok'} ${at + 1} - ${escaped(title)}${skipped === null ? '' : ` # SKIP ${escaped(skipped)}`}`);
    if (ok) continue;
    const about = { at: file.placeOf(index), reason, ...(takenBy !== null && { takenBy: file.placeOf(takenBy) }), test, error };
    // a JSON string is a YAML string
    lines.push('  ---', ...Object.entries(about).map(([key, value]) => `  ${key}: ${JSON.stringify(value)}`), '  ...');
  }
  return `${lines.join('\n')}\n`;
}

const escaped = (text) => printable(text.replace(/\s+/g, ' ')).replace(/[\\#]/g, '\\$&');

module.exports = { tap };
