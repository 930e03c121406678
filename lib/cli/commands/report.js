// `known-failures report`: a run report becomes a page.
'use strict';

const { renderPage } = require('../../outputs/page/index.js');
const { fileError, UsageError } = require('../errors.js');
const { readReport } = require('../run-report.js');
const { printable } = require('../terminal.js');
const { writeOutput } = require('../../shared/atomic-write.js');

/** @type {import('../commands.js').Command} */
module.exports = {
  usage: 'report RUN.json [-o FILE]',
  description:
    'Writes one self-contained HTML page about a run: unknown failures first, known ones by issue, all tests with their steps. ' +
    'The page needs no network and no other file.',
  operands: [['RUN.json', 'a run report as the recorder writes it, plain or gzip; - is standard input']],
  options: {
    output: {
      type: 'string',
      short: 'o',
      value: 'FILE',
      default: 'report.html',
      description: 'Where the page goes; - is standard output',
    },
  },
  examples: [
    ['known-failures report run.json', 'Writes report.html.'],
    ['known-failures report run.json -o pages/run-17.html', 'Makes the folder, too.'],
    ['curl -s https://ci.example/run.json | known-failures report - -o - > run.html', 'As a filter.'],
  ],
  run,
};

async function run({ values, positionals, io }) {
  if (positionals.length !== 1) {
    const given =
      positionals.length === 0 ? 'which run report?' : `one run report at a time, but there are ${positionals.length};`;
    throw new UsageError(`${given} write known-failures report RUN.json, or - for standard input`);
  }
  const report = await readReport(positionals[0], io);
  if (values.output === '-') {
    if (values.json) throw new UsageError('--json and --output - both want standard output; write the page to a file');
    io.print(renderPage(report));
    return;
  }
  await write(values.output, report);
  io.print(
    values.json ? `${JSON.stringify({ page: values.output, counts: report.counts })}\n` : `${sentence(values.output, report)}\n`,
  );
}

async function write(path, report) {
  try {
    await writeOutput(path, renderPage(report));
  } catch (error) {
    if (error.syscall === undefined) throw error;
    throw fileError(path, error);
  }
}

function sentence(path, { title, counts }) {
  const failures = `${counts.failed} unknown and ${counts.broken} known failures in ${counts.total} tests`;
  return `${printable(path)}: ${printable(title)}, ${failures}`;
}
