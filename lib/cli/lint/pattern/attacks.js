// Texts at which a backtracking engine takes long, if anything can make it: what comes before a repetition, the repeated part many times, and
// an end that makes it give up and try all the other ways.
'use strict';

const { choices, sampler } = require('./sample.js');

const MANY = 16;
const MAX_PUMPS = 12;
/** What next to no pattern goes on with. */
const END = '\u0001\n!\u0001';
/** Samples of the repeated part. */
const VARIANTS = 2;

/**
 * @param {{ source: string, flags: string }} pattern
 * @returns {{ short: string[], long: string[] }} `short`: of 40 repetitions, at which only exponential time is noticed. `long`: of 3000 code
 *   units, at which cubic time is. None if the pattern cannot be one of these
 */
function attacksOn(pattern) {
  const made = sampler(pattern);
  const pumps = [];
  if (made !== null) collect(made.tree, '', made.sample, pumps);
  // one repetition with nothing to choose within it is at most quadratic
  if (pumps.length < 2 && !pumps.some(({ hasChoice }) => hasChoice)) return { short: [], long: [] };
  const texts = pumps.flatMap(({ before, bodies }) => bodies.map((body) => [before, body])).slice(0, MAX_PUMPS);
  return {
    short: texts.map(([before, body]) => before + body.repeat(40) + END),
    long: texts.map(([before, body]) => before + body.repeat(Math.ceil(3000 / body.length)) + END),
  };
}

function collect(node, before, sample, pumps) {
  switch (node.type) {
    case 'either':
      for (const option of node.options) collect(option, before, sample, pumps);
      break;
    case 'sequence': {
      let text = before;
      for (const item of node.items) {
        collect(item, text, sample, pumps);
        text += sample(item, choices(1)) ?? '';
      }
      break;
    }
    case 'group':
      collect(node.item, before, sample, pumps);
      break;
    case 'repeat': {
      if (node.max >= MANY) {
        const bodies = Array.from({ length: VARIANTS }, (_, number) => sample(node.item, choices(number)));
        const distinct = [...new Set(bodies)].filter((body) => body !== null && body !== '');
        if (distinct.length > 0) pumps.push({ before, bodies: distinct, hasChoice: hasChoice(node.item) });
      }
      collect(node.item, before, sample, pumps);
      break;
    }
  }
}

function hasChoice(node) {
  switch (node.type) {
    case 'either':
    case 'repeat':
      return true;
    case 'sequence':
      return node.items.some(hasChoice);
    case 'group':
      return hasChoice(node.item);
    default:
      return false;
  }
}

module.exports = { attacksOn };
