// Rules of PyTorch's log classifier: TOML with [[rule]] tables, the first that matches wins. They are of the Rust crate `regex`, and
// look at one line at a time.
'use strict';

const { parseAs } = require('../parsers.js');
const { translate, Untranslatable } = require('../patterns/index.js');
const { isObject, isText, wrongShape } = require('../shape.js');

/** @type {import('./index.js').Format} */
module.exports = {
  summary: "rules of PyTorch's log classifier: TOML",
  entries(text, { path }) {
    const rules = parseAs('TOML', text, path).rule;
    if (!Array.isArray(rules) || !rules.every(isObject)) throw wrongShape(path, 'a file with [[rule]] tables');
    return rules.map((rule, index) => ({
      name: isText(rule.name) ? rule.name : `rule ${index}`,
      make: () => makeRule(rule),
    }));
  },
};

function makeRule({ name, pattern }) {
  if (!isText(name)) throw new Untranslatable('has no name');
  if (!isText(pattern)) throw new Untranslatable('has no pattern');
  const { source, flags, changes } = translate(pattern, { dialect: 'rust', lines: true });
  return { rule: { issue: name, error: source, ...(flags && { flags }) }, changes, losses: [] };
}
