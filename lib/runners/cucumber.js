// known-failures/cucumber: a plugin, and for Cucumber before 12.5 a formatter, that judges every failure and prints the summary.
//
// Both live in the main process and get all messages; Cucumber awaits the plugin's cleanup and `finished` of a formatter. But if a
// BeforeAll or AfterAll hook fails in that process, Cucumber exits at once and awaits nothing: then another process judges the messages.
'use strict';

const process = require('node:process');
const { stripVTControlCharacters } = require('node:util');
const { attachIssue } = require('./cucumber-issue.js');
const { Messages, isNeeded } = require('./cucumber-messages.js');
const { replayNow } = require('./cucumber-replay.js');
const { requireFromProject } = require('./project.js');
const { openSession } = require('./session.js');

const OPTIONS_KEY = 'knownFailures';

/** Records a run. @returns what takes a message, and what ends the run */
function record(options, print) {
  const adapter = {
    functionName: 'known-failures/cucumber',
    runner: { name: 'cucumber', version: requireFromProject('@cucumber/cucumber/package.json')?.version ?? null },
  };
  const session = openSession(options, { ...adapter, print });
  const messages = new Messages(session.recorder);
  /** Cucumber keeps them, too. */
  const taken = [];
  const replay = () => replayNow({ options, adapter, envelopes: taken });
  session.recorder.startRun();
  process.once('exit', replay);
  return {
    take(envelope) {
      if (isNeeded(envelope)) taken.push(envelope);
      try {
        messages.take(envelope);
      } catch (error) {
        // it would end the run
        session.warn(`known-failures/cucumber: a message of Cucumber could not be read: ${error?.message ?? error}`);
      }
    },
    async finish() {
      process.removeListener('exit', replay);
      await session.finish();
    },
  };
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
