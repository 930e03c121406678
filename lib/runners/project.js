// Modules of the project that is tested: this package depends on no runner, and may be installed where it cannot see the runner.
'use strict';

const { realpathSync } = require('node:fs');
const { createRequire } = require('node:module');
const { join } = require('node:path');
const process = require('node:process');

/** Who may ask for a module, in this order: the program that runs, the project in the working directory, this package. */
function* requires() {
  for (const path of [process.argv[1], join(process.cwd(), 'package.json')]) {
    try {
      // the program is a link in `node_modules/.bin`
      yield createRequire(path === process.argv[1] ? realpathSync(path) : path);
    } catch {
      // no such file: a program that was given as text, say
    }
  }
  yield require;
}

/**
 * A module of the project.
 *
 * @param {string} name
 * @returns {any} null if nobody can load it
 */
function requireFromProject(name) {
  for (const request of requires()) {
    try {
      return request(name);
    } catch {
      // the next may have it
    }
  }
  return null;
}

module.exports = { requireFromProject };
