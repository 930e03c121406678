// Patterns that are catastrophic in a JavaScript loop. It is measured: texts that are made to mislead the pattern are matched by `RegExp`, on a
// thread of its own with a time limit. Here they are harmless, but for those with a back-reference.
'use strict';

const { finding } = require('./finding.js');
const { patternsOf } = require('./patterns.js');
const { attacksOn } = require('./pattern/attacks.js');
const { Stopwatch } = require('./stopwatch.js');

/** A pattern that is not catastrophic takes less than a millisecond, and these leave room for a busy machine. */
const SHORT_MS = 1000;
const LONG_MS = 2000;

/**
 * @param {any[]} rules
 * @param {Set<number>} refused
 * @param {{ defaultFlags: string | null, budgetMs: number }} options `budgetMs`: for the whole list
 * @returns {Promise<{ findings: import('./finding.js').Finding[], unmeasured: number }>} `unmeasured`: patterns for which there was no time
 */
async function catastrophic(rules, refused, { defaultFlags, budgetMs }) {
  const stopwatch = new Stopwatch();
  const deadline = performance.now() + budgetMs;
  const findings = [];
  let unmeasured = 0;
  try {
    for (const [index, rule] of rules.entries()) {
      if (refused.has(index)) continue;
      for (const pattern of patternsOf(rule, defaultFlags)) {
        const { short, long } = attacksOn(pattern);
        if (short.length === 0) continue;
        if (performance.now() > deadline) {
          unmeasured++;
          continue;
        }
        const misleading = (await stopwatch.run(pattern, short, SHORT_MS)) ?? (await stopwatch.run(pattern, long, LONG_MS));
        if (misleading !== null) findings.push(asFinding(index, pattern, misleading));
      }
    }
  } finally {
    stopwatch.close();
  }
  return { findings, unmeasured };
}

function asFinding(index, { field, number, source }, sample) {
  const hasBackReference = /\\(?:[1-9]|k<)/.test(source);
  const here = hasBackReference ? 'and here the rule may give no answer, because of its back-reference' : 'here it does not';
  return finding({
    index,
    level: hasBackReference ? 'warning' : 'info',
    code: 'LINT_BACKTRACKING',
    field: number === null ? field : `${field}[${number}]`,
    message: `catastrophic in a JavaScript loop: a text of ${sample.length} characters takes more than a second there; ${here}`,
    sample,
  });
}

module.exports = { catastrophic };
