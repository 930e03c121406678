// `known-failures stats`: what rules and issues did in past runs.
'use strict';

const { InputError, UsageError } = require('../errors.js');
const { filesOf } = require('../failures/files.js');
const { number, ProgressBar } = require('../progress.js');
const { loadRulesFile, readRules, RULES_OPTIONS } = require('../rules-file.js');
const { readReports } = require('../run-report.js');
const { History } = require('../stats/history.js');
const { statisticsOf } = require('../stats/statistics.js');
const { statisticsText } = require('../stats/text.js');

const MAX_LAST = 1_000_000;
/** Files of folders that are no run reports are counted; so many are named. */
const MAX_NAMED = 10;

/** @type {import('../commands.js').Command} */
module.exports = {
  usage: 'stats REPORTS… [--rules RULES]',
  description:
    'Counts over run reports what each issue and each rule has matched and when last; which issues grow; and which rules matched in none of ' +
    'the last runs: with --rules those of the list, else those that have matched before.',
  operands: [['REPORTS', 'run reports as the recorder writes them, plain or gzip: files, folders, or - for standard input']],
  options: {
    rules: { type: 'string', short: 'r', value: 'RULES', description: "Today's list: a JSON file, plain or gzip, or a URL" },
    last: { type: 'string', short: 'n', value: 'N', default: '10', description: 'The number of runs that count as the last' },
    ...RULES_OPTIONS,
  },
  examples: [
    ['known-failures stats runs/', 'All run reports in the folder runs.'],
    ['known-failures stats runs/ --rules known-failures.json --last 50', 'Finds the rules that you can delete.'],
    ['known-failures stats runs/*.json.gz --json', 'All numbers.'],
  ],
  run,
};

async function run({ values, positionals, io }) {
  if (positionals.length === 0) throw new UsageError('which run reports? write known-failures stats REPORTS…, files or folders');
  if ([...positionals, values.rules].filter((path) => path === '-').length > 1)
    throw new UsageError('standard input, -, can be only one of RULES and REPORTS');
  const last = readLast(values.last);
  const list = values.rules === undefined ? null : await listOf(values, io);
  const history = await readHistory(positionals, io);
  const statistics = statisticsOf(history, { last, list });
  io.print(values.json ? `${JSON.stringify(statistics)}\n` : statisticsText(statistics, io.terminal));
}

function readLast(text) {
  if (/^[1-9]\d*$/.test(text) && Number(text) <= MAX_LAST) return Number(text);
  throw new UsageError(`--last cannot be ${JSON.stringify(text)}; write a number of at least 1`);
}

/** The rules in force: what is disabled, expired or refused cannot match. */
async function listOf(values, io) {
  const file = await readRules(values.rules, values, io);
  const { rejected, warnings } = await loadRulesFile(file);
  const out = new Set([...rejected, ...warnings.filter(({ code }) => code === 'WARN_EXPIRED')].map(({ index }) => index));
  const isInForce = ({ index, rule }) => !out.has(index) && rule.enabled !== false;
  return file.rules
    .map((rule, index) => ({ rule, index }))
    .filter(isInForce)
    .map(({ rule: { id, issue }, index }) => ({
      id: id === undefined || id === null ? null : String(id),
      issue: String(issue),
      index,
      place: file.placeOf(index),
    }));
}

async function readHistory(paths, io) {
  const history = new History();
  const files = await filesOf(paths, { totalBytes: 0 });
  const bar = new ProgressBar('reports');
  let skipped = 0;
  try {
    for (const [index, { path, isNamed }] of files.entries()) {
      bar.update(index, index / files.length);
      try {
        history.add(await readReports([path], io));
      } catch (error) {
        if (isNamed || error.exitCode === undefined) throw error;
        skipped += 1;
        if (skipped <= MAX_NAMED) io.warn(`${error.message}; skipped`);
      }
    }
  } finally {
    bar.end();
  }
  if (skipped > MAX_NAMED) io.warn(`${number(skipped - MAX_NAMED)} more files were skipped`);
  if (history.runs.length === 0) throw new InputError(`${paths.join(', ')}: has no run report`);
  return history;
}
