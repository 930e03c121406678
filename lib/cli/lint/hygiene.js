// What a rule should have, whatever its patterns are.
'use strict';

const { finding } = require('./finding.js');

/** @param {any[]} rules */
function withoutUrl(rules) {
  return [...rules.entries()]
    .filter(
      ([, rule]) => typeof rule === 'object' && rule !== null && (rule.url === undefined || rule.url === null || rule.url === ''),
    )
    .map(([index]) =>
      finding({
        index,
        level: 'info',
        code: 'LINT_NO_URL',
        field: 'url',
        message: 'no `url`, so reports cannot link to the issue',
      }),
    );
}

module.exports = { withoutUrl };
