// For each group the rule that is proposed: the widest candidate that matches all of its group and nothing else, or the nearest to it.
'use strict';

const { candidatesOf } = require('./candidates.js');
const { measure } = require('./measure.js');

/** Longer texts are no examples: a list is read by people. In UTF-16 code units. */
const MAX_EXAMPLE = 2000;

/**
 * @typedef {object} Proposal
 * @property {string} signature
 * @property {number} failures in the group
 * @property {string[]} tests a few of them
 * @property {{ group: number, others: number }} matches how many failures the rule matches
 * @property {Record<string, unknown>} rule
 */

/**
 * @param {import('./groups.js').Groups} all
 * @param {import('./groups.js').Group[]} groups those that get a proposal
 * @param {{ issue: string, loadOptions: import('../../../index.js').LoadOptions, onProgress: (done: number, fraction: number) => void }} options
 * @returns {Promise<Proposal[]>}
 */
async function propose(all, groups, { issue, loadOptions, onProgress }) {
  const candidates = groups.map(({ texts }) => candidatesOf(texts));
  const counts = await measure(candidates, groups, all.texts, loadOptions, onProgress);
  return groups.map(({ signature, failures, tests, texts }, index) => {
    const best = bestOf(counts[index], failures);
    const { inGroup, inOthers } = counts[index][best];
    const { error, flags } = candidates[index][best];
    const rule = { issue: `${issue}-${index + 1}`, error, ...(flags && { flags }) };
    // the list may have flags for all rules without
    if (loadOptions.flags && !flags) rule.flags = '';
    if (inGroup > 0 && texts[0].length <= MAX_EXAMPLE) rule.examples = { match: [texts[0]] };
    return { signature, failures, tests, matches: { group: inGroup, others: inOthers }, rule };
  });
}

/**
 * The one with the greatest Jaccard index: of the failures that are in the group or matched, how many are both.
 *
 * @param {{ inGroup: number, inOthers: number }[]} counts the widest candidate first, which wins a tie
 * @param {number} failures in the group
 */
function bestOf(counts, failures) {
  const indexes = counts.map(({ inGroup, inOthers }) => inGroup / (failures + inOthers));
  return indexes.indexOf(Math.max(...indexes));
}

module.exports = { propose };
