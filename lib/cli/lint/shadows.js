// Rules that an earlier one shadows, as far as samples can tell: texts are made from the patterns of each rule, and if an earlier rule takes
// every one of them, that rule probably takes all that the later one is for.
'use strict';

const { classifyAll, explain } = require('../../../index.js');
const { examplesOf } = require('../test/examples.js');
const { finding } = require('./finding.js');
const { patternsOf } = require('./patterns.js');
const { choices, sampler } = require('./pattern/sample.js');

const SAMPLES = 16;
/** Fewer samples say too little. */
const LEAST_SAMPLES = 3;
/** What is around a match in an error. A pattern with an anchor refuses some of them, and those samples do not count. */
const AROUND = [
  ['', ''],
  ['Error: ', ''],
  ['', '\n    at pay (cart.js:7:3)'],
  ['step 3: ', ' (retried)\n'],
];

/**
 * The rules have to be in force.
 *
 * @param {any[]} rules
 * @param {string | null} defaultFlags
 * @param {Set<number>} ignored rules that take too much, and of which that is known: what they shadow is no news
 */
async function shadowed(rules, defaultFlags, ignored) {
  const samples = [...rules.entries()].flatMap(([index, rule]) =>
    samplesOf(rule, defaultFlags).map((one) => ({ index, ...one })),
  );
  samples.push(...examplesOf(rules).filter(({ kind }) => kind === 'match'));
  const verdicts = await classifyAll(samples);
  const suspects = new Map();
  for (const [at, { index }] of samples.entries()) {
    const { rule } = verdicts[at];
    if (rule === index) suspects.set(index, null);
    else if (rule !== null && rule < index && suspects.get(index) !== null) {
      suspects.set(index, [...(suspects.get(index) ?? []), samples[at]]);
    }
  }
  const findings = [];
  for (const [index, ofRule] of suspects) {
    if (ofRule === null || ofRule.length < LEAST_SAMPLES) continue;
    const found = await shadowOf(index, ofRule);
    if (found !== null && !ignored.has(found.other)) findings.push(asFinding(index, found));
  }
  return findings;
}

/** The first earlier rule that matches all samples that the rule itself matches. */
async function shadowOf(index, samples) {
  let common = null;
  const own = [];
  for (const { test, error } of samples) {
    const { matches, rule } = await explain(test, error, { rule: index });
    if (rule.missing !== null) continue;
    own.push(error);
    const earlier = matches.map((one) => one.index).filter((one) => one < index);
    common = common === null ? earlier : common.filter((one) => earlier.includes(one));
    if (common.length === 0) return null;
  }
  if (own.length < LEAST_SAMPLES) return null;
  return { other: common[0], count: own.length, sample: own[0] };
}

function asFinding(index, { other, count, sample }) {
  const message = `an earlier rule probably takes all its errors: it matches ${count} of ${count} samples`;
  return finding({ index, level: 'warning', code: 'LINT_SHADOWED', field: 'error', message, other, sample });
}

/** @returns {{ test: string, error: string }[]} */
function samplesOf(rule, defaultFlags) {
  const parts = [];
  for (const pattern of patternsOf(rule, defaultFlags)) {
    if (pattern.field === 'unless') continue;
    const made = sampler(pattern);
    if (made === null) return [];
    parts.push({ field: pattern.field, ...made });
  }
  const samples = new Map();
  for (let number = 0; number < SAMPLES; number++) {
    const choose = choices(number);
    const textOf = (wanted) => parts.filter(({ field }) => field === wanted).map(({ tree, sample }) => sample(tree, choose));
    const [error] = textOf('error');
    const also = textOf('also');
    const [test = ''] = textOf('test');
    if (typeof error !== 'string' || test === null || also.includes(null)) continue;
    const [before, after] = AROUND[number % AROUND.length];
    const text = [before + error + after, ...also].join('\n');
    samples.set(`${test}\n${text}`, { test, error: text });
  }
  return [...samples.values()];
}

module.exports = { shadowed };
