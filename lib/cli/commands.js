// The commands by name. A command's module is loaded when it is called, so that `--help` stays quick however many there are.
'use strict';

/**
 * @typedef {object} Command
 * @property {string} usage what comes after `known-failures`
 * @property {string} description a paragraph for the help
 * @property {[name: string, description: string][]} [operands] what stands in `usage` and is no option
 * @property {Record<string, import('./arguments.js').Option>} options its own; `--json` and `--help` are everybody's
 * @property {[command: string, description: string][]} examples
 * @property {(call: Call) => Promise<number | void>} run gives the exit code, 0 if none. Throws `UsageError` and `InputError`
 *
 * @typedef {object} Call
 * @property {Record<string, any>} values of the options
 * @property {string[]} positionals
 * @property {Io} io
 *
 * @typedef {object} Io
 * @property {NodeJS.ReadableStream} stdin
 * @property {NodeJS.WritableStream} stdout for streams, which have to wait for its reader
 * @property {(text: string) => void} print to standard output
 * @property {(text: string) => void} warn a line on standard error
 * @property {ReturnType<typeof import('./terminal.js').terminalOf>} terminal of standard output
 */

/** @type {Record<string, { summary: string, load: () => Command }>} */
const COMMANDS = {
  allure: { summary: 'Mark known failures in Allure results', load: () => require('./commands/allure.js') },
  classify: { summary: 'Classify failures from a stream of JSON Lines', load: () => require('./commands/classify.js') },
  explain: { summary: 'Tell why an error gets its verdict', load: () => require('./commands/explain.js') },
  import: { summary: 'Make rules of the lists of other tools', load: () => require('./commands/import.js') },
  lint: { summary: 'Find what is wrong with a list of rules', load: () => require('./commands/lint.js') },
  replay: { summary: 'Tell what a changed list does to past failures', load: () => require('./commands/replay.js') },
  report: { summary: 'Write one HTML page about a run', load: () => require('./commands/report.js') },
  serve: { summary: 'Classify failures over HTTP', load: () => require('./commands/serve.js') },
  stats: { summary: 'Count what rules and issues did in past runs', load: () => require('./commands/stats.js') },
  suggest: { summary: 'Propose rules for unknown failures', load: () => require('./commands/suggest.js') },
  test: { summary: 'Run the examples of a list of rules', load: () => require('./commands/test.js') },
};

module.exports = { COMMANDS };
