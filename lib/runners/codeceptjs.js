// known-failures/codeceptjs: a plugin that judges every failure and prints the summary.
//
// CodeceptJS emits its events and waits for none, but what is added to its recorder is awaited before the test, or the run, ends.
'use strict';

const { isMainThread } = require('node:worker_threads');
const { within } = require('../shared/within.js');
const { Events } = require('./codeceptjs-events.js');
const { collectReports, leaveReport, optionsOfWorker, prepareForReports } = require('./codeceptjs-workers.js');
const { requireFromProject } = require('./project.js');
const { openSession } = require('./session.js');

const FUNCTION_NAME = 'known-failures/codeceptjs';

/** How long a test that failed waits for its verdict, in milliseconds. Later ones are in the report, but not in the metadata. */
const META_WAIT_MS = 10_000;

/** @param {any} config what the configuration has for this plugin */
module.exports = function knownFailures({ enabled, require: module, ...options } = {}) {
  const codeceptjs = requireFromProject('codeceptjs');
  const { dispatcher, all, workers } = codeceptjs.event;
  // a worker's own listeners, which come later, throw for errors that cannot be sent, and then those after them hear nothing
  let run = isMainThread ? null : begin(codeceptjs, optionsOfWorker(options));
  dispatcher.on(all.before, () => {
    run ??= begin(codeceptjs, options);
    tellLoadErrors(codeceptjs.container.mocha(), run);
  });
  dispatcher.on(all.after, () => {
    const finished = run.finish();
    // CodeceptJS 4 exits after what is queued here
    codeceptjs.recorder.add('known failures', () => finished, true, false);
  });
  if (!isMainThread) return;
  dispatcher.on(workers.before, prepareForReports);
  dispatcher.on(workers.result, () => collectReports(options, FUNCTION_NAME));
};

function begin({ event, recorder: queue, codecept }, options) {
  const session = openSession(options, {
    functionName: FUNCTION_NAME,
    runner: { name: 'codeceptjs', version: codecept.version() },
  });
  const { recorder } = session;
  const onFailure = (test, recorded) =>
    queue.add('known failure', () =>
      within(
        META_WAIT_MS,
        recorded.then((judged) => tell(test, judged)),
      ),
    );
  new Events(recorder, onFailure).listenTo(event);
  recorder.startRun();
  // a worker may run several times
  const finish = isMainThread ? session.finish : async () => leaveReport(await recorder.endRun());
  return { recorder, finish };
}

/** CodeceptJS prints metadata with the failure, and reporters show it. @param {import('../recorder/run-report.d.ts').RecordedTest} judged */
function tell(test, { status, issue, url }) {
  if (status === 'Broken') test.meta.knownFailure = url === null ? issue : `${issue} ${url}`;
  else delete test.meta.knownFailure;
}

/** A file that does not load ends CodeceptJS, and no event tells. */
function tellLoadErrors(mocha, { recorder, finish }) {
  const { loadFiles } = mocha;
  let file = null;
  mocha.suite.on('pre-require', (_, path) => {
    file = path;
  });
  mocha.loadFiles = (...args) => {
    try {
      return loadFiles.apply(mocha, args);
    } catch (error) {
      recorder.fail({ kind: 'file', file, errors: [error] });
      finish();
      throw error;
    }
  };
}
