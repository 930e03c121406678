// `known-failures explain`: why an error gets its verdict.
'use strict';

const { explain } = require('../../../index.js');
const { UsageError } = require('../errors.js');
const { explanationText } = require('../explain/text.js');
const { nearMisses } = require('../explain/near-misses.js');
const { readText } = require('../input.js');
const { loadRulesFile, readRules, RULES_OPERAND, RULES_OPTIONS } = require('../rules-file.js');

/** @type {import('../commands.js').Command} */
module.exports = {
  usage: 'explain RULES [ERROR]',
  description:
    'Tells why an error gets its verdict: all rules that match, in list order, with the match in its line; rules that match in another ' +
    'test; rules that nearly match, and what they lack.',
  operands: [
    RULES_OPERAND,
    ['ERROR', 'a file with the text of the error, or - for standard input, the default. A line break at its end does not count'],
  ],
  options: {
    ...RULES_OPTIONS,
    test: { type: 'string', short: 't', value: 'NAME', default: '', description: 'The name of the test' },
    rule: { type: 'string', short: 'r', value: 'RULE', description: 'A rule to explain: its id, its issue or its index, from 0' },
  },
  examples: [
    ["known-failures explain known-failures.json error.txt --test 'Cart › pays'", 'An error of this test.'],
    ['known-failures explain known-failures.json error.txt --rule SHOP-1432', 'Tells what this rule lacks, too.'],
    ['pbpaste | known-failures explain known-failures.json', 'The error that you have copied.'],
  ],
  run,
};

async function run({ values, positionals, io }) {
  const [list, source = '-'] = positionals;
  if (list === undefined || positionals.length > 2) throw new UsageError('which list? write known-failures explain RULES ERROR');
  if (list === '-' && source === '-')
    throw new UsageError('the list and the error cannot both be standard input; name a file for one');
  const file = await readRules(list, values, io);
  await loadRulesFile(file);
  const error = (await readText(source, io)).replace(/\r?\n$/, '');
  const explanation = await explain(values.test, error, { rule: values.rule === undefined ? null : ruleOf(values.rule, file) });
  const shown = new Set([...explanation.matches, ...explanation.outOfScope, explanation.rule].map((one) => one?.index));
  const misses = await nearMisses(file.rules, { test: values.test, error, isKnown: (index) => shown.has(index) });
  io.print(
    values.json
      ? `${JSON.stringify(asJson(explanation, misses, file))}\n`
      : explanationText(explanation, misses, file, io.terminal),
  );
}

/** A number is an index, unless it is a name. */
function ruleOf(given, { rules }) {
  const isName = rules.some((rule) => String(rule?.id) === given || String(rule?.issue) === given);
  return /^\d{1,7}$/.test(given) && !isName ? Number(given) : given;
}

function asJson(explanation, nearMisses, file) {
  const withLine = (one) => (one === null || one.index === null ? one : { ...one, line: file.lineOf(one.index) });
  return {
    ...explanation,
    matches: explanation.matches.map(withLine),
    outOfScope: explanation.outOfScope.map(withLine),
    rule: withLine(explanation.rule),
    nearMisses: nearMisses.map(withLine),
  };
}
