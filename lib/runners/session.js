// What all adapters do: record a run, and at its end hand the report to those who want it.
'use strict';

const { writeSync } = require('node:fs');
const process = require('node:process');
const { createRecorder } = require('../recorder/index.js');
const { writeOutputs } = require('./outputs.js');
const { readAdapterOptions } = require('./options.js');

/**
 * @typedef {object} Session
 * @property {import('../recorder/index.d.ts').Recorder} recorder
 * @property {() => Promise<import('../recorder/index.d.ts').RunReport>} finish ends the run once, whoever calls it how often:
 *   awaits all verdicts, writes what the options ask for, prints the summary. Never rejects
 * @property {Record<string, any>} own the adapter's own options
 * @property {(message: string) => void} warn
 */

/**
 * Begins to record a run. It never throws: a wrong option is a warning.
 *
 * @param {unknown} options of the adapter
 * @param {object} adapter
 * @param {string} adapter.functionName begins each warning about an option
 * @param {{ name: string, version: string | null }} adapter.runner
 * @param {(text: string) => void} [adapter.print] for a runner that has an output of its own; standard output by default
 * @param {Record<string, import('../shared/options.js').OptionSpec>} [adapter.own] options that only this adapter has
 * @returns {Session}
 */
function openSession(options, { functionName, runner, print, own: spec }) {
  const { recorder: recorderOptions, outputs, own, warn } = readAdapterOptions(options, functionName, spec);
  const recorder = createRecorder({ ...recorderOptions, runner });
  // some runners exit when they want to
  const onExit = () => tellOfExit(functionName);
  process.once('exit', onExit);
  let finished;
  const finish = async () => {
    const report = await recorder.endRun();
    await writeOutputs(report, outputs, { warn, print });
    process.off('exit', onExit);
    return report;
  };
  return { recorder, finish: () => (finished ??= finish()), own, warn };
}

/** Nothing asynchronous comes any more, a warning of the process neither. */
function tellOfExit(functionName) {
  const message = `${functionName}: the process exits before all verdicts are there: there is no summary and no report`;
  try {
    writeSync(2, `${message}\n`);
  } catch {
    // standard error is closed, or full
  }
}

module.exports = { openSession };
