// Workflow commands of GitHub Actions: lines `::error file=…,line=…::message`. Whatever a text says, it stays within its command.
'use strict';

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

module.exports = { workflowCommand };
