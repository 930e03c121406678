// Options from where there are only texts: a command line, environment variables.
'use strict';

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

/**
 * The options that all adapters have from environment variables: `rulesWaitMs` is `KNOWN_FAILURES_RULES_WAIT_MS`.
 *
 * @param {Record<string, string | undefined>} environment
 */
function fromEnvironment(environment) {
  const variableOf = (name) => `KNOWN_FAILURES_${name.replace(/[A-Z]/g, '_$&').toUpperCase()}`;
  const isText = (name) => environment[variableOf(name)] !== undefined && environment[variableOf(name)] !== '';
  const names = Object.keys(COMMON_OPTIONS).filter(isText);
  return readTexts(Object.fromEntries(names.map((name) => [name, environment[variableOf(name)]])));
}

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
