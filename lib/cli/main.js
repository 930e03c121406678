#!/usr/bin/env node
// The program `known-failures`: finds the command, reads its arguments, runs it, and says in one line what went wrong.
'use strict';

const { readArguments } = require('./arguments.js');
const { COMMANDS } = require('./commands.js');
const { EXIT, UsageError } = require('./errors.js');
const { commandHelp, programHelp } = require('./help.js');
const { nearestOf } = require('../shared/nearest.js');
const { printable, terminalOf } = require('./terminal.js');

/** @param {string[]} args @param {import('./commands.js').Io} io @returns {Promise<number>} the exit code */
async function main(args, io) {
  const [name, ...rest] = args;
  if (name === undefined) throw new UsageError('which command? known-failures --help lists them');
  if (name === '--help' || name === '-h' || name === 'help') {
    // `help report` is `report --help`
    if (Object.hasOwn(COMMANDS, rest[0] ?? '')) return main([rest[0], '--help'], io);
    io.print(programHelp(io.terminal));
    return EXIT.ok;
  }
  if (name === '--version' || name === '-v') {
    io.print(`${require('../../package.json').version}\n`);
    return EXIT.ok;
  }
  const command = commandOf(name);
  const { values, positionals } = inCommand(name, () => readArguments(rest, command.options));
  if (values.help) {
    io.print(commandHelp(command, io.terminal));
    return EXIT.ok;
  }
  return (await command.run({ values, positionals, io })) ?? EXIT.ok;
}

function commandOf(name) {
  if (Object.hasOwn(COMMANDS, name)) return COMMANDS[name].load();
  const what = name.startsWith('-') ? 'option' : 'command';
  const known = what === 'option' ? ['--help', '--version'] : Object.keys(COMMANDS);
  const meant = nearestOf(name, known);
  const hint = meant === undefined ? 'known-failures --help lists what there is' : `did you mean ${meant}?`;
  throw new UsageError(`unknown ${what} ${name}; ${hint}`);
}

/** Names the command in a message about its arguments. */
function inCommand(name, read) {
  try {
    return read();
  } catch (error) {
    if (error instanceof UsageError) error.message += `; known-failures ${name} --help shows examples`;
    throw error;
  }
}

/** Runs the program for this process. */
async function runProcess() {
  const { argv, env, stdin, stdout, stderr } = process;
  // a reader that has seen enough (`| head`) is no error
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error) => {
      if (error.code === 'EPIPE') process.exit(process.exitCode ?? EXIT.ok);
      throw error;
    });
  }
  const io = {
    stdin,
    stdout,
    terminal: terminalOf(stdout, env),
    print: (text) => stdout.write(text),
    warn: (text) => stderr.write(`known-failures: ${printable(text).replace(/\s*\n\s*/g, ' ')}\n`),
  };
  try {
    process.exitCode = await main(argv.slice(2), io);
  } catch (error) {
    const isOurs = error?.exitCode === undefined;
    io.warn(isOurs ? `a fault of known-failures, please report it: ${error?.message ?? error}` : error.message);
    process.exitCode = isOurs ? EXIT.internal : error.exitCode;
  }
}

runProcess();
