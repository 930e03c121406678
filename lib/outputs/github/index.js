// known-failures/github: a run's report where GitHub Actions shows it.
'use strict';

const { appendFile, stat } = require('node:fs/promises');
const process = require('node:process');
const { formatAnnotations } = require('./annotations.js');
const { formatStepSummary, MAX_BYTES } = require('./step-summary.js');

/** Less than this is not worth a summary. */
const MIN_BYTES = 1024;

/**
 * Appends the step's summary and prints the annotations, as GitHub's environment variables say. Without `GITHUB_STEP_SUMMARY`
 * there is no summary.
 *
 * @param {import('../../recorder/run-report.js').RunReport} report
 * @param {(text: string) => void} [print]
 */
async function writeGitHub(report, print = (text) => process.stdout.write(text)) {
  const annotations = formatAnnotations(report);
  // a command begins a line; a runner that prints dots may be within one
  if (annotations !== '') print(`\n${annotations}`);
  const path = process.env.GITHUB_STEP_SUMMARY;
  if (path) await appendSummary(report, path);
}

async function appendSummary(report, path) {
  // of an earlier program of the same step
  const { size } = await stat(path).catch(() => ({ size: 0 }));
  const separator = size > 0 ? '\n\n' : '';
  const maxBytes = MAX_BYTES - size - separator.length;
  if (maxBytes < MIN_BYTES) throw new Error('the summary of this step has no room left, GitHub takes 1 MiB');
  await appendFile(path, separator + formatStepSummary(report, { maxBytes }));
}

module.exports = { formatAnnotations, formatStepSummary, writeGitHub };
