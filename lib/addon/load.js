// Loads the addon. What a failure needs is loaded only when there is one.
'use strict';

/** The package's, which a test holds against package.json. Reading it from there takes as long as mapping the binary. */
const VERSION = '0.1.0';

/** @throws {Error & { code: 'ERR_ADDON_LOAD' }} its message says why, and what to do */
function loadAddon() {
  let addon;
  try {
    addon = require('../../native.js');
  } catch (error) {
    throw require('./load-error.js').loadError(error);
  }
  // the loader takes any version, and another one would only fail later, in a call
  if (addon.VERSION !== VERSION) throw require('./load-error.js').versionError(VERSION, addon.VERSION);
  return addon;
}

module.exports = { loadAddon, VERSION };
