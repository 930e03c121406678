// The help of the program and of each command, made of the tables that the program itself works by.
'use strict';

const { COMMON_OPTIONS } = require('./arguments.js');
const { COMMANDS } = require('./commands.js');
const { formatTable } = require('./table.js');

/** @param {ReturnType<typeof import('./terminal.js').terminalOf>} terminal */
function programHelp(terminal) {
  const commands = Object.entries(COMMANDS).map(([name, { summary }]) => [name, summary]);
  const options = [
    ['-h, --help', 'Print this help'],
    ['-v, --version', 'Print the version'],
  ];
  const codes = [
    ['0', 'done'],
    ['1', 'done, with findings'],
    ['2', 'the command line is wrong'],
    ['3', 'a file cannot be read or written'],
    ['4', 'a fault of known-failures'],
  ];
  return [
    paragraph('Usage: known-failures COMMAND [OPTIONS]', terminal),
    list('Commands', commands, terminal),
    list('Options', options, terminal),
    list('Exit codes', codes, terminal),
    paragraph('known-failures COMMAND --help prints the help of a command, with examples.', terminal),
  ].join('\n');
}

/** @param {import('./commands.js').Command} command */
function commandHelp(command, terminal) {
  const options = Object.entries({ ...command.options, ...COMMON_OPTIONS }).map(([name, option]) => [
    optionName(name, option),
    option.default === undefined ? option.description : `${option.description}. Default: ${option.default}`,
  ]);
  return [
    paragraph(`Usage: known-failures ${command.usage}`, terminal),
    paragraph(command.description, terminal),
    command.operands && list('Operands', command.operands, terminal),
    list('Options', options, terminal),
    `${terminal.style('bold', 'Examples')}\n${command.examples.map(([line, what]) => `  ${line}\n${paragraph(what, terminal, 6)}`).join('')}`,
  ]
    .filter(Boolean)
    .join('\n');
}

function optionName(name, { type, short, value = 'VALUE' }) {
  const long = `--${name}${type === 'string' ? ` ${value}` : ''}`;
  return short === undefined ? `    ${long}` : `-${short}, ${long}`;
}

function list(heading, rows, terminal) {
  const columns = [{ style: (text) => terminal.style('cyan', text) }, { overflow: 'wrap' }];
  return `${terminal.style('bold', heading)}\n${formatTable(rows, { columns, width: terminal.width, indent: 2 })}`;
}

function paragraph(text, { width }, indent = 0) {
  return formatTable([[text]], { columns: [{ overflow: 'wrap' }], width, indent });
}

module.exports = { commandHelp, programHelp };
