// Run reports as commands read them.
'use strict';

const { InputError } = require('./errors.js');
const { nameOf, parseJson, readText } = require('./input.js');

const FORMAT = 'known-failures-run';
const FORMAT_VERSION = 1;
const LISTS = ['issues', 'unknown', 'tests', 'warnings'];
const OBJECTS = ['counts', 'rules'];

/** @param {string} path `-`: standard input @returns {Promise<import('../recorder/run-report.js').RunReport>} */
async function readReport(path, io) {
  const report = parseJson(await readText(path, io), path);
  const fault = faultOf(report);
  if (fault !== null) throw new InputError(`${nameOf(path)}: ${fault}`);
  return report;
}

/** What makes a value something else than a run report that this version reads. Null: nothing. */
function faultOf(report) {
  if (report?.format !== FORMAT) return `is not a run report: its "format" must be "${FORMAT}", as the recorder writes it`;
  if (report.formatVersion !== FORMAT_VERSION) {
    return `is a run report of version ${JSON.stringify(report.formatVersion)}, and this known-failures reads version ${FORMAT_VERSION}; update it`;
  }
  for (const key of LISTS) if (!Array.isArray(report[key])) return `is damaged: "${key}" must be an array`;
  for (const key of OBJECTS)
    if (typeof report[key] !== 'object' || report[key] === null) return `is damaged: "${key}" must be an object`;
  return null;
}

module.exports = { readReport };
