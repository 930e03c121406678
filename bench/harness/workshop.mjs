// Builds the peers' programs, and writes the lists and texts for them, below .cache/bench.

import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateErrors, generateRules, toJson } from '../data/index.mjs';
import { Child } from './child.mjs';
import { writePcreRules, writeTexts } from './files.mjs';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const cache = join(root, '.cache', 'bench');
const program = (name) => fileURLToPath(new URL(`../programs/${name}`, import.meta.url));

/** A file of the run's own, in a folder that is made. */
export function file(...names) {
  const path = join(cache, ...names);
  mkdirSync(join(path, '..'), { recursive: true });
  return path;
}

/** Texts of hundreds of megabytes are not worth keeping. */
export const cleanUp = () => rmSync(join(cache, 'lists'), { recursive: true, force: true });

const run = (command, args) =>
  execFileSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26, stdio: ['ignore', 'pipe', 'pipe'] });

/** Builds a program of bench/engine. @returns {string} where it is */
export function buildProgram(name) {
  let messages;
  try {
    messages = run('cargo', [
      'build',
      '--release',
      '--package',
      'known-failures-bench',
      '--bin',
      name,
      '--message-format',
      'json-render-diagnostics',
    ]);
  } catch (error) {
    // the error itself holds all of cargo's messages, which nobody could read
    throw new Error(`cargo could not build ${name}:\n${error.stderr}`);
  }
  const artifacts = messages.split('\n').flatMap((line) => (line ? JSON.parse(line) : []));
  return artifacts.findLast(({ executable, target }) => executable && target.name === name).executable;
}

/** @returns {string | null} where Vectorscan's program is; null if this machine cannot build it */
export function buildVectorscan() {
  const binary = file('vectorscan');
  try {
    const flags = run('pkg-config', ['--cflags', '--libs', 'libhs']).trim().split(/\s+/);
    run('g++', ['-O3', '-march=native', '-std=c++17', program('vectorscan.cpp'), '-o', binary, ...flags]);
    return binary;
  } catch (error) {
    console.log(`Vectorscan: skipped (${firstLine(error)}). To have it: apt-get install libvectorscan-dev g++ pkg-config`);
    return null;
  }
}

/** @returns {boolean} whether node-re2 is there and runs */
export function hasRe2() {
  try {
    const RE2 = createRequire(import.meta.url)('re2');
    return new RE2('a', 'u').test('a');
  } catch (error) {
    console.log(
      `node-re2: skipped (${firstLine(error)}). To have it: npm install --prefix bench (it is compiled for minutes, and needs Node's headers)`,
    );
    return false;
  }
}

const firstLine = (error) =>
  String(error?.stderr || error?.message || error)
    .trim()
    .split('\n')[0];

/**
 * A list with its texts, in files. The ordinary texts come first, then those with a log.
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
 * The same with texts from elsewhere.
 * @template {{ test: string, error: string }} Text
 * @param {string} name of the folder
 * @param {import('../data/rules.mjs').RuleList} list
 * @param {Text[]} given
 * @param {(text: Text) => boolean} hasLog
 */
export function writeTextsOf(name, list, given, hasLog) {
  const texts = [...given.filter((text) => !hasLog(text)), ...given.filter(hasLog)];
  const written = {
    list,
    texts,
    counts: { ordinary: texts.length - texts.filter(hasLog).length, logs: texts.filter(hasLog).length },
    json: file('lists', name, 'rules.json'),
    pcre: file('lists', name, 'rules.pcre'),
    textsFile: file('lists', name, 'texts'),
    file: (own) => file('lists', name, own),
  };
  writeFileSync(written.json, toJson(list));
  writePcreRules(written.pcre, list.rules);
  writeTexts(written.textsFile, texts);
  return written;
}

const node = (name, ...args) => Child.start(name, process.execPath, [program(name), ...args]);

/** How each peer is started on a list. */
export const start = {
  engine: (binary, list) => Child.start('classify_bench', binary, [list.json]),
  listLoop: (binary, list, engine) => Child.start('list_loop_bench', binary, [engine, list.json]),
  addon: (list) => node('addon.mjs', list.json),
  vectorscan: (binary, list) => Child.start('vectorscan', binary, [list.pcre]),
  loop: (list, ...args) => node('loop.mjs', list.json, ...args),
  re2Set: (list) => node('re2-set.mjs', list.json),
};
