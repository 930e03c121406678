// `known-failures suggest`: rules for failures that no rule knows.
'use strict';

const { classifyAll, errorText, testName } = require('../../../index.js');
const { writeOutput } = require('../../shared/atomic-write.js');
const { fileError, InputError, UsageError } = require('../errors.js');
const { readFailures } = require('../failures/index.js');
const { nameOf } = require('../input.js');
const { ProgressBar } = require('../progress.js');
const { loadRulesFile, readRules, RULES_OPTIONS } = require('../rules-file.js');
const { Groups } = require('../suggest/groups.js');
const { propose } = require('../suggest/proposals.js');
const { suggestionsText } = require('../suggest/text.js');

/** @type {import('../commands.js').Command} */
module.exports = {
  usage: 'suggest FAILURES… --rules RULES',
  description:
    'Groups the failures that no rule knows by what they have in common, and proposes a rule for each group: numbers, ids, hashes, ' +
    'times, paths and quoted values may vary, the rest is literal. Says how many failures of the group it matches, and how many others.',
  operands: [
    [
      'FAILURES',
      'JSON Lines of {"test", "error"}, run reports, Allure results, JUnit XML or JSON reports of Playwright, plain or gzip: files, ' +
        'folders, or - for standard input. Their content says what they are',
    ],
  ],
  options: {
    rules: {
      type: 'string',
      value: 'RULES',
      description: 'The list that there is: a file or a URL. Without it all failures are unknown',
    },
    output: {
      type: 'string',
      short: 'o',
      value: 'FILE',
      description: 'Write the proposed rules there, as JSON to paste; - is standard output',
    },
    issue: {
      type: 'string',
      value: 'NAME',
      default: 'TODO',
      description: 'The issues of the rules are NAME-1, NAME-2 and so on',
    },
    min: { type: 'string', value: 'N', default: '1', description: 'Only for groups of at least N failures' },
    top: { type: 'string', value: 'N', default: '50', description: 'Only for the N largest groups' },
    ...RULES_OPTIONS,
  },
  examples: [
    ['known-failures suggest past/ --rules known-failures.json', 'A table of the unknown failures in the folder past.'],
    ['known-failures suggest past/ --rules known-failures.json --min 5 -o -', 'The rules for groups of five and more.'],
  ],
  run,
};

async function run({ values, positionals: paths, io }) {
  if (paths.length === 0) throw new UsageError('which failures? write known-failures suggest FAILURES… --rules RULES');
  if (values.json && values.output !== undefined) throw new UsageError('--json prints the rules, too; leave out --output');
  if ([values.rules, ...paths].filter((path) => path === '-').length > 1) {
    throw new UsageError('standard input, -, can be only one of RULES and FAILURES');
  }
  const [min, top] = [readCount('min', values.min), readCount('top', values.top)];
  const loadOptions = await loadList(values, io);
  const bar = new ProgressBar('failures');
  try {
    const all = await readGroups(paths, values.rules !== undefined, io, bar);
    const groups = all.sorted();
    const chosen = groups.filter(({ failures }) => failures >= min).slice(0, top);
    const onProgress = (done, fraction) => bar.update(done, fraction);
    const proposals = await propose(all, chosen, { issue: values.issue, loadOptions, onProgress });
    bar.end();
    await output(
      values,
      { failures: all.failures, known: all.known, withoutError: all.withoutError, groups: groups.length, proposals },
      io,
    );
  } finally {
    bar.end();
  }
}

function readCount(name, text) {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new UsageError(`--${name} cannot be ${JSON.stringify(text)}; write a number from 1`);
}

async function loadList(values, io) {
  if (values.rules === undefined)
    return { ansi: values.ansi ?? null, stackFrames: values['stack-frames'] ?? null, flags: values.flags };
  const file = await readRules(values.rules, values, io);
  const { rejected } = await loadRulesFile(file);
  if (rejected.length > 0) io.warn(`${file.name}: ${rejected.length} of its rules refused; known-failures lint shows all`);
  return file.loadOptions;
}

async function readGroups(paths, hasList, io, bar) {
  const groups = new Groups();
  const failures = readFailures(paths, io);
  const { progress } = failures;
  for await (const batch of failures.batches()) {
    const verdicts = hasList ? await classifyAll(batch) : [];
    for (const [index, { test, error }] of batch.entries()) {
      groups.add({ test: testName(test), text: errorText(error), isKnown: verdicts[index]?.status === 'Broken' });
    }
    bar.update(progress.failures, progress.totalBytes === null ? null : progress.bytes / progress.totalBytes);
  }
  if (groups.failures === 0) throw new InputError(`${paths.map(nameOf).join(', ')}: no failures there`);
  return groups;
}

async function output({ json, output: path }, result, io) {
  if (json) {
    io.print(`${JSON.stringify(result)}\n`);
    return;
  }
  const rules = `${JSON.stringify(
    result.proposals.map(({ rule }) => rule),
    null,
    2,
  )}\n`;
  if (path === '-') {
    io.print(rules);
    return;
  }
  if (path !== undefined) {
    try {
      await writeOutput(path, rules);
    } catch (error) {
      if (error.syscall === undefined) throw error;
      throw fileError(path, error);
    }
  }
  io.print(suggestionsText(result, io.terminal));
}
