// What all adapters do: record a run, and at its end hand the report to those who want it.
'use strict';

const { createRecorder } = require('../recorder/index.js');
const { writeOutputs } = require('./outputs.js');
const { readAdapterOptions } = require('./options.js');

/**
 * @typedef {object} Session
 * @property {import('../recorder/index.d.ts').Recorder} recorder
 * @property {() => Promise<import('../recorder/index.d.ts').RunReport>} finish ends the run once, whoever calls it how often:
 *   awaits all verdicts, writes what the options ask for, prints the summary. Never rejects
 */

/**
 * Begins to record a run. It never throws: a wrong option is a warning.
 *
 * @param {unknown} options of the adapter
 * @param {{ functionName: string, runner: { name: string, version: string | null }, print?: (text: string) => void }} adapter `print`:
 *   for a runner that has an output of its own; standard output by default
 * @returns {Session}
 */
function openSession(options, { functionName, runner, print }) {
  const { recorder: recorderOptions, outputs, warn } = readAdapterOptions(options, functionName);
  const recorder = createRecorder({ ...recorderOptions, runner });
  let finished;
  const finish = async () => {
    const report = await recorder.endRun();
    await writeOutputs(report, outputs, { warn, print });
    return report;
  };
  return { recorder, finish: () => (finished ??= finish()) };
}

module.exports = { openSession };
