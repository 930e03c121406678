// Annotations of GitHub: an error for each kind of unknown failure, a notice for each known issue.
'use strict';

const process = require('node:process');
const { readOptions } = require('../../shared/options.js');
const { exampleOf } = require('../failures.js');
const { plural } = require('../../shared/plural.js');
const { cut, plainLine, plainText } = require('../text.js');
const { workflowCommand } = require('./commands.js');
const { locationOf } = require('./location.js');

/** GitHub shows ten of each level and step, and drops the others. */
const MAX_ANNOTATIONS = 10;
const MESSAGE_UNITS = 4096;
const TITLE_UNITS = 200;
const MAX_NAMES = 10;

/** @typedef {import('../../recorder/run-report.js').RunReport} RunReport */

/**
 * @param {RunReport} report
 * @param {import('./index.d.ts').AnnotationOptions} [options]
 * @returns {string} workflow commands, each on a line; empty if there is nothing to say
 */
function formatAnnotations(report, options) {
  const cwd = process.cwd();
  const spec = {
    workspace: { type: 'string', default: process.env.GITHUB_WORKSPACE || cwd },
    cwd: { type: 'string', default: cwd },
  };
  const folders = readOptions(options, spec, 'formatAnnotations');
  const lines = [
    ...limited(errors(report, folders), 'error', 'kind of failure', 'kinds of failure'),
    ...listWarnings(report),
    ...limited(notices(report), 'notice', 'known issue', 'known issues'),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** Ten commands; if there are more, the last one says how many. */
function limited(commands, level, one, many) {
  if (commands.length <= MAX_ANNOTATIONS) return commands;
  const more = commands.length - (MAX_ANNOTATIONS - 1);
  return [
    ...commands.slice(0, MAX_ANNOTATIONS - 1),
    workflowCommand(level, {}, `${more} more ${more === 1 ? one : many}: see the summary of the step`),
  ];
}

function errors({ unknown, tests, counts }, folders) {
  const commands = unknown.map((group) => {
    const { tests: indexes } = group;
    const first = tests[indexes[0]];
    const text = exampleOf(group, tests)?.text ?? '';
    const others = indexes.length === 1 ? '' : `\n\nThe same in ${namesOf(indexes.slice(1), tests)}`;
    const message = `${cut(plainText(text) || 'It failed without an error.', MESSAGE_UNITS)}${others}`;
    return workflowCommand('error', { ...locationOf(first.file, text, folders), title: titleOf('Failed', first.name) }, message);
  });
  if (counts.unfinished === 0) return commands;
  const indexes = [...tests.keys()].filter((index) => tests[index].status === 'unfinished');
  const message = `Started and never ended: ${namesOf(indexes, tests)}`;
  // first, because a worker that died is worse than a test that failed
  return [workflowCommand('error', { title: `${plural(indexes.length, 'unfinished test')}` }, message), ...commands];
}

function notices({ issues, tests }) {
  return issues.map(({ issue, url, tests: indexes }) => {
    const link = url === null ? '' : `\n${plainLine(url)}`;
    return workflowCommand('notice', { title: titleOf('Known failure', issue) }, `${namesOf(indexes, tests)}${link}`);
  });
}

/** Without a good list, the errors above may be known ones. */
function listWarnings({ rules: { state, reason, rejected } }) {
  const commands = [];
  const why = reason === null ? '' : `: ${cut(plainText(reason), MESSAGE_UNITS)}`;
  if (state === 'none' && reason !== null) {
    commands.push(workflowCommand('warning', { title: 'No list of known failures was in force' }, `No list${why}`));
  }
  if (state === 'stale') {
    commands.push(workflowCommand('warning', { title: 'The list of known failures is an earlier one' }, `It is stale${why}`));
  }
  if (rejected.length > 0) {
    const title = `${plural(rejected.length, 'rule')} of the list of known failures ${rejected.length === 1 ? 'was' : 'were'} refused`;
    const which = rejected.slice(0, MAX_NAMES).map(({ index, message }) => `rule ${index}: ${plainLine(message)}`);
    commands.push(workflowCommand('warning', { title }, cut(which.join('\n'), MESSAGE_UNITS)));
  }
  return commands;
}

function namesOf(indexes, tests) {
  const names = indexes.slice(0, MAX_NAMES).map((index) => cut(plainLine(tests[index].name), TITLE_UNITS));
  const more = indexes.length > MAX_NAMES ? `\nand ${indexes.length - MAX_NAMES} more` : '';
  return `${plural(indexes.length, 'test')}:\n${names.join('\n')}${more}`;
}

const titleOf = (word, name) => cut(`${word}: ${plainLine(name)}`, TITLE_UNITS);

module.exports = { formatAnnotations };
