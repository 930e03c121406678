// The formats that are imported, by the names that the command line has.
'use strict';

/**
 * One thing in a file that may become a rule: an entry of it has a name, and `make` tells what becomes of it.
 *
 * @typedef {object} Entry
 * @property {string} name
 * @property {() => Made} make throws `Untranslatable`
 *
 * @typedef {object} Made
 * @property {Record<string, unknown>} rule
 * @property {string[]} changes in the patterns; their meaning stays
 * @property {string[]} losses what the rule does not say any more
 *
 * @typedef {object} Format
 * @property {string} summary
 * @property {(text: string, context: { path: string, dialect?: string }) => Entry[]} entries throws `InputError`
 */

/** @type {Record<string, () => Format>} */
const FORMATS = {
  allure2: () => require('./allure2.js'),
  allure3: () => require('./allure3.js'),
  dotnet: () => require('./dotnet.js'),
  gitlab: () => require('./gitlab.js'),
  jenkins: () => require('./jenkins.js'),
  lines: () => require('./lines.js'),
  pytorch: () => require('./pytorch.js'),
};

module.exports = { FORMATS };
