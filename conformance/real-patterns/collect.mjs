// Regular expressions that people wrote: the literals, and the `RegExp("…")` calls, in the JavaScript under some directories. Each
// comes with a tree as `grammar.mjs` makes them, so that texts can be sampled from it.

import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { RegExpParser } from '@eslint-community/regexpp';
import { parse } from 'acorn';

const EXTENSIONS = new Set(['.js', '.mjs', '.cjs']);
/** Larger files are bundles of what is there in smaller ones, or data. */
const MAX_FILE_BYTES = 4 << 20;

/**
 * The distinct patterns in the JavaScript files under the directories, in a stable order.
 *
 * @param {string[]} directories
 * @returns {{ pattern: string, flags: string, file: string }[]} `file`: the first one it was found in
 */
export function collectPatterns(directories) {
  const found = new Map();
  for (const directory of directories) {
    for (const file of javascriptFiles(directory)) {
      for (const { pattern, flags } of patternsIn(readFileSync(file, 'utf8'))) {
        const key = `${flags}/${pattern}`;
        if (!found.has(key)) found.set(key, { pattern, flags, file });
      }
    }
  }
  return [...found.values()];
}

/** The JavaScript files under a directory, in a stable order. */
export function* javascriptFiles(root) {
  const directories = [root];
  while (directories.length > 0) {
    const directory = directories.pop();
    for (const entry of readdirSync(directory, { withFileTypes: true }).sort((one, other) => (one.name < other.name ? -1 : 1))) {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) directories.push(path);
      else if (entry.isFile() && EXTENSIONS.has(extname(entry.name)) && lstatSync(path).size <= MAX_FILE_BYTES) yield path;
    }
  }
}

/** The patterns in one source text; those before the fault in one that does not parse. */
function patternsIn(source) {
  const { tree, tokens } = readSource(source);
  const literals = patternLiterals(tokens);
  return tree === undefined ? literals : [...literals, ...constructed(tree)];
}

/** @param {import('acorn').Token[]} tokens @returns {{ pattern: string, flags: string }[]} */
export const patternLiterals = (tokens) =>
  tokens.filter(({ type }) => type.label === 'regexp').map(({ value: { pattern, flags } }) => ({ pattern, flags }));

/**
 * A source text as a module or, if that fails, as a script.
 *
 * @param {string} source
 * @returns {{ tree: import('acorn').Program | undefined, tokens: import('acorn').Token[] }} without a tree: the tokens before the fault
 */
export function readSource(source) {
  const attempts = ['module', 'script'].map((sourceType) => {
    const tokens = [];
    const options = { ecmaVersion: 'latest', sourceType, allowHashBang: true, allowReturnOutsideFunction: true, onToken: tokens };
    try {
      return { tree: parse(source, options), tokens };
    } catch {
      return { tree: undefined, tokens };
    }
  });
  return attempts.find(({ tree }) => tree !== undefined) ?? attempts[1];
}

/** `RegExp("…", "…")` with or without `new`, where the arguments are string literals. */
function constructed(tree) {
  const found = [];
  const nodes = [tree];
  while (nodes.length > 0) {
    const node = nodes.pop();
    if ((node.type === 'NewExpression' || node.type === 'CallExpression') && node.callee.name === 'RegExp') {
      const [pattern, flags = { value: '' }] = node.arguments;
      if (typeof pattern?.value === 'string' && typeof flags.value === 'string')
        found.push({ pattern: pattern.value, flags: flags.value });
    }
    for (const child of Object.values(node)) {
      if (Array.isArray(child)) nodes.push(...child.filter((item) => typeof item?.type === 'string'));
      else if (typeof child?.type === 'string') nodes.push(child);
    }
  }
  return found;
}

const parser = new RegExpParser();

/**
 * What `textsFor` needs to know of a pattern.
 *
 * @param {{ pattern: string, flags: string }} source
 * @returns {{ tree: object, palette: string[], flags: string, loops: number }}
 */
