// The dates of `ruleStats`, which the addon gives in milliseconds.
'use strict';

const { dateOf } = require('./primordials.js');

/** Writes the dates of the addon's own object as ISO 8601 has them. */
function withDates(stats) {
  if (stats.since !== null) stats.since = dateOf(stats.since);
  const { rules } = stats;
  for (let index = 0; index < rules.length; index++) {
    const rule = rules[index];
    if (rule.lastMatched !== null) rule.lastMatched = dateOf(rule.lastMatched);
  }
  return stats;
}

module.exports = { withDates };
