// The examples: one file in `entries/` for each runner.

import { readdirSync } from 'node:fs';

/**
 * How an example is run, and what must come of it.
 *
 * @typedef {object} Example
 * @property {string} name its folder in `examples/`
 * @property {string} package whose version the table shows; `node`: this one
 * @property {boolean} [inCi] runs without `--all`
 * @property {string} [modules] the folder, below `__test__/runners`, whose package.json and lock file have the runner; by default that folder itself
 * @property {string} config the file in the example that configures the runner
 * @property {string} shows where the result shows
 * @property {number} exitCode
 * @property {Run[]} runs
 * @property {Run} [refreshing] a run with `REFRESHING` as `rulesOptions`
 * @property {(ran: Ran) => unknown} [check] throws if the result does not show where it should, beyond the report and the summary
 * @property {() => string | null} [missing] what the machine lacks for it, a browser say; then it is skipped with that line
 *
 * @typedef {object} Run
 * @property {string} label
 * @property {string} [script] instead of the script `test` of the example's package.json
 * @property {string[]} [args] after it
 * @property {Record<string, string>} [env]
 * @property {Record<string, string>} [files] text of files that replace the example's
 * @property {Record<string, string>} expected name → outcome, as `outcomeOf` writes it
 * @property {number} [exitCode] instead of the example's
 * @property {number} [fetches] of the list; 1 by default
 * @property {string} [report] the path of the run report in the example; `run.json` by default
 *
 * @typedef {object} Ran
 * @property {string} folder of the copy that ran
 * @property {string} output what the runner printed, without ANSI sequences
 * @property {number | null} exitCode
 * @property {import('../../../lib/recorder/run-report.d.ts').RunReport | null} report
 * @property {number} fetches
 */

const folder = new URL('entries/', import.meta.url);
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.mjs'))
  .sort();

/** @type {Example[]} */
export const examples = await Promise.all(files.map(async (name) => (await import(new URL(name, folder))).default));
