// Rules that match everything or nearly everything: each is matched against errors of all kinds of runners. A rule that is meant for one
// issue matches next to none of them.
'use strict';

const { explain } = require('../../../index.js');
const { ERRORS } = require('./corpus.js');
const { finding } = require('./finding.js');

/** The share of the errors that a rule may match. */
const MOST = 0.5;
const MANY = 0.2;

/**
 * The rules have to be in force.
 *
 * @param {Set<number>} known rules of which it is known that they match every text
 */
async function tooBroad(known) {
  const hits = new Map();
  for (const error of ERRORS) {
    const { matches, outOfScope } = await explain('', error);
    for (const { index } of [...matches, ...outOfScope]) hits.set(index, [...(hits.get(index) ?? []), error]);
  }
  return [...hits]
    .filter(([index, errors]) => !known.has(index) && errors.length >= ERRORS.length * MANY)
    .map(([index, errors]) => {
      const isMost = errors.length >= ERRORS.length * MOST;
      const count = `matches ${errors.length} of ${ERRORS.length} errors of all kinds`;
      return finding({
        index,
        level: isMost ? 'warning' : 'info',
        code: isMost ? 'LINT_MATCHES_MOST' : 'LINT_MATCHES_MANY',
        field: 'error',
        message: isMost
          ? `${count}, so it hides nearly every failure in its scope; say more of the error`
          : `${count}; say more of the error`,
        sample: errors[0],
      });
    });
}

module.exports = { tooBroad };
