// Lists and texts as files for the peers, below .cache/bench.

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateErrors, generateRules, toJson } from '../data/index.mjs';
import { writePcreRules, writeTexts } from './files.mjs';
import { traitsOf } from './pcre.mjs';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const cache = join(root, '.cache', 'bench');

/** A path below .cache/bench; its folder is made. */
export function cacheFile(...names) {
  const path = join(cache, ...names);
  mkdirSync(join(path, '..'), { recursive: true });
  return path;
}

/** Two benchmarks at a time have their own. */
const lists = join('lists', String(process.pid));

/** Texts of hundreds of megabytes are not worth keeping. */
export const cleanUp = () => rmSync(join(cache, lists), { recursive: true, force: true });

/**
 * @typedef {object} Written
 * @property {import('../data/rules.mjs').RuleList} list
 * @property {{ test: string, error: string }[]} texts ordinary ones first, then those with a log
 * @property {import('./rounds.mjs').Texts} counts
 * @property {string} json the rules as JSON
 * @property {string} pcre the rules for Vectorscan
 * @property {string} textsFile
 * @property {(name: string) => string} file a path for another file of this list
 */

/**
 * A generated list with its texts.
 *
 * @param {string} name of the folder
 * @param {Parameters<typeof generateRules>[0]} rules
 * @param {Parameters<typeof generateErrors>[1]} errors
 */
export function writeList(name, rules, errors) {
  const list = generateRules(rules);
  const { logLength = 40_000 } = errors;
  return writeTextsOf(name, list, generateErrors(list, errors), ({ failure }) => failure.message.length >= logLength);
}

/**
 * A list with texts from elsewhere.
 *
 * @template {{ test: string, error: string }} Text
 * @param {string} name of the folder
 * @param {{ rules: import('../data/rules.mjs').RuleList['rules'] }} list
 * @param {Text[]} given
 * @param {(text: Text) => boolean} hasLog
 * @returns {Written}
 */
export function writeTextsOf(name, list, given, hasLog) {
  const [ordinary, logs] = [given.filter((text) => !hasLog(text)), given.filter(hasLog)];
  const written = {
    list,
    texts: [...ordinary, ...logs],
    counts: { ordinary: ordinary.length, logs: logs.length },
    json: cacheFile(lists, name, 'rules.json'),
    pcre: cacheFile(lists, name, 'rules.pcre'),
    textsFile: cacheFile(lists, name, 'texts'),
    file: (own) => cacheFile(lists, name, own),
  };
  writeFileSync(written.json, toJson(list));
  const traits = { error: traitsOf(given.map(({ error }) => error)), test: traitsOf(given.map(({ test }) => test)) };
  writePcreRules(written.pcre, list.rules, traits);
  writeTexts(written.textsFile, written.texts);
  return written;
}
