// Categories of Allure 2: categories.json. Allure compiles their expressions with Java's DOTALL, and they must match all of the
// message, or all of the trace.
'use strict';

const { MESSAGE } = require('../message.js');
const { parseAs } = require('../parsers.js');
const { translate, Untranslatable } = require('../patterns/index.js');
const { isObject, isText, wrongShape } = require('../shape.js');

const FAILURES = ['failed', 'broken'];

/** @type {import('./index.js').Format} */
module.exports = {
  summary: 'categories.json of Allure 2',
  entries(text, { path }) {
    const categories = parseAs('JSON', text, path);
    if (!Array.isArray(categories) || !categories.every(isObject)) throw wrongShape(path, 'an array of categories');
    return categories.map((category, index) => ({
      name: isText(category.name) ? category.name : `category ${index}`,
      make: () => makeRule(category),
    }));
  },
};

function makeRule(category) {
  const { name, messageRegex, traceRegex, matchedStatuses, flaky } = category;
  if (!isText(name)) throw new Untranslatable('has no name');
  if (flaky === true) throw new Untranslatable('is about flaky tests, and a rule is about errors');
  const losses = lossesOf(matchedStatuses);
  const inMessage = whole(messageRegex, { anchors: MESSAGE });
  const inTrace = whole(traceRegex, {});
  const patterns = [inMessage, inTrace].filter((pattern) => pattern !== null);
  if (patterns.length === 0) throw new Untranslatable('has no expression, and would match every failure');
  const [{ source, flags }, also] = patterns;
  const rule = { issue: name, error: source, ...(flags && { flags }) };
  if (also) rule.also = [also.flags === '' ? also.source : { source: also.source, flags: also.flags }];
  return { rule, changes: patterns.flatMap(({ changes }) => changes), losses };
}

/** @returns {string[]} */
function lossesOf(statuses) {
  if (!Array.isArray(statuses) || statuses.length === 0) return [];
  if (!statuses.some((status) => FAILURES.includes(status))) {
    throw new Untranslatable(`is about tests that are ${statuses.join(' or ')}, and a rule is about failures`);
  }
  const only = FAILURES.filter((status) => statuses.includes(status));
  return only.length === 1 ? [`matchedStatuses: a rule matches failures of either status, not only ${only[0]} ones`] : [];
}

function whole(source, { anchors }) {
  if (source === undefined || source === null) return null;
  if (typeof source !== 'string') throw new Untranslatable('has an expression that is no text');
  return translate(source, { dialect: 'java', flags: 's', whole: true, anchors });
}

module.exports.lossesOf = lossesOf;
