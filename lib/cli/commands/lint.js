// `known-failures lint`: what is wrong with a list, and repairs of what is certain.
'use strict';

const { readFileSync, statSync } = require('node:fs');
const { writeAtomically } = require('../../shared/atomic-write.js');
const { EXIT, fileError, UsageError } = require('../errors.js');
const { applyEdits, unifiedDiff } = require('../lint/diff.js');
const { checkRules } = require('../lint/check.js');
const { LEVELS } = require('../lint/finding.js');
const { fixesOf } = require('../lint/fix.js');
const { findingsText } = require('../lint/text.js');
const { readRules, RULES_OPERAND, RULES_OPTIONS } = require('../rules-file.js');

/** @type {import('../commands.js').Command} */
module.exports = {
  usage: 'lint RULES',
  description:
    'Finds rules that are refused, that probably mean something else than their author thinks, that an earlier rule shadows, that match nearly ' +
    'every error, or that are slow. Ends with 1 if there is an error or a warning. With --fix it prints the repairs of what is certain as a ' +
    'diff instead: flags like (?i) at the start of a pattern, and groups like (?P<name>…).',
  operands: [RULES_OPERAND],
  options: {
    ...RULES_OPTIONS,
    level: {
      type: 'string',
      value: 'LEVEL',
      choices: LEVELS,
      default: 'info',
      description: 'The least level that counts: error, warning or info',
    },
    fix: { type: 'boolean', description: 'Print the repairs as a diff; ends with 1 if there are any' },
    write: { type: 'boolean', description: 'With --fix: make the repairs in the file' },
  },
  examples: [
    ['known-failures lint known-failures.json', 'Prints all there is to say.'],
    ['known-failures lint known-failures.json --level error', 'Only rules that are refused.'],
    ['known-failures lint known-failures.json --fix', 'Shows the repairs.'],
    ['known-failures lint known-failures.json --fix --write', 'Makes them.'],
  ],
  run,
};

async function run({ values, positionals, io }) {
  if (positionals.length !== 1) throw new UsageError('which list? write known-failures lint RULES');
  if (values.write && !values.fix) throw new UsageError('--write is for --fix; write --fix --write');
  const file = await readRules(positionals[0], values, io);
  return values.fix ? fix(file, values, io) : check(file, values, io);
}

async function check(file, { level, json }, io) {
  const checked = await checkRules(file);
  const findings = checked.findings.filter((one) => LEVELS.indexOf(one.level) <= LEVELS.indexOf(level));
  if (checked.unmeasured > 0 && level === 'info') {
    io.warn(`there was no time to measure ${checked.unmeasured} patterns in the engine of JavaScript`);
  }
  io.print(json ? `${JSON.stringify(asJson(findings, checked.unmeasured, file))}\n` : findingsText(findings, file, io.terminal));
  return findings.some((one) => one.level !== 'info') ? EXIT.findings : EXIT.ok;
}

function asJson(findings, unmeasured, file) {
  const count = (level) => findings.filter((one) => one.level === level).length;
  return {
    list: file.name,
    rules: file.rules.length,
    counts: Object.fromEntries(LEVELS.map((level) => [level, count(level)])),
    unmeasured,
    findings: findings.map((one) => ({ ...nameOfRule(file, one.index), ...one, line: file.lineOf(one.index) })),
  };
}

function nameOfRule({ rules }, index) {
  const { id = null, issue = null } = rules[index] ?? {};
  return { id, issue };
}

async function fix(file, { write, json }, io) {
  const fixes = await fixesOf(file);
  const edits = fixes.flatMap((one) => one.edits);
  const diff = unifiedDiff(file.name, file.text, edits);
  if (write && edits.length > 0) await replaceFile(file, applyEdits(file.text, edits));
  const withLine = fixes.map(({ edits: _, ...one }) => ({ ...one, line: file.lineOf(one.index) }));
  io.print(json ? `${JSON.stringify({ list: file.name, written: write === true, fixes: withLine, diff })}\n` : diff);
  const counted = `${fixes.length} pattern${fixes.length === 1 ? '' : 's'}`;
  if (fixes.length === 0) io.warn(`${file.name}: nothing to repair for certain`);
  else io.warn(write ? `${file.name}: ${counted} repaired` : `${file.name}: ${counted} to repair; --fix --write does it`);
  return fixes.length > 0 && !write ? EXIT.findings : EXIT.ok;
}

async function replaceFile({ name, path }, text) {
  if (path === null) throw new UsageError(`${name}: --write needs a file; without it the diff is printed`);
  try {
    const before = readFileSync(path);
    if (before[0] === 0x1f && before[1] === 0x8b) throw new UsageError(`${name}: --write does not write gzip; unzip it first`);
    const mark = before[0] === 0xef && before[1] === 0xbb ? '\ufeff' : '';
    await writeAtomically(path, mark + text, { mode: statSync(path).mode & 0o777 });
  } catch (error) {
    throw error.syscall === undefined ? error : fileError(name, error);
  }
}
