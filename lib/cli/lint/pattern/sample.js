// Texts that a pattern matches, most of the time.
'use strict';

const { parse } = require('./parse.js');

/** @typedef {import('./parse.js').Node} Node */

/** Characters of which a set takes those that are in it. */
const POOL = [
  ...'aeknstz0159AEKNSTZ _-./:\'"<>()[]{}=,;!@#$%&*+?^`|~\\\n\t',
  ...'bcdfghijlmopqruvwxy234678BCDFGHIJLMOPQRUVWXY\réßяαあ中😀\u0000',
];
/** Characters of a set that samples use. */
const MAX_CHARACTERS = 12;
/** Code units of a sample. */
const MAX_LENGTH = 4000;

/**
 * @param {{ source: string, flags: string }} pattern
 * @returns {{ tree: Node, sample: (node: Node, choose: (count: number) => number) => string | null } | null} null if it is not understood.
 *   `choose` gives an index below `count`
 */
function sampler({ source, flags }) {
  const members = new Map();
  const setFlags = flags.replace(/[^isuv]/g, '');
  let tree;
  try {
    tree = parse(source, flags);
  } catch {
    return null;
  }

  function charactersOf(set) {
    if (!members.has(set)) members.set(set, POOL.filter(matcherOf(set)).slice(0, MAX_CHARACTERS));
    return members.get(set);
  }

  function matcherOf(set) {
    try {
      const pattern = new RegExp(`^(?:${set})$`, setFlags);
      return (character) => pattern.test(character);
    } catch {
      return () => false;
    }
  }

  /** Throws if there is no such text. */
  function textOf(node, choose, groups) {
    switch (node.type) {
      case 'either':
        return textOf(node.options[choose(node.options.length)], choose, groups);
      case 'sequence': {
        let text = '';
        for (const item of node.items) text = bounded(text + textOf(item, choose, groups));
        return text;
      }
      case 'repeat': {
        const count = node.min + choose(Math.min(node.max - node.min, 2) + 1);
        let text = '';
        for (let left = count; left > 0; left--) text = bounded(text + textOf(node.item, choose, groups));
        return text;
      }
      case 'group': {
        const text = textOf(node.item, choose, groups);
        for (const name of node.names) groups.set(name, text);
        return text;
      }
      case 'again':
        return groups.get(node.name) ?? '';
      case 'set': {
        const characters = charactersOf(node.source);
        if (characters.length === 0) throw new RangeError('no character');
        return characters[choose(characters.length)];
      }
      case 'text':
        return node.text;
      default:
        return '';
    }
  }

  const sample = (node, choose) => {
    try {
      return textOf(node, choose, new Map());
    } catch {
      return null;
    }
  };
  return { tree, sample };
}

function bounded(text) {
  if (text.length > MAX_LENGTH) throw new RangeError('too long');
  return text;
}

/**
 * Choices that are the same on every run. The first one goes through all there is as `number` counts up, so that samples have all branches
 * of a pattern that begins with them.
 *
 * @param {number} number of the sample
 */
function choices(number) {
  let isFirst = true;
  let state = number * 0x9e3779b9;
  return (count) => {
    if (count > 1 && isFirst) {
      isFirst = false;
      return number % count;
    }
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % count;
  };
}

module.exports = { choices, sampler };
