// Rules that nearly match a text. Nobody wants the reasons of thousands of rules: those are asked about whose words the text has most of.
'use strict';

const { explain } = require('../../../index.js');

/** How many rules are asked about, and how many are shown. */
const ASKED = 24;
const SHOWN = 5;
/** The share of a rule's words that the text must have. */
const LEAST_SHARE = 0.5;

/**
 * @typedef {import('../../../index.js').RuleExplanation} Miss
 *
 * @param {any[]} rules
 * @param {{ test: string, error: string, isKnown: (index: number) => boolean }} failure `isKnown`: the rule is no miss, or is shown anyway
 * @returns {Promise<Miss[]>} the nearest first
 */
async function nearMisses(rules, { test, error, isKnown }) {
  const lower = error.toLowerCase();
  const ranked = [];
  for (const [index, rule] of rules.entries()) {
    if (isKnown(index)) continue;
    const words = wordsOf(rule?.error);
    const found = words.filter((word) => lower.includes(word));
    const letters = found.reduce((sum, { length }) => sum + length, 0);
    if (found.length > 0 && found.length >= words.length * LEAST_SHARE)
      ranked.push({ index, share: found.length / words.length, letters });
  }
  ranked.sort((a, b) => b.share * b.letters - a.share * a.letters || a.index - b.index);
  const misses = [];
  for (const { index } of ranked.slice(0, ASKED)) {
    const { rule } = await explain(test, error, { rule: index });
    if (rule.missing !== null && rule.missing !== 'rule') misses.push(rule);
    if (misses.length === SHOWN) break;
  }
  return misses;
}

/** The words of a pattern, in lower case: what is left without its escapes. */
function wordsOf(pattern) {
  const source = typeof pattern === 'string' ? pattern : pattern?.source;
  if (typeof source !== 'string') return [];
  return [
    ...new Set(
      source
        .replace(/\\[a-z]|\(\?<?\w*/gi, ' ')
        .toLowerCase()
        .match(/[\p{L}\p{N}_]{3,}/gu),
    ),
  ];
}

module.exports = { nearMisses };
