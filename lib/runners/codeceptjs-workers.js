// `codeceptjs run-workers`: each worker thread records the tests that it runs, and leaves its report in a folder. The main thread, which
// gets tests without their errors' causes, makes one report of them when the threads have ended.
'use strict';

const { mkdtempSync, readdirSync, readFileSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const process = require('node:process');
const { threadId } = require('node:worker_threads');
const { mergeReports } = require('../recorder/index.js');
const { writeOutput } = require('../shared/atomic-write.js');
const { readAdapterOptions } = require('./options.js');
const { writeOutputs } = require('./outputs.js');

const VARIABLE = 'KNOWN_FAILURES_CODECEPTJS_REPORTS';

/** In the main thread, before it starts workers. */
function prepareForReports() {
  process.env[VARIABLE] = mkdtempSync(join(tmpdir(), 'known-failures-codeceptjs-'));
}

/** The options of a worker: its report is not the run's. */
function optionsOfWorker(options) {
  return { ...options, summary: false, page: null, onReport: null, report: null };
}

/** @param {import('../recorder/run-report.d.ts').RunReport} report */
function leaveReport(report) {
  const folder = process.env[VARIABLE];
  // a worker that somebody else started
  return folder === undefined ? undefined : writeOutput(join(folder, `${threadId}.json`), JSON.stringify(report));
}

/** In the main thread, after all workers. Their warnings were given there. */
async function collectReports(options, functionName) {
  const folder = process.env[VARIABLE];
  const { outputs, warn } = readAdapterOptions(options, functionName);
  try {
    const reports = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
    if (reports.length > 0) await writeOutputs(mergeReports(reports), outputs, { warn });
  } catch (error) {
    warn(`${functionName}: the reports of the workers could not be read: ${error?.message ?? error}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

module.exports = { collectReports, leaveReport, optionsOfWorker, prepareForReports };
