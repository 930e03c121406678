// The list of known failures as an output has it that works within a run, without a recorder.
'use strict';

/**
 * @typedef {object} List
 * @property {Promise<void>} ready resolves when the list was loaded, or could not be
 * @property {() => boolean} isPending whether it is still being loaded
 * @property {() => Promise<void>} close
 */

/** The options by which a caller names the list. */
const LIST_OPTIONS = {
  rules: { type: ['string', 'object', 'function'], default: null },
  rulesOptions: { type: 'object', default: null },
};

/**
 * @param {{ rules: any, rulesOptions: object | null }} options a watcher or a source of `watchRules`; null: somebody else loads the list
 * @param {(message: string) => void} warn
 * @returns {List}
 */
function openList({ rules, rulesOptions }, warn) {
  if (rules === null) return { ready: Promise.resolve(), isPending: () => false, close: async () => {} };
  const isOwn = typeof rules.ready?.then !== 'function';
  const watcher = isOwn ? startWatching(rules, rulesOptions, warn) : rules;
  let isPending = watcher !== null;
  const settle = () => {
    isPending = false;
  };
  const ready = Promise.resolve(watcher?.ready).then(settle, settle);
  return { ready, isPending: () => isPending, close: async () => void (isOwn && (await watcher?.close())) };
}

function startWatching(rules, rulesOptions, warn) {
  try {
    // loaded only by those who want it
    const { watchRules } = require('../rules/index.js');
    return watchRules(rules, { onWarning: ({ message }) => warn(message), ...rulesOptions });
  } catch (error) {
    warn(`no list of known failures: ${error.message}`);
    return null;
  }
}

module.exports = { LIST_OPTIONS, openList };
