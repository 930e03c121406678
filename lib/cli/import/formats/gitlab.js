// Failure categories of GitLab's own pipelines: `failure_categories` with `patterns`, in YAML. They are Ruby's, in any case, and look
// at the whole log. In a file that is named multiline…, a comma separates two patterns that must both be there.
'use strict';

const { basename } = require('node:path');
const { parseAs } = require('../parsers.js');
const { translate, Untranslatable } = require('../patterns/index.js');
const { isObject, listOf, wrongShape } = require('../shape.js');

/** @type {import('./index.js').Format} */
module.exports = {
  summary: "failure categories of GitLab's pipelines: YAML",
  entries(text, { path }) {
    const categories = parseAs('YAML', text, path)?.failure_categories;
    if (!isObject(categories)) throw wrongShape(path, 'a file with failure_categories');
    const isMultiline = /^multi_?line/i.test(basename(path));
    return Object.entries(categories).flatMap(([category, value]) => {
      const patterns = listOf(value?.patterns);
      if (patterns.length === 0) return { name: category, make: () => refuse('has no patterns') };
      return patterns.map((pattern, index) => ({
        name: patterns.length === 1 ? category : `${category}, pattern ${index}`,
        make: () => makeRule(category, pattern, isMultiline),
      }));
    });
  },
};

function makeRule(category, pattern, isMultiline) {
  if (typeof pattern !== 'string') refuse('has a pattern that is no text');
  const [first, second, ...more] = isMultiline ? pattern.split(',') : [pattern];
  const error = translate(first, { dialect: 'ruby', flags: 'i' });
  const rule = { issue: category, error: error.source, flags: error.flags };
  const also = second === undefined ? null : translate(second, { dialect: 'ruby', flags: 'i' });
  if (also !== null) rule.also = [{ source: also.source, flags: also.flags }];
  const losses = more.length === 0 ? [] : ['a third part behind a comma: GitLab does not read it either'];
  return { rule, changes: [...error.changes, ...(also?.changes ?? [])], losses };
}

function refuse(why) {
  throw new Untranslatable(why);
}
