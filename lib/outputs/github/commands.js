// Workflow commands of GitHub Actions: lines `::error file=…,line=…::message`. Whatever a text says, it stays within its command.
'use strict';

const { randomBytes } = require('node:crypto');

/** @param {string} text */
const escapeData = (text) => text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');

/** @param {string} text */
const escapeProperty = (text) => escapeData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');

/**
 * @param {'error' | 'warning' | 'notice'} name
 * @param {Record<string, string | number | null | undefined>} properties those that are null are left out
 * @param {string} message may have several lines
 * @returns {string} one line, without a line break
 */
function workflowCommand(name, properties, message) {
  const given = Object.entries(properties).filter(([, value]) => value !== null && value !== undefined);
  const list = given.map(([key, value]) => `${key}=${escapeProperty(`${value}`)}`).join(',');
  return `::${name}${list === '' ? '' : ` ${list}`}::${escapeData(message)}`;
}

/**
 * A text for the log of a step: a line of an error that looks like a command is none. Blanks before it do not stop it.
 *
 * @param {string} text whole lines
 */
function withoutCommands(text) {
  if (!/^\s*::|##\[/m.test(text)) return text;
  // nobody can guess it, so nothing within the text turns commands on again
  const token = randomBytes(16).toString('hex');
  return `::stop-commands::${token}\n${text}::${token}::\n`;
}

module.exports = { withoutCommands, workflowCommand };
