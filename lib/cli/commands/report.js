// `known-failures report`: a run report becomes a page.
'use strict';

const { renderPage, writePage } = require('../../outputs/page/index.js');
const { fileError, UsageError } = require('../errors.js');
const { readReports } = require('../run-report.js');
const { printable } = require('../terminal.js');

/** @type {import('../commands.js').Command} */
module.exports = {
  usage: 'report RUN.json… [-o FILE]',
  description:
    'Writes one self-contained HTML page about a run: unknown failures first, known ones by issue, all tests with their steps. ' +
    'The page needs no network and no other file.',
  operands: [
    ['RUN.json', 'a run report as the recorder writes it, plain or gzip; - is standard input. Several, of shards, become one'],
  ],
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
    ['known-failures report shard-*.json', 'One page of all shards.'],
    ['curl -s https://ci.example/run.json | known-failures report - -o - > run.html', 'As a filter.'],
  ],
  run,
};

async function run({ values, positionals, io }) {
  if (positionals.length === 0) {
    throw new UsageError('which run report? write known-failures report RUN.json, or - for standard input');
  }
  const report = await readReports(positionals, io);
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
    await writePage(path, report);
  } catch (error) {
    if (error.syscall === undefined) throw error;
    throw fileError(path, error);
  }
}

function sentence(path, { title, counts }) {
  const failures = `${counts.failed} unknown and ${counts.broken} known failures in ${counts.total} tests`;
  return `${printable(path)}: ${title === '' ? '' : `${printable(title)}, `}${failures}`;
}
