// Parsers of the files that are imported. Those of TOML and YAML are optional packages: a list is imported once, and every test
// run would have to carry them.
'use strict';

const { InputError } = require('../errors.js');
const { nameOf } = require('../input.js');

/** Languages that need a package: which one, and how it is called. */
const PACKAGES = {
  TOML: ['smol-toml', ({ parse }, text) => parse(text)],
  YAML: ['yaml', ({ parse }, text) => parse(text)],
};

/**
 * @param {'JSON' | 'TOML' | 'YAML'} language
 * @param {string} text
 * @param {string} path for messages
 * @returns {any}
 * @throws {InputError}
 */
function parseAs(language, text, path) {
  try {
    return language === 'JSON' ? JSON.parse(text) : parseWith(PACKAGES[language], language, text);
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`${nameOf(path)}: is no ${language}: ${error.message}`);
  }
}

function parseWith([name, parse], language, text) {
  let parser;
  try {
    parser = require(name);
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error;
    throw new InputError(
      `to read ${language}, install ${name}: npm install ${name}, or npx -p known-failures -p ${name} known-failures …`,
    );
  }
  return parse(parser, text);
}

module.exports = { parseAs };
