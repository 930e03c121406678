// A list of rules as commands read it: from a file, standard input or a URL, with the options of `loadRules`, and with the line
// of each rule.
'use strict';

const { loadRules } = require('../../index.js');
const { clock } = require('../rules/clock.js');
const { readWatchOptions } = require('../rules/options.js');
const { ListProblem } = require('../rules/problem.js');
const { readSource } = require('../rules/source.js');
const { nearestOf } = require('../shared/nearest.js');
const { InputError, UsageError } = require('./errors.js');
const { nameOf, readText } = require('./input.js');
const { elementsOf, linesOf, membersOf, rootOf } = require('./json-text.js');

/** The fields of a rule. */
const FIELDS = ['issue', 'error', 'test', 'flags', 'id', 'url', 'enabled', 'expires', 'also', 'unless', 'examples'];

/** How a command names its list. */
const RULES_OPERAND = ['RULES', 'the list of rules: a JSON file, plain or gzip, a URL, or - for standard input'];

/** Options of every command that reads a list. `readRules` takes their values. */
const RULES_OPTIONS = {
  fields: { type: 'string', value: 'NAMES', description: 'Keys of your own, like issue=ticket,error=pattern' },
  flags: { type: 'string', value: 'FLAGS', description: 'The flags of all patterns that have none of their own' },
  ansi: {
    type: 'string',
    value: 'WHAT',
    choices: ['strip', 'keep'],
    description: 'ANSI sequences of errors, strip or keep. Default: strip',
  },
  'stack-frames': {
    type: 'string',
    value: 'WHAT',
    choices: ['strip', 'keep'],
    description: 'Lines of stack frames in errors, strip or keep. Default: keep',
  },
  header: { type: 'string', value: "'NAME: VALUE'", multiple: true, description: 'A header for the request, if RULES is a URL' },
};

/**
 * @typedef {object} RulesFile
 * @property {string} name what messages call it, without secrets
 * @property {string | null} path of the file; null if it is standard input or at a URL
 * @property {string} text the JSON
 * @property {any[]} rules as `JSON.parse` gives them, but with the fields under their own names; not checked
 * @property {import('../../index.js').LoadOptions} loadOptions for `loadRules`, beside `text`
 * @property {Record<string, string>} keys the key of each field in the text
 * @property {() => import('./json-text.js').Span[]} spans where each rule is in the text
 * @property {(index: number) => number} lineOf the line on which a rule begins, from 1
 * @property {(index: number) => string} placeOf `rules.json:12`
 */

/**
 * @param {string} source a path, a URL or `-`
 * @param {Record<string, any>} values of `RULES_OPTIONS`
 * @param {{ stdin: NodeJS.ReadableStream }} io
 * @returns {Promise<RulesFile>}
 * @throws {InputError | UsageError}
 */
async function readRules(source, values, io) {
  const keys = readKeys(values.fields);
  const loadOptions = {
    fields: values.fields === undefined ? null : keys,
    flags: values.flags ?? null,
    ansi: values.ansi ?? null,
    stackFrames: values['stack-frames'] ?? null,
  };
  const { name, path, text } = await read(source, values.header ?? [], io);
  const list = await parse(text, name);
  let spans;
  let lines;
  const file = {
    name,
    path,
    text,
    rules: list.map((rule) => withFields(rule, keys)),
    loadOptions,
    keys,
    spans() {
      spans ??= elementsOf(text, Array.isArray(JSON.parse(text)) ? rootOf(text) : membersOf(text, rootOf(text)).get('rules'));
      return spans;
    },
    lineOf(index) {
      lines ??= linesOf(text);
      return lines(file.spans()[index].start).line;
    },
    placeOf: (index) => `${name}:${file.lineOf(index)}`,
  };
  return file;
}

