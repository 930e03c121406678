// `known-failures replay`: what a changed list does to past failures.
'use strict';

const { EXIT, UsageError } = require('../errors.js');
const { readFailures } = require('../failures/index.js');
const { ProgressBar } = require('../progress.js');
const { judged } = require('../replay/judge.js');
const { outcomeMarkdown } = require('../replay/markdown.js');
const { OldList } = require('../replay/old-list.js');
const { changedOf, outcomeOf, sameVerdict } = require('../replay/outcome.js');
const { Pairs } = require('../replay/pairs.js');
const { withSpool } = require('../replay/spool.js');
const { outcomeText } = require('../replay/text.js');
const { loadRulesFile, readRules, RULES_OPERAND, RULES_OPTIONS } = require('../rules-file.js');

const MAX_SAMPLES = 100;

/** @type {import('../commands.js').Command} */
module.exports = {
  usage: 'replay RULES --against OLD FAILURES…',
  description:
    'Judges past failures by a changed list and by the old one, and prints what differs, by rule and by issue: what is newly Broken, newly ' +
    'Failed, or known as another issue. Millions of failures take constant memory.',
  operands: [
    /** @type {[string, string]} */ (RULES_OPERAND),
    [
      'FAILURES',
      'JSON Lines of {"test", "error"}, run reports, Allure results, JUnit XML or JSON reports of Playwright, plain or gzip: files, ' +
        'folders, or - for standard input. Their content says what they are',
    ],
  ],
  options: {
    against: { type: 'string', short: 'a', value: 'OLD', description: 'The list before the change, like RULES' },
    markdown: { type: 'boolean', description: 'Print Markdown, for a comment on a pull request' },
    samples: { type: 'string', value: 'N', default: '3', description: 'Failures shown of each change, 0 to 100' },
    'exit-code': { type: 'boolean', description: 'End with 1 if a failure gets another verdict' },
    ...RULES_OPTIONS,
  },
  examples: [
    ['known-failures replay new.json --against old.json past/', 'All failures in the folder past.'],
    [
      'git show main:known-failures.json | known-failures replay known-failures.json --against - past/',
      'What your change does to the list of the main branch.',
    ],
    ['known-failures replay new.json --against old.json past/ --markdown > comment.md', 'For a reviewer.'],
  ],
  run,
};

async function run({ values, positionals, io }) {
  const [list, ...paths] = positionals;
  if (list === undefined) throw new UsageError('which list? write known-failures replay RULES --against OLD FAILURES…');
  if (values.against === undefined) throw new UsageError('which list is the old one? write --against OLD');
  if (paths.length === 0) throw new UsageError('which failures? write known-failures replay RULES --against OLD FAILURES…');
  if (values.markdown && values.json) throw new UsageError('--markdown and --json both want standard output; choose one');
  if ([list, values.against, ...paths].filter((path) => path === '-').length > 1)
    throw new UsageError('standard input, -, can be only one of RULES, OLD and FAILURES');
  const samples = readSamples(values.samples);
  const oldFile = await readRules(values.against, values, io);
  const newFile = await readRules(list, values, io);
  // the old list here, too: what is wrong with it is said as of any list. The last one loaded is in force
  for (const file of [oldFile, newFile]) warnOfRefused(file, await loadRulesFile(file), io);
  const outcome = await withSpool(paths, io, (readable, spool) => replay(oldFile, newFile, readable, { samples, spool, io }));
  io.print(
    values.json ? `${JSON.stringify(outcome)}\n` : values.markdown ? outcomeMarkdown(outcome) : outcomeText(outcome, io.terminal),
  );
  return values['exit-code'] && changedOf(outcome.counts) > 0 ? EXIT.findings : EXIT.ok;
}

function readSamples(text) {
  if (/^\d+$/.test(text) && Number(text) <= MAX_SAMPLES) return Number(text);
  throw new UsageError(`--samples cannot be ${JSON.stringify(text)}; write a number from 0 to ${MAX_SAMPLES}`);
}

function warnOfRefused({ name }, { rejected }, io) {
  if (rejected.length === 0) return;
  const [{ index, message }] = rejected;
  io.warn(
    `${name}: ${rejected.length} of its rules refused, the first at index ${index}: ${message}; known-failures lint shows all`,
  );
}

/** Both lists judge the same failures at the same time, each in its process. */
async function replay(oldFile, newFile, paths, { samples, spool, io }) {
  const named = (text) => (spool === null ? text : text.replaceAll(spool, 'standard input'));
  const failures = readFailures(paths, { stdin: io.stdin, warn: (message) => io.warn(named(message)) });
  const pairs = new Pairs({ isSame: sameVerdict(oldFile, newFile), named, samples });
  const bar = new ProgressBar('failures');
  const oldList = new OldList(oldFile, paths);
  try {
    for await (const batch of judged(failures.batches())) {
      const before = await oldList.take(batch.failures.length);
      for (const [at, failure] of batch.failures.entries()) {
        pairs.add(failure, before[at], batch.verdicts[at]);
      }
      const { bytes, totalBytes } = failures.progress;
      bar.update(pairs.failures, totalBytes === null || totalBytes === 0 ? null : bytes / totalBytes);
    }
  } catch (error) {
    if (error.exitCode !== undefined) error.message = named(error.message);
    throw error;
  } finally {
    bar.end();
    oldList.close();
  }
  return outcomeOf(pairs, oldFile, newFile, failures.progress.skipped);
}
