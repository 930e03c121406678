// Run reports as commands read them: one, or one of several shards.
'use strict';

// not the recorder's entry: it loads the addon, which nothing here needs
const { mergeReports } = require('../recorder/merge.js');
const { readRunReport } = require('../recorder/read.js');
const { InputError } = require('./errors.js');
const { nameOf, readText } = require('./input.js');

/** @typedef {import('../recorder/run-report.js').RunReport} RunReport */

/**
 * @param {string[]} paths at least one; `-`: standard input
 * @param {{ stdin: NodeJS.ReadableStream }} io
 * @returns {Promise<RunReport>} of several shards: one report of all their tests
 * @throws {InputError}
 */
async function readReports(paths, io) {
  const reports = [];
  for (const path of paths) reports.push(parse(await readText(path, io), path));
  return reports.length === 1 ? reports[0] : mergeReports(reports);
}

function parse(text, path) {
  try {
    return readRunReport(text);
  } catch (error) {
    if (error.code !== 'ERR_REPORT_FORMAT') throw error;
    throw new InputError(`${nameOf(path)}: ${error.message}`);
  }
}

module.exports = { readReports };
