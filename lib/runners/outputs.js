// What becomes of a run's report. Each output on its own: one that fails is a warning, and the others still come.
'use strict';

const process = require('node:process');
const { formatSummary } = require('../recorder/index.js');
const { writeOutput } = require('../shared/atomic-write.js');

/**
 * Each option, and what it does. Packages are loaded only by runs that want them.
 *
 * @type {Record<string, (report: import('../recorder/index.d.ts').RunReport, value: any, print: (text: string) => void) => unknown>}
 */
const OUTPUTS = {
  report: (report, path) => writeOutput(path, `${JSON.stringify(report)}\n`),
  page: (report, path) => require('../outputs/page/index.js').writePage(path, report),
  junit: (report, path) => writeOutput(path, require('../outputs/junit/index.js').formatJUnit(report)),
  onReport: (report, listener) => listener(report),
  github: (report, when, print) => (when === true || isActions()) && writeGitHub(report, print),
  // the last, so that it stands at the end of what is printed
  summary: (report, _, print) => print(`\n${forLog(formatSummary(report))}\n`),
};

const isActions = () => process.env.GITHUB_ACTIONS === 'true';

/** GitHub Actions reads the log for commands, and the summary has errors in full. */
const forLog = (text) => (isActions() ? require('../outputs/github/commands.js').withoutCommands(text) : text);

const writeGitHub = (report, print) => require('../outputs/github/index.js').writeGitHub(report, print);

/**
 * @param {import('../recorder/index.d.ts').RunReport} report
 * @param {Record<string, any>} options by the names of `OUTPUTS`; null and false mean no such output
 * @param {{ warn: (message: string) => void, print?: (text: string) => void }} to
 */
async function writeOutputs(report, options, { warn, print = (text) => process.stdout.write(text) }) {
  for (const [name, write] of Object.entries(OUTPUTS)) {
    const value = options[name];
    if (value === null || value === undefined || value === false) continue;
    try {
      await write(report, value, print);
    } catch (error) {
      warn(`known-failures: \`${name}\` could not be written${placeOf(value)}: ${reasonOf(error)}`);
    }
  }
}

const placeOf = (value) => (typeof value === 'string' && value !== 'auto' ? ` to ${value}` : '');

/** The system's words without the path: it is that of a temporary file beside the one that is meant. */
const reasonOf = (error) => (error?.syscall ? error.message.replace(/, \w+ '.*$/s, '') : (error?.message ?? error));

module.exports = { writeOutputs };
