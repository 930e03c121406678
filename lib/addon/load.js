// Loads the addon. What a failure needs is loaded only when there is one.
'use strict';

const { version } = require('../../package.json');

/** @throws {Error & { code: 'ERR_ADDON_LOAD' }} its message says why, and what to do */
function loadAddon() {
  let addon;
  try {
    addon = require('../../native.js');
  } catch (error) {
    throw require('./load-error.js').loadError(error);
  }
  // the loader takes any version, and another one would only fail later, in a call
  if (addon.VERSION !== version) throw require('./load-error.js').versionError(version, addon.VERSION);
  return addon;
}

module.exports = { loadAddon };
