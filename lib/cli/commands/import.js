// `known-failures import`: lists of other tools become rules.
'use strict';

const { writeOutput } = require('../../shared/atomic-write.js');
const { nearestOf } = require('../../shared/nearest.js');
const { EXIT, fileError, UsageError } = require('../errors.js');
const { FORMATS } = require('../import/formats/index.js');
const { outcomesOf } = require('../import/outcomes.js');
const { DIALECT_NAMES } = require('../import/patterns/index.js');
const { nameOf, readText } = require('../input.js');

/** @type {import('../commands.js').Command} */
module.exports = {
  usage: 'import FORMAT FILE… [-o RULES]',
  description:
    'Makes rules of the lists of other tools. Patterns of other dialects are translated where their meaning stays, and refused with ' +
    'a reason where it does not. The rules go to standard output; what was translated, lost or refused is said on standard error. ' +
    'Exit code 1: something was refused.',
  operands: [
    ...Object.entries(FORMATS).map(([name, load]) => /** @type {[string, string]} */ ([name, load().summary])),
    ['FILE', 'plain or gzip; - is standard input'],
  ],
  options: {
    output: { type: 'string', short: 'o', value: 'RULES', default: '-', description: 'Where the rules go; - is standard output' },
    dialect: {
      type: 'string',
      value: 'NAME',
      choices: DIALECT_NAMES,
      description: 'Of the format lines: whose patterns they are',
    },
  },
  examples: [
    ['known-failures import allure2 categories.json -o known-failures.json', 'Allure 2; the report is on the terminal.'],
    [
      'known-failures import dotnet issues.json',
      'What gh issue list --label "Known Build Error" --json number,title,url,body printed.',
    ],
    ['known-failures import gitlab single_line_patterns.yml multiline_patterns.yml', 'Several files, in their order.'],
    ['known-failures import lines patterns.txt --dialect python --json', 'The rules and the report as JSON.'],
  ],
  run,
};

async function run({ values, positionals, io }) {
  const [format, ...paths] = positionals;
  const { entries } = formatOf(format);
  if (paths.length === 0) throw new UsageError(`which file? write known-failures import ${format} FILE`);
  if (values.json && values.output !== '-') throw new UsageError('--json prints the rules, too; leave out --output');
  const files = [];
  for (const path of paths) {
    const read = entries(await readText(path, io), { path, dialect: values.dialect });
    files.push({ path, entries: read });
  }
  const outcomes = await outcomesOf(files.flatMap((file) => file.entries));
  const rules = outcomes.flatMap(({ rule }) => rule ?? []);
  const counts = countsOf(outcomes);
  if (values.json) io.print(`${JSON.stringify({ rules, counts, entries: outcomes }, null, 2)}\n`);
  else {
    await output(values.output, `${JSON.stringify(rules, null, 2)}\n`, io);
    report(paths, outcomes, counts, io);
  }
  return counts.refused > 0 ? EXIT.findings : EXIT.ok;
}

function formatOf(name) {
  const names = Object.keys(FORMATS);
  if (name === undefined) throw new UsageError(`which format? write one of ${names.join(', ')}`);
  if (Object.hasOwn(FORMATS, name)) return FORMATS[name]();
  const meant = nearestOf(name, names);
  throw new UsageError(
    `unknown format ${name}; ${meant === undefined ? `write one of ${names.join(', ')}` : `did you mean ${meant}?`}`,
  );
}

function countsOf(outcomes) {
  const counts = { total: outcomes.length, kept: 0, translated: 0, refused: 0 };
  for (const { status } of outcomes) counts[status] += 1;
  return counts;
}

async function output(path, text, io) {
  if (path === '-') {
    io.print(text);
    return;
  }
  try {
    await writeOutput(path, text);
  } catch (error) {
    if (error.syscall === undefined) throw error;
    throw fileError(path, error);
  }
}

/** One line for all, and one for each entry that is not what it was. */
function report(paths, outcomes, { total, kept, translated, refused }, io) {
  io.warn(
    `${paths.map(nameOf).join(', ')}: ${total} ${total === 1 ? 'entry' : 'entries'}, ${kept} kept, ${translated} translated, ${refused} refused`,
  );
  for (const { name, status, reason, changes, losses } of outcomes) {
    if (status === 'refused') io.warn(`refused: ${name} ${reason}`);
    if (status === 'translated') io.warn(`translated: ${name}: ${changes.join('; ')}`);
    for (const loss of losses) io.warn(`lost: ${name}: ${loss}`);
  }
}
