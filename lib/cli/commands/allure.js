// `known-failures allure`: marks known failures in Allure results.
'use strict';

const { allureCategories, annotateResults } = require('../../outputs/allure/index.js');
const { fileError, InputError, UsageError } = require('../errors.js');
const { formatTable } = require('../table.js');
const { printable } = require('../terminal.js');

/** @type {import('../commands.js').Command} */
module.exports = {
  usage: 'allure DIR --rules RULES',
  description:
    'Judges each failure in a folder of Allure results and marks the known ones: status broken, known, a label known-failure with the ' +
    'issue, and a link to it. Run it between the tests and allure generate, and again whenever the list has changed.',
  operands: [['DIR', 'the folder with the *-result.json files, usually allure-results']],
  options: {
    rules: { type: 'string', value: 'RULES', description: 'The list: a file or a URL' },
    status: {
      type: 'string',
      value: 'HOW',
      choices: ['verdict', 'keep'],
      default: 'verdict',
      description: 'verdict: known failures become broken, others failed; keep: statuses stay',
    },
    'issue-url': { type: 'string', value: 'URL', description: 'Where an issue is whose rule has no url; %s is the issue' },
    config: { type: 'boolean', description: 'Only print the configuration of Allure 3 that groups known failures by issue' },
  },
  examples: [
    ['known-failures allure allure-results --rules known-failures.json', 'Marks the results, and says what it found.'],
    ['known-failures allure --config > allurerc.json', 'Groups them in the report. Write it once.'],
  ],
  run,
};

async function run({ values, positionals, io }) {
  if (values.config) {
    io.print(`${JSON.stringify({ categories: allureCategories() }, null, 2)}\n`);
    return;
  }
  if (positionals.length !== 1) throw new UsageError('which folder? write known-failures allure DIR --rules RULES');
  if (values.rules === undefined) throw new UsageError('which list? write --rules RULES, a file or a URL');
  const [directory] = positionals;
  const summary = await annotate(directory, values, io);
  io.print(values.json ? `${JSON.stringify({ directory, ...summary })}\n` : text(directory, summary, io.terminal));
}

async function annotate(directory, values, io) {
  const options = {
    rules: values.rules,
    // one look, at the list as it is now: whoever runs this again has changed it
    rulesOptions: { refreshMs: false, maxAgeMs: 0 },
    status: values.status,
    issueUrl: values['issue-url'],
    warn: io.warn,
  };
  try {
    const summary = await annotateResults(directory, options);
    if (summary.rulesVersion === null) throw new InputError(`${values.rules}: no list, so nothing was marked`);
    return summary;
  } catch (error) {
    if (error.code === 'ERR_INVALID_ARG') throw new UsageError(error.message.replace(/^.*options\.issueUrl/, '--issue-url'));
    if (error.syscall === undefined) throw error;
    throw fileError(directory, error);
  }
}

function text(directory, { results, known, unknown, changed, issues }, terminal) {
  const counts = `${unknown} unknown and ${known} known failures in ${results} results, ${changed} changed`;
  const columns = [{ title: 'Results', align: 'right' }, { title: 'Issue', overflow: 'cut' }, { title: 'Link' }];
  const rows = issues.map(({ issue, url, results: count }) => [`${count}`, issue, url ?? '']);
  const table = rows.length === 0 ? '' : formatTable(rows, { columns, width: terminal.width, indent: 2 });
  return `${table}${printable(directory)}: ${counts}\n`;
}
