// Marks each result just before an allure-js adapter writes it. The hook is synchronous, and so is the verdict.
'use strict';

const { classifySync } = require('../../../index.js');
const { readOptionsOrWarn } = require('../../shared/options.js');
const { ISSUE_URL } = require('../link.js');
const { LIST_OPTIONS, openList } = require('../list.js');
const { warnOnce } = require('../warnings.js');
const { errorOf, isFailure, markResult } = require('./marks.js');
const { titlesOf } = require('./test-name.js');

const OPTIONS = {
  ...LIST_OPTIONS,
  status: { oneOf: ['verdict', 'keep'], default: 'verdict' },
  issueUrl: ISSUE_URL,
  timeLimitMs: { type: 'number', min: 1, max: 60_000, default: 20 },
  warn: { type: 'function' },
};

const LATER = '`known-failures allure DIR --rules RULES` marks the results after the run';

/** @param {import('./index.d.ts').ListenerOptions} [options] @returns {import('./index.d.ts').AllureListener} */
function allureListener(options) {
  const warn = warnOnce(options);
  const read = readOptionsOrWarn(options, OPTIONS, 'allureListener', warn);
  openList(read, warn);
  return {
    beforeTestResultWrite(result) {
      try {
        if (isFailure(result)) mark(result, read, warn);
      } catch (error) {
        warn(`allureListener: a result stays as it is: ${error?.message ?? error}`);
      }
    },
  };
}

function mark(result, options, warn) {
  const verdict = classifySync(titlesOf(result), errorOf(result), { timeLimitMs: options.timeLimitMs });
  if (verdict.reason === 'no-rules') {
    warn(`allureListener: a test failed while no list of known failures was in force; its result stays as it is. ${LATER}`);
  } else if (verdict.reason === 'time-limit') {
    warn(`allureListener: a verdict took longer than ${options.timeLimitMs} ms; the result stays as it is. ${LATER}`);
  } else {
    markResult(result, verdict, options);
  }
}

module.exports = { allureListener };
