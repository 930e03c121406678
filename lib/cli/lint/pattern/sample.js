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
  const setFlags = flags.replace(/[^isuv]/g, '');
  let tree;
  try {
    tree = parse(source, flags);
  } catch {
    return null;
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
        const members = charactersOf(node.source, setFlags);
        if (members.length === 0) throw new RangeError('no character');
        return members[choose(members.length)];
      }
      case 'text':
        return node.text;
      case 'boundary':
        return choose(2) === 0 ? '' : ' ';
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

/** @type {Map<string, string[]>} lists repeat a few sets all over */
const characters = new Map();

function charactersOf(set, flags) {
  const key = `${flags}/${set}`;
  if (!characters.has(key)) characters.set(key, POOL.filter(matcherOf(set, flags)).slice(0, MAX_CHARACTERS));
  return characters.get(key);
}

function matcherOf(set, flags) {
  try {
    const pattern = new RegExp(`^(?:${set})$`, flags);
    return (character) => pattern.test(character);
  } catch {
    return () => false;
  }
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