export function sampleable({ pattern, flags }) {
  const conversion = { palette: new Set(), loops: 0, deepest: 0 };
  let tree = { kind: 'text', src: '', out: pattern };
  try {
    const mode = { unicode: flags.includes('u'), unicodeSets: flags.includes('v') };
    const { alternatives } = parser.parsePattern(pattern, 0, pattern.length, mode);
    tree = convertAlternatives(alternatives, conversion);
  } catch {
    // refused by the parser (or too deep for it): the judges are asked all the same, with the pattern itself for a text
    for (const char of pattern.slice(0, 20)) conversion.palette.add(char);
  }
  const palette = [...conversion.palette];
  return { tree, palette: palette.length > 0 ? palette : ['a', ' '], flags, loops: conversion.deepest };
}

function convertAlternatives(alternatives, conversion) {
  const options = alternatives.map(({ elements }) => ({
    kind: 'seq',
    items: elements.map((element) => convert(element, conversion)),
  }));
  return options.length === 1 ? options[0] : { kind: 'alt', options };
}

function convert(node, conversion) {
  switch (node.type) {
    case 'Character': {
      const out = String.fromCodePoint(node.value);
      conversion.palette.add(out);
      return { kind: 'text', out };
    }
    case 'CharacterClass':
    case 'ExpressionCharacterClass':
    case 'CharacterSet':
      return convertSet(node, conversion);
    case 'Group':
      return { kind: 'group', body: convertAlternatives(node.alternatives, conversion) };
    case 'CapturingGroup':
      return {
        kind: 'group',
        capture: true,
        name: node.name ?? undefined,
        body: convertAlternatives(node.alternatives, conversion),
      };
    case 'Assertion':
      if (node.alternatives === undefined) return { kind: 'mark', out: '' };
      return {
        kind: 'look',
        behind: node.kind === 'lookbehind',
        negative: node.negate,
        body: convertAlternatives(node.alternatives, conversion),
      };
    case 'Quantifier':
      return convertQuantifier(node, conversion);
    case 'Backreference':
      return typeof node.ref === 'number' ? { kind: 'numbered', index: node.ref } : { kind: 'named', name: node.ref };
    default:
      throw new Error(`unknown node ${node.type}`);
  }
}

function convertQuantifier({ element, min, max }, conversion) {
  const unbounded = max > 4;
  conversion.loops += unbounded ? 1 : 0;
  conversion.deepest = Math.max(conversion.deepest, conversion.loops);
  const body = convert(element, conversion);
  conversion.loops -= unbounded ? 1 : 0;
  return { kind: 'repeat', body, min, max };
}

const SET_MEMBERS = {
  any: ['a', 'Z', '0', ' ', '-', 'é', '😀'],
  digit: ['0', '7', '9'],
  space: [' ', '\t', '\n', '\xa0'],
  word: ['a', 'Z', '_', '0'],
  property: ['a', 'Z', 'é', '中', '1', '😀', '-'],
};
const OUTSIDERS = ['a', 'Z', '0', ' ', '\n', '-', '_', '"', "'", '/', '<', '>', '.', 'é', '😀', '\u2028'];

function convertSet(node, conversion) {
  const pick = setPicker(node, conversion);
  return { kind: 'set', pick };
}

/** A function that draws a member; of what is negated, likely one. */
function setPicker(node, conversion) {
  if (node.type === 'Character') {
    const char = String.fromCodePoint(node.value);
    conversion.palette.add(char);
    return () => char;
  }
  if (node.type === 'CharacterClassRange') {
    const [low, high] = [node.min.value, node.max.value];
    conversion.palette.add(String.fromCodePoint(low)).add(String.fromCodePoint(high));
    return (random) => String.fromCodePoint(random.chance(0.3) ? high : random.int(low, Math.min(high, low + 60)));
  }
  if (node.type === 'CharacterSet') {
    const members = node.negate ? OUTSIDERS : SET_MEMBERS[node.kind];
    return (random) => random.pick(members);
  }
  if (node.type === 'ClassStringDisjunction') {
    const strings = node.alternatives.map(({ elements }) => elements.map(({ value }) => String.fromCodePoint(value)).join(''));
    return (random) => random.pick(strings);
  }
  const operands = node.elements ?? (node.expression ? [node.expression.left] : [node.left]);
  const pickers = operands.map((operand) => setPicker(operand, conversion));
  return (random) => (node.negate || pickers.length === 0 ? random.pick(OUTSIDERS) : random.pick(pickers)(random));
}
