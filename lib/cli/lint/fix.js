// Edits of a list's JSON that repair what can be repaired for certain. Each is checked by the engine: a pattern that JavaScript refuses must
// be one that it accepts.
'use strict';

const { loadRules } = require('../../../index.js');
const { elementsOf, membersOf, offsetInText } = require('../json-text.js');
const { applyEdits } = require('./diff.js');
const { patternsOf } = require('./patterns.js');
const { translate } = require('./translate.js');

/**
 * @typedef {object} Fix
 * @property {number} index of the rule
 * @property {string} field `error`, `also[1]`
 * @property {{ source: string, flags: string }} from
 * @property {{ source: string, flags: string }} to
 * @property {import('./diff.js').Edit[]} edits
 *
 * @param {import('../rules-file.js').RulesFile} file
 * @returns {Promise<Fix[]>}
 */
async function fixesOf(file) {
  const candidates = [];
  for (const [index, rule] of file.rules.entries()) {
    for (const pattern of patternsOf(rule, file.loadOptions.flags)) {
      const translation = translate(pattern.source);
      if (translation === null) continue;
      const flags = [...new Set(pattern.flags + translation.flags)].join('');
      candidates.push({ index, pattern, translation, to: { source: applyEdits(pattern.source, translation.changes), flags } });
    }
  }
  const wasGood = await areAccepted(candidates.map(({ pattern }) => pattern));
  const isGood = await areAccepted(candidates.map(({ to }) => to));
  return candidates.filter((_, at) => !wasGood[at] && isGood[at]).map((candidate) => asFix(candidate, file));
}

async function areAccepted(patterns) {
  const rules = patterns.map(({ source, flags }) => ({ issue: 'pattern', error: source, flags }));
  // a list of which every rule is refused would be refused itself
  const { rejected } = await loadRules([...rules, { issue: 'good', error: 'good' }]);
  const refused = new Set(rejected.map(({ index }) => index));
  return patterns.map((_, at) => !refused.has(at));
}

function asFix({ index, pattern: { field, number, source, flags }, translation, to }, file) {
  const members = membersOf(file.text, file.spans()[index]);
  const value = members.get(file.keys[field]);
  const span = number === null ? value : elementsOf(file.text, value)[number];
  const hasFlagsBeside = field === 'error' && file.text[span.start] === '"';
  return {
    index,
    field: number === null ? field : `${field}[${number}]`,
    from: { source, flags },
    to,
    edits:
      file.text[span.start] === '{'
        ? inObject(file.text, membersOf(file.text, span), { source: 'source', flags: 'flags' }, translation, to)
        : hasFlagsBeside
          ? inObject(file.text, members, { source: file.keys.error, flags: file.keys.flags }, translation, to)
          : asObject(file.text, span, translation, to),
  };
}

/** A pattern whose flags are beside it. */
function inObject(text, members, keys, translation, to) {
  const span = members.get(keys.source);
  const edits = inString(text, span, translation);
  if (translation.flags === '') return edits;
  const value = JSON.stringify(to.flags);
  const flags = members.get(keys.flags);
  if (flags !== undefined) return [...edits, { start: flags.start, end: flags.end, text: value }];
  // written as the pattern is: on a line of its own, or with the same spaces
  const before = /[ \t\r\n]*$/.exec(text.slice(0, span.keyStart))[0];
  const afterColon = /[ \t\r\n]*$/.exec(text.slice(0, span.start))[0];
  return [...edits, { start: span.end, end: span.end, text: `,${before}${JSON.stringify(keys.flags)}:${afterColon}${value}` }];
}

/** A pattern that is a string, where a string has no flags. */
function asObject(text, span, translation, to) {
  const edits = inString(text, span, translation);
  if (translation.flags === '') return edits;
  const before = { start: span.start, end: span.start, text: '{ "source": ' };
  return [before, ...edits, { start: span.end, end: span.end, text: `, "flags": ${JSON.stringify(to.flags)} }` }];
}

function inString(text, span, { changes }) {
  return changes.map((change) => ({
    start: offsetInText(text, span, change.start),
    end: offsetInText(text, span, change.end),
    text: JSON.stringify(change.text).slice(1, -1),
  }));
}

module.exports = { fixesOf };
