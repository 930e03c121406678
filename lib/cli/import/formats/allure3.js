// Categories of Allure 3: allurerc.json or allurerc.yaml, or its `categories` alone. Expressions are JavaScript's, without flags, and
// match anywhere in the message or the trace. The first category of which a matcher matches is the one; so a matcher is a rule.
'use strict';

const { MESSAGE } = require('../message.js');
const { parseAs } = require('../parsers.js');
const { translate, Untranslatable } = require('../patterns/index.js');
const { isObject, isText, listOf, wrongShape } = require('../shape.js');
const { lossesOf } = require('./allure2.js');

/** What a matcher may have that is no error's. */
const OTHER = ['labels', 'transitions', 'environments'];

/** @type {import('./index.js').Format} */
module.exports = {
  summary: 'categories of Allure 3: allurerc.json or .yaml',
  entries(text, { path }) {
    const config = parseAs(/\.ya?ml$/i.test(path) ? 'YAML' : 'JSON', text, path);
    return categoriesOf(config, path).flatMap((category, index) => {
      const name = isText(category.name) ? category.name : `category ${index}`;
      const matchers = matchersOf(category);
      if (matchers.length === 0) return { name, make: () => refuse('has no matcher') };
      return matchers.map((matcher, place) => ({
        name: matchers.length === 1 ? name : `${name}, matcher ${place}`,
        make: () => makeRule(category, matcher),
      }));
    });
  },
};

function categoriesOf(config, path) {
  const categories = config?.categories ?? config;
  const rules = Array.isArray(categories) ? categories : categories?.rules;
  if (!Array.isArray(rules) || !rules.every(isObject)) throw wrongShape(path, 'a configuration with categories');
  return rules;
}

/** The keys of Allure 2 are one matcher, too. */
function matchersOf({ matchers, matchedStatuses, messageRegex, traceRegex, flaky }) {
  if (matchers !== undefined) return listOf(matchers);
  const compatible = { statuses: matchedStatuses, message: messageRegex, trace: traceRegex, flaky };
  return Object.values(compatible).some((value) => value !== undefined) ? [compatible] : [];
}

function makeRule({ name, id }, matcher) {
  if (!isText(name)) refuse('has no name');
  if (!isObject(matcher)) refuse('has a matcher that is no object');
  if (matcher.flaky !== undefined) refuse('is about flaky tests, and a rule is about errors');
  for (const key of OTHER) if (matcher[key] !== undefined) refuse(`matches ${key}, and a rule is about errors`);
  const losses = lossesOf(matcher.statuses);
  const patterns = [pattern(matcher.message, { anchors: MESSAGE }), pattern(matcher.trace, {})].filter((one) => one !== null);
  if (patterns.length === 0) refuse('has no expression, and would match every failure');
  const [{ source, flags }, also] = patterns;
  const rule = { issue: name, ...(isText(id) && { id }), error: source, ...(flags && { flags }) };
  if (also) rule.also = [also.source];
  return { rule, changes: patterns.flatMap(({ changes }) => changes), losses };
}

function pattern(source, { anchors }) {
  if (source === undefined || source === null) return null;
  if (typeof source !== 'string') refuse('has an expression that is no text');
  return translate(source, { dialect: 'javascript', anchors });
}

function refuse(why) {
  throw new Untranslatable(why);
}
