// One pattern a line, in the dialect that --dialect names. Empty lines and those that begin with # are comments.
'use strict';

const { UsageError } = require('../../errors.js');
const { DIALECT_NAMES, translate } = require('../patterns/index.js');

/** @type {import('./index.js').Format} */
module.exports = {
  summary: 'one pattern a line, of the dialect that --dialect names',
  entries(text, { dialect }) {
    if (dialect === undefined) throw new UsageError(`of which dialect? write --dialect ${DIALECT_NAMES.join(', ')}`);
    return text
      .split(/\r?\n/)
      .map((pattern, index) => ({ pattern, name: `line ${index + 1}` }))
      .filter(({ pattern }) => pattern.trim() !== '' && !pattern.startsWith('#'))
      .map(({ pattern, name }) => ({ name, make: () => makeRule(name, pattern, dialect) }));
  },
};

function makeRule(name, pattern, dialect) {
  const { source, flags, changes } = translate(pattern, { dialect });
  return { rule: { issue: name, error: source, ...(flags && { flags }) }, changes, losses: [] };
}
