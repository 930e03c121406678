// The arguments of a command, by its table of options. `node:util` splits them; what is wrong is said here, because a message has
// to name what to write instead.
'use strict';

const { parseArgs } = require('node:util');
const { UsageError } = require('./errors.js');
const { nearestOf } = require('../shared/nearest.js');

/** Options of every command. */
const COMMON_OPTIONS = {
  json: { type: 'boolean', description: 'Print the result as JSON' },
  help: { type: 'boolean', short: 'h', description: 'Print this help' },
};

/**
 * @typedef {object} Option
 * @property {'string' | 'boolean'} type
 * @property {string} [short] one letter
 * @property {boolean} [multiple] may be given several times: the value is an array
 * @property {string} [value] what the value is, for the help: `FILE`
 * @property {string} [default] the value if the option is not given
 * @property {readonly string[]} [choices] all values that it can have
 * @property {string} description
 */

/**
 * @param {string[]} args
 * @param {Record<string, Option>} own options of the command
 * @returns {{ values: Record<string, any>, positionals: string[] }}
 * @throws {UsageError}
 */
function readArguments(args, own) {
  const options = { ...own, ...COMMON_OPTIONS };
  const config = Object.fromEntries(
    Object.entries(options).map(([name, { type, short, multiple }]) => [
      name,
      { type, ...(short && { short }), ...(multiple && { multiple }) },
    ]),
  );
  const { values, positionals, tokens } = parseArgs({
    args,
    options: config,
    strict: false,
    tokens: true,
    allowPositionals: true,
  });
  for (const token of tokens) if (token.kind === 'option') check(token, options);
  for (const [name, option] of Object.entries(options)) values[name] ??= option.default;
  return { values: { ...values }, positionals };
}

function check({ name, rawName, value, inlineValue }, options) {
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  if (option === undefined) {
    const meant = nearestOf(name, Object.keys(options));
    throw new UsageError(`unknown option ${rawName}${meant === undefined ? '' : `; did you mean --${meant}?`}`);
  }
  if (option.type === 'boolean') {
    if (value !== undefined) throw new UsageError(`${rawName} takes no value; write ${rawName} alone`);
    return;
  }
  const placeholder = option.value ?? 'VALUE';
  if (value === undefined) throw new UsageError(`${rawName} needs a value; write ${rawName} ${placeholder}`);
  // `-o --json` is a forgotten value rather than a file of that name; `-o -` is standard output
  if (!inlineValue && value.length > 1 && value.startsWith('-')) {
    throw new UsageError(`${rawName} needs a value, but ${value} follows; write --${name}=${value} if that is the value`);
  }
  if (option.choices && !option.choices.includes(value)) {
    throw new UsageError(`${rawName} cannot be ${JSON.stringify(value)}; write one of ${option.choices.join(', ')}`);
  }
}

module.exports = { COMMON_OPTIONS, readArguments };
