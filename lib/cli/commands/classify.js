// `known-failures classify`: JSON Lines in, verdicts out. The program to spawn from a language that has no binding.
'use strict';

const { once } = require('node:events');
const { createReadStream } = require('node:fs');
const { EXIT, fileError, UsageError } = require('../errors.js');
const { nameOf } = require('../input.js');
const { answerLines } = require('../json-lines/answer.js');
const { loadRulesFile, readRules, RULES_OPERAND, RULES_OPTIONS } = require('../rules-file.js');

const MAX_LINE_BYTES = 64 * 1024 * 1024;

/** @type {import('../commands.js').Command} */
module.exports = {
  usage: 'classify RULES [FAILURES]',
  description:
    'Classifies failures as they come: a JSON object { "test": …, "error": … } a line, and for each line a line with its verdict, ' +
    'in order. A line that is none of that gets { "status": "Invalid", "line": …, "message": … }. Any program can spawn this.',
  operands: [RULES_OPERAND, ['FAILURES', 'JSON Lines; standard input if it is not given or -']],
  options: RULES_OPTIONS,
  examples: [
    ['known-failures classify rules.json < failures.jsonl > verdicts.jsonl', 'As a filter.'],
    ['known-failures classify rules.json failures.jsonl | jq -r .issue | sort | uniq -c', 'Counts failures by issue.'],
    ['known-failures classify https://example.com/rules.json', 'Answers what a program writes to it, line by line.'],
  ],
  run,
};

async function run({ values, positionals, io }) {
  const [rules, failures = '-', ...rest] = positionals;
  if (rules === undefined) throw new UsageError('which rules? write known-failures classify RULES < FAILURES');
  if (rest.length > 0)
    throw new UsageError(`one file of failures, but ${rest[0]} follows; write cat FILES | known-failures classify`);
  if (rules === '-' && failures === '-') {
    throw new UsageError('both rules and failures want standard input; name a file for one of them');
  }
  const report = await loadRulesFile(await readRules(rules, values, io));
  if (report.rejected.length > 0) {
    io.warn(`${nameOf(rules)}: ${report.rejected.length} of ${report.total} rules were refused; known-failures lint shows them`);
  }
  const { lines, invalid, firstInvalid } = await answer(failures, io);
  if (invalid === 0) return EXIT.ok;
  io.warn(`${nameOf(failures)}: ${invalid} of ${lines} lines are no failures, the first is line ${firstInvalid}`);
  return EXIT.findings;
}

async function answer(path, { stdin, stdout }) {
  const write = async (text) => {
    if (!stdout.write(text)) await once(stdout, 'drain');
  };
  const source = path === '-' ? stdin : createReadStream(path);
  try {
    return await answerLines(source, write, { maxLineBytes: MAX_LINE_BYTES });
  } catch (error) {
    if (error.syscall === undefined) throw error;
    throw fileError(nameOf(path), error);
  }
}
