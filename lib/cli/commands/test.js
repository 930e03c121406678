// `known-failures test`: the examples of every rule against the whole list.
'use strict';

const { EXIT, UsageError } = require('../errors.js');
const { loadRulesFile, readRules, ruleName, RULES_OPERAND, RULES_OPTIONS } = require('../rules-file.js');
const { printable } = require('../terminal.js');
const { examplesOf, runExamples } = require('../test/examples.js');
const { tap } = require('../test/tap.js');

/** Code units of an example that a failure shows. */
const SHOWN = 60;

/** @type {import('../commands.js').Command} */
module.exports = {
  usage: 'test RULES',
  description:
    'Runs the examples of every rule against the whole list: a text of examples.match must be given to this very rule, and its rule must ' +
    'match none of examples.noMatch. Ends with 1 if an example fails.',
  operands: [RULES_OPERAND],
  options: {
    ...RULES_OPTIONS,
    tap: { type: 'boolean', description: 'Print TAP, a line for each example' },
  },
  examples: [
    ['known-failures test known-failures.json', 'Prints what fails, and how many examples there are.'],
    ['known-failures test known-failures.json --tap', 'For a program that reads TAP.'],
    ["known-failures test https://ci.example/rules.json --header 'authorization: Bearer …'", 'A list behind a token.'],
  ],
  run,
};

async function run({ values, positionals, io }) {
  if (positionals.length !== 1) throw new UsageError('which list? write known-failures test RULES');
  if (values.tap && values.json) throw new UsageError('--tap and --json both want standard output; choose one');
  const file = await readRules(positionals[0], values, io);
  const report = await loadRulesFile(file);
  const outcomes = await runExamples(examplesOf(file.rules), notInForceBy(file, report));
  const malformed = report.warnings.filter(({ code }) => code === 'WARN_EXAMPLES');
  const failed = outcomes.filter(({ ok }) => !ok);
  if (values.json) io.print(`${JSON.stringify(asJson(outcomes, malformed, file))}\n`);
  else if (values.tap) io.print(tap(outcomes, file));
  else io.print(text(outcomes, failed, file, io.terminal));
  if (!values.json) for (const { index, message } of malformed) io.warn(`${file.placeOf(index)}: ${message}`);
  return failed.length + malformed.length > 0 ? EXIT.findings : EXIT.ok;
}

/** A rule that was refused is not skipped: its examples fail, and say why. */
function notInForceBy({ rules }, { warnings }) {
  const expired = new Set(warnings.filter(({ code }) => code === 'WARN_EXPIRED').map(({ index }) => index));
  return (index) =>
    rules[index].enabled === false ? 'the rule is disabled' : expired.has(index) ? 'the rule has expired' : null;
}

function countsOf(outcomes) {
  const count = (wanted) => outcomes.filter(wanted).length;
  const skipped = count((one) => one.skipped !== null);
  const failed = count((one) => !one.ok);
  return { total: outcomes.length, passed: outcomes.length - failed - skipped, failed, skipped };
}

function asJson(outcomes, malformed, file) {
  const withExamples = new Set(outcomes.map(({ index }) => index)).size;
  return {
    list: file.name,
    rules: { total: file.rules.length, withExamples },
    examples: countsOf(outcomes),
    failures: outcomes.filter(({ ok }) => !ok).map(({ ok: _, skipped: __, ...one }) => ({ ...named(one.index, file), ...one })),
    malformed: malformed.map(({ index, message }) => ({ ...named(index, file), index, message })),
  };
}

function named(index, file) {
  const { id = null, issue = null } = file.rules[index] ?? {};
  return { id, issue, line: file.lineOf(index) };
}

function text(outcomes, failed, file, terminal) {
  const { total, passed, skipped } = countsOf(outcomes);
  const withExamples = new Set(outcomes.map(({ index }) => index)).size;
  const lines = failed.map((one) => failure(one, file, terminal));
  const counts = `${passed} of ${total} examples pass${skipped > 0 ? `, ${skipped} skipped` : ''}`;
  lines.push(`${printable(file.name)}: ${counts}; ${withExamples} of ${file.rules.length} rules have examples\n`);
  return lines.join('');
}

function failure({ index, kind, number, test, error, reason, takenBy }, file, { style }) {
  const title = printable(`${file.placeOf(index)}: ${ruleName(file.rules[index])}, ${kind} ${number + 1}`);
  const by = takenBy === null ? '' : `: ${ruleName(file.rules[takenBy])}, ${file.placeOf(takenBy)}`;
  const name = test === '' ? '' : ` in ${JSON.stringify(test)}`;
  const shown = printable(JSON.stringify(error.length > SHOWN ? `${error.slice(0, SHOWN)}…` : error) + name);
  return `${style('bold', title)}\n  ${shown}\n  ${style('red', printable(`${reason}${by}`))}\n`;
}
