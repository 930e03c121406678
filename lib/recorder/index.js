// known-failures/recorder: the core of a log plugin. Records a run of tests and has every failure judged.
'use strict';

const { mergeReports } = require('./merge.js');
const { readRunReport } = require('./read.js');
const { Recorder } = require('./recorder.js');
const { signatureOf } = require('./signature.js');
const { formatSummary } = require('./summary.js');

/** @param {import('./index.d.ts').RecorderOptions} [options] @returns {import('./index.d.ts').Recorder} */
function createRecorder(options) {
  const recorder = new Recorder(options);
  // functions and not methods: an adapter may hand them over as they are
  return {
    startRun: () => recorder.startRun(),
    startTest: (test) => recorder.startTest(test),
    onLog: (event) => recorder.onLog(event),
    endTest: (result) => recorder.endTest(result),
    fail: (failure) => recorder.fail(failure),
    endRun: () => recorder.endRun(),
  };
}

module.exports = { createRecorder, formatSummary, mergeReports, readRunReport, signatureOf };