/** @returns {Record<string, string>} the key of each field, by `--fields` */
function readKeys(given) {
  const keys = Object.fromEntries(FIELDS.map((field) => [field, field]));
  for (const pair of given?.split(',') ?? []) {
    const [field, key, ...rest] = pair.split('=').map((part) => part.trim());
    if (!field || !key || rest.length > 0)
      throw new UsageError(`--fields: ${JSON.stringify(pair)} is no FIELD=KEY; write issue=ticket,error=pattern`);
    if (!FIELDS.includes(field)) {
      const meant = nearestOf(field, FIELDS);
      throw new UsageError(
        `--fields: a rule has no field ${field}; ${meant === undefined ? `it has ${FIELDS.join(', ')}` : `did you mean ${meant}?`}`,
      );
    }
    keys[field] = key;
  }
  return keys;
}

async function read(source, headers, io) {
  if (source === '-') return { name: nameOf(source), path: null, text: await readText(source, io) };
  const { kind, name, identity, open } = inUsage(() => readSource(source));
  if (kind === 'file') {
    const path = source.startsWith('file:') ? identity : source;
    return { name: path, path, text: await readText(path, io) };
  }
  const options = inUsage(() => readWatchOptions({ headers: headers.map(readHeader) }, kind));
  try {
    const { rules } = await open(identity, options, clock).read(null, new AbortController().signal);
    return { name, path: null, text: new TextDecoder('utf-8', { fatal: true }).decode(rules) };
  } catch (error) {
    if (error instanceof ListProblem) throw new InputError(`${name}: ${error.message}`);
    if (error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA') throw new InputError(`${name}: is not UTF-8`);
    throw error;
  }
}

function readHeader(text) {
  const [, name, value] = /^([^:]+):\s*(.*)$/s.exec(text) ?? [];
  // the text itself may be a secret
  if (name === undefined) throw new UsageError("--header: a header is NAME: VALUE; write --header 'authorization: Bearer …'");
  return [name, value];
}

/** What the functions of the package refuse is what the command line has. */
function inUsage(read) {
  try {
    return read();
  } catch (error) {
    if (error.code !== 'ERR_INVALID_ARG') throw error;
    throw new UsageError(error.message.replace(/^watchRules: (options\.)?/, ''));
  }
}

async function parse(text, name) {
  let list;
  try {
    list = JSON.parse(text);
  } catch {
    // the addon says where, in the same words on every runtime
    const { message } = await loadRules(text).catch((error) => error);
    throw new InputError(`${name}: ${message}`);
  }
  if (!Array.isArray(list)) list = list?.rules;
  if (!Array.isArray(list)) throw new InputError(`${name}: a list is an array of rules, or an object with an array \`rules\``);
  return list;
}

function withFields(given, keys) {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return given;
  const rule = { ...given };
  for (const field of FIELDS) delete rule[field];
  for (const field of FIELDS) if (Object.hasOwn(given, keys[field])) rule[field] = given[keys[field]];
  return rule;
}

/**
 * Puts the list in force.
 *
 * @param {RulesFile} file
 * @returns {Promise<import('../../index.js').LoadReport>}
 * @throws {InputError | UsageError}
 */
async function loadRulesFile({ name, text, loadOptions }) {
  try {
    return await loadRules(text, loadOptions);
  } catch (error) {
    if (typeof error.code !== 'string') throw error;
    if (error.code === 'ERR_INVALID_ARG') throw new UsageError(inOptions(error.message));
    if (!error.code.startsWith('ERR_RULES_')) throw error;
    throw new InputError(`${name}: ${inOptions(error.message)}`, { cause: error });
  }
}

/** A message of the package in the words of the command line. */
const inOptions = (message) => message.replace(/`?options\.(fields|flags)`?/g, '--$1');

/** What people call a rule: its issue, and its id if that is another name. */
function ruleName({ id, issue }) {
  if (issue === null || issue === undefined) return id ?? '(no issue)';
  return id === null || id === undefined || id === issue ? `${issue}` : `${issue} (${id})`;
}

module.exports = { FIELDS, loadRulesFile, readRules, ruleName, RULES_OPERAND, RULES_OPTIONS };
