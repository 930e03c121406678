// Names of tests, and the scopes that limit a rule to some of them.

import { browsers, entities, parts, plural, verbs } from './words.mjs';

/**
 * @typedef {object} Scope
 * @property {string} pattern matched against a test's full name
 * @property {string} [suite]
 * @property {string} [group]
 * @property {string} [browser]
 */

/** Joins the suites and the title of a test's full name. */
export const separator = ' › ';

/**
 * A test's full name, `Suite › Group › title [browser]`, within a scope if one is given.
 * @param {import('../../scripts/lib/random.mjs').Random} random
 * @param {Scope | null} [scope]
 */
export function testName(random, scope) {
  const suite = scope?.suite ?? random.pick(entities);
  const group = scope?.group ?? random.pick(parts);
  const title = `${plural(random.pick(verbs))} the ${random.pick(entities).toLowerCase()} ${random.pick(parts).toLowerCase()}, case ${random.int(1, 400)}`;
  return `${suite}${separator}${group}${separator}${title} [${scope?.browser ?? random.pick(browsers)}]`;
}

/**
 * @param {import('../../scripts/lib/random.mjs').Random} random
 * @returns {Scope}
 */
export function drawScope(random) {
  const suite = random.pick(entities);
  const group = random.pick(parts);
  const browser = random.pick(browsers);
  return random.pick([
    { pattern: `^${suite} › `, suite },
    { pattern: `^${suite} › ${group} › `, suite, group },
    { pattern: `^(?:${suite}|${random.pick(entities)}) › .* \\[${browser}\\]$`, suite, browser },
    { pattern: `\\[(?:${browser}|${random.pick(browsers)})\\]$`, browser },
    { pattern: `› ${group} › .*case \\d+`, group },
  ]);
}
