// Options from where there are only texts: a command line, environment variables.
'use strict';

const { nearestOf } = require('../shared/nearest.js');
const { COMMON_OPTIONS } = require('./options.js');

const typesOf = ({ type = [] }) => (Array.isArray(type) ? type : [type]);

/** What a text may mean, by the type of an option. Undefined: not of this type. */
const MEANINGS = {
  boolean: (text) => ({ true: true, false: false })[text],
  number: (text) => (text.trim() === '' || Number.isNaN(Number(text)) ? undefined : Number(text)),
  integer: (text) => MEANINGS.number(text),
  object: (text) => parseOrUndefined(text),
};

/**
 * Gives texts the type that their option has: `'false'` becomes `false`, `'5000'` a number, JSON an object. A text that means
 * nothing of that type stays, and is refused with the other wrong options.
 *
 * @param {unknown} given
 * @param {Record<string, import('../shared/options.js').OptionSpec>} [own] options that only this adapter has
 * @returns {unknown}
 */
function readTexts(given, own = {}) {
  if (typeof given !== 'object' || given === null) return given;
  const specs = { ...COMMON_OPTIONS, ...own };
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, typeof value === 'string' ? meaningOf(value, specs[name] ?? {}) : value]),
  );
}

const PREFIX = 'KNOWN_FAILURES_';

/**
 * The options that all adapters have from environment variables: `rulesWaitMs` is `KNOWN_FAILURES_RULES_WAIT_MS`. A misspelt one is
 * handed on, to be refused with the other wrong options. Other variables of this prefix may be somebody else's.
 *
 * @param {Record<string, string | undefined>} environment
 */
function fromEnvironment(environment) {
  const known = Object.keys(COMMON_OPTIONS);
  const given = Object.entries(environment)
    .filter(([variable, text]) => variable.startsWith(PREFIX) && text !== undefined && text !== '')
    .map(([variable, text]) => [optionOf(variable.slice(PREFIX.length)), text])
    .filter(([name]) => nearestOf(name, known) !== undefined);
  return readTexts(Object.fromEntries(given));
}

const optionOf = (name) => name.toLowerCase().replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());

function meaningOf(text, spec) {
  const types = typesOf(spec);
  if (types.includes('string')) return text;
  for (const type of types) {
    const value = MEANINGS[type]?.(text);
    if (value !== undefined) return value;
  }
  return text;
}

function parseOrUndefined(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

module.exports = { fromEnvironment, readTexts };
