// known-failures/cucumber: a plugin, and for Cucumber before 12.5 a formatter, that judges every failure and prints the summary.
//
// Both live in the main process and get all messages; Cucumber awaits the plugin's cleanup and `finished` of a formatter. But if a
// BeforeAll or AfterAll hook fails, Cucumber exits at once and awaits nothing.
'use strict';

const process = require('node:process');
const { stripVTControlCharacters } = require('node:util');
const { attachIssue } = require('./cucumber-issue.js');
const { Messages } = require('./cucumber-messages.js');
const { requireFromProject } = require('./project.js');
const { openSession } = require('./session.js');

const OPTIONS_KEY = 'knownFailures';

/** Records a run. @returns what takes a message, and what ends the run */
function record(options, print) {
  const version = requireFromProject('@cucumber/cucumber/package.json')?.version ?? null;
  const session = openSession(options, {
    functionName: 'known-failures/cucumber',
    runner: { name: 'cucumber', version },
    print,
  });
  const messages = new Messages(session.recorder);
  session.recorder.startRun();
  process.once('exit', tellThatItEnded);
  const finish = async () => {
    process.removeListener('exit', tellThatItEnded);
    await session.finish();
  };
  return { take: (envelope) => messages.take(envelope), finish };
}

/** Nothing asynchronous can be awaited any more. */
function tellThatItEnded() {
  process.stderr.write(
    'known-failures/cucumber: Cucumber ended the run before the summary and the report could be written: a BeforeAll or AfterAll hook failed, or the run was interrupted\n',
  );
}

/** The formatter. Its target gets the summary, and standard output, too. */
class KnownFailuresFormatter {
  #run;
  #cleanup;

  /** @param {any} options Cucumber's */
  constructor({ eventBroadcaster, parsedArgvOptions, log, stream, cleanup }) {
    this.#run = record(parsedArgvOptions?.[OPTIONS_KEY], (text) => {
      if (stream !== process.stdout) log(stripVTControlCharacters(text));
      process.stdout.write(text);
    });
    this.#cleanup = cleanup;
    eventBroadcaster.on('envelope', this.#run.take);
  }

  async finished() {
    await this.#run.finish();
    await this.#cleanup?.();
  }
}

module.exports = KnownFailuresFormatter;
module.exports.attachIssue = attachIssue;

// The plugin: Cucumber takes the module itself for one, because of these names.
module.exports.type = 'plugin';
module.exports.optionsKey = OPTIONS_KEY;
module.exports.coordinator = ({ operation, on, options }) => {
  if (operation !== 'runCucumber') return undefined;
  const run = record(options);
  on('message', run.take);
  return run.finish;
};
