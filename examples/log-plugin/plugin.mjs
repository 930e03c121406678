// A log plugin for a test framework of your own: its hooks are the recorder's. `known-failures/mocha` and its siblings are such plugins
// for the frameworks that exist.
//
// In your own project, write 'known-failures/recorder' and 'known-failures/rules'.

import { createRecorder } from '../../lib/recorder/index.js';
import { watchRules } from '../../lib/rules/index.js';

/**
 * @typedef {object} PluginOptions
 * @property {string} title the run's
 * @property {string | URL} rulesUrl the API with the list of known failures
 * @property {import('../../lib/rules/index.js').WatchOptions} [rulesOptions]
 * @property {(message: string) => void} [warn] a warning of the process by default
 *
 * @typedef {ReturnType<typeof createLogPlugin>} LogPlugin
 */

/**
 * `startRun`, `startTest` and `onLog` return at once. Await `endTest` and `endRun`.
 * @param {PluginOptions} options
 */
export function createLogPlugin({
  title,
  rulesUrl,
  rulesOptions,
  warn = (message) => process.emitWarning(message, 'LogPlugin'),
}) {
  // The list loads while the first tests run. Verdicts wait for it.
  const rules = watchRules(rulesUrl, { onWarning: ({ message }) => warn(message), ...rulesOptions });
  const recorder = createRecorder({ title, rules, warn, eventLoop: true });
  return {
    startRun: recorder.startRun,

    /** @type {typeof recorder.startTest} */
    startTest: recorder.startTest,

    /** @type {typeof recorder.onLog} Events of steps may come in any order, even after their test's end. */
    onLog: recorder.onLog,

    /** @type {typeof recorder.endTest} */
    endTest: recorder.endTest,

    /** The run with all verdicts, including those of tests whose `endTest` the framework did not await. */
    async endRun() {
      const report = await recorder.endRun();
      await rules.close();
      return report;
    },

    /** The state of the list. */
    rules,
  };
}
