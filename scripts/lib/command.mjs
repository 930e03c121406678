// The frame of every command: options, `--help`, exit codes.
//
// Exit code 0: all is as it should be. 1: the command found something. 2: wrong use, or the run itself failed.

import { existsSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** A mistake of the user's: printed as a sentence, without a stack. */
export class UsageError extends Error {}

/**
 * @template Value
 * @typedef {object} Option
 * @property {'string' | 'boolean'} type
 * @property {Value} normally the value without the option
 * @property {(given: any, name: string) => Value} read
 */

/** `--quick` @returns {Option<boolean>} */
export const flag = () => ({ type: 'boolean', normally: false, read: (given) => given });

/** `--out FOLDER` @template Default @param {Default} normally @returns {Option<string | Default>} */
export const text = (normally) => ({ type: 'string', normally, read: (given) => given });

/** `--rounds 9` @template Default @param {Default} normally @returns {Option<number | Default>} */
export const integer = (normally, { least = 1 } = {}) => ({
  type: 'string',
  normally,
  read(given, name) {
    const value = Number(given);
    if (given.trim() === '' || !Number.isSafeInteger(value) || value < least)
      throw new UsageError(`--${name} must be an integer of at least ${least}, not ${given}`);
    return value;
  },
});

/** `--only a,b` @param {readonly string[]} names @returns {Option<string[]>} */
export const someOf = (names, normally = names) => ({
  type: 'string',
  normally: [...normally],
  read: (given, name) => known(given.split(','), names, `--${name}`),
});

/** @param {string[]} given @param {readonly string[]} names @param {string} where for the message */
export function known(given, names, where) {
  const wrong = given.find((one) => !names.includes(one));
  if (wrong !== undefined) throw new UsageError(`${where}: one of ${names.join(', ')}; not ${JSON.stringify(wrong)}`);
  return given;
}

/**
 * @template {Record<string, Option<any>>} Options
 * @param {Options} options
 * @param {string[]} args
 * @returns {{ values: { [Name in keyof Options]: Options[Name]['normally'] }, positionals: string[], help: boolean }}
 */
export function parseOptions(options, args) {
  const config = { help: { type: 'boolean' } };
  for (const [name, { type }] of Object.entries(options)) config[name] = { type };
  const { values: given, positionals } = parseArgs({ args, options: config, allowPositionals: true });
  const values = Object.entries(options).map(([name, { normally, read }]) => [
    name,
    given[name] === undefined ? normally : read(given[name], name),
  ]);
  return { values: Object.fromEntries(values), positionals, help: given.help ?? false };
}

/** Is a module the program that Node was started with, and not only imported? @param {string} url its `import.meta.url` */
export function isProgram(url) {
  const [, program = ''] = process.argv;
  return existsSync(program) && realpathSync(program) === fileURLToPath(url);
}

/**
 * Runs a command and sets the exit code.
 *
 * @template {Record<string, Option<any>>} Options
 * @param {object} command
 * @param {string} command.usage
 * @param {Options} command.options
 * @param {readonly string[] | 'files'} [command.names] what can be given beside options, any number of them: these words, or files;
 *   nothing by default
 * @param {string[]} [command.args]
 * @param {(values: ReturnType<typeof parseOptions<Options>>['values'], positionals: string[]) => Promise<number>} run gives the
 *   exit code
 */
export async function command({ usage, options, names = [], args = process.argv.slice(2) }, run) {
  try {
    const { values, positionals, help } = parseOptions(options, args);
    if (help) return console.log(usage);
    if (positionals.length > 0 && names.length === 0) throw new UsageError(`unexpected argument ${positionals[0]}`);
    process.exitCode = await run(values, names === 'files' ? positionals : known(positionals, names, 'what to run'));
  } catch (error) {
    process.exitCode = 2;
    if (error instanceof UsageError) console.error(error.message);
    else if (String(error?.code).startsWith('ERR_PARSE_ARGS')) console.error(`${error.message}\n\n${usage}`);
    else console.error(error);
  }
}
