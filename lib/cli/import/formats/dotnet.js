// Known issues of .NET's Build Analysis: the JSON in the body of an issue with the label Known Build Error, alone or in what
// `gh issue list --json number,title,url,body` prints. Each line of a log is compared by itself, in any case.
'use strict';

const { parseAs } = require('../parsers.js');
const { escapeLiteral } = require('../../escape-pattern.js');
const { translate, Untranslatable } = require('../patterns/index.js');
const { isObject, isText, listOf, wrongShape } = require('../shape.js');

/** @type {import('./index.js').Format} */
module.exports = {
  summary: "known issues of .NET's Build Analysis, or issues of GitHub that have them",
  entries(text, { path }) {
    const listed = listOf(parseAs('JSON', text, path));
    if (listed.length === 0 || !listed.every(isObject)) throw wrongShape(path, 'a known issue, or an array of them');
    return listed.map((issue, index) => ({
      name: issue.title ?? firstOf(issue) ?? `issue ${index}`,
      make: () => ('body' in issue ? fromIssue(issue) : makeRule(issue, { issue: firstOf(issue) })),
    }));
  },
};

const patternsOf = (value) => listOf(value).filter(isText);
const firstOf = ({ ErrorMessage, ErrorPattern }) => patternsOf(ErrorMessage)[0] ?? patternsOf(ErrorPattern)[0];

function fromIssue({ number, url, body, state }) {
  if (state?.toLowerCase() === 'closed') throw new Untranslatable('is closed');
  const found = /^```json\s*\n([\s\S]*?)^```/m.exec(String(body).replaceAll('\r\n', '\n'));
  if (found === null) throw new Untranslatable('has no JSON in its body');
  let known;
  try {
    known = JSON.parse(found[1]);
  } catch (error) {
    throw new Untranslatable(`has JSON that is damaged: ${error.message}`);
  }
  if (!isObject(known)) throw new Untranslatable('has JSON that is no object');
  return makeRule(known, { issue: `#${number}`, ...(isText(url) && { url }) });
}

function makeRule({ ErrorMessage, ErrorPattern, BuildRetry, ExcludeConsoleLog }, { issue, url }) {
  const messages = patternsOf(ErrorMessage);
  const expressions = patternsOf(ErrorPattern);
  if (messages.length > 0 && expressions.length > 0) throw new Untranslatable('has both ErrorMessage and ErrorPattern');
  if (messages.length + expressions.length === 0) throw new Untranslatable('has neither ErrorMessage nor ErrorPattern');
  const lines = messages.length > 0 ? messages.map(contains) : expressions.map(lineOf);
  const { source, flags, changes } = inOrder(lines);
  const losses = [];
  if (BuildRetry === true) losses.push('BuildRetry: a rule retries nothing');
  if (ExcludeConsoleLog === true) losses.push('ExcludeConsoleLog: a rule knows no logs');
  return { rule: { issue, error: source, flags, ...(url && { url }) }, changes, losses };
}

const contains = (message) => ({ source: escapeLiteral(message), flags: 'i', changes: [] });
const lineOf = (expression) => translate(expression, { dialect: 'dotnet', flags: 'is', lines: true });

/** Several are lines that follow each other, with others between them. */
function inOrder(lines) {
  if (lines.length === 1) return lines[0];
  if (lines.some(({ source }) => /\\[1-9k]|\(\?</.test(source)))
    throw new Untranslatable('has several lines, and groups with names or numbers');
  const flags = [...new Set(lines.flatMap(({ flags: each }) => [...each]))].sort().join('');
  return {
    source: lines.map(({ source }) => (source.includes('|') ? `(?:${source})` : source)).join('.*[\\n\\r][^]*?'),
    flags,
    changes: ['several lines → one pattern over them', ...lines.flatMap(({ changes }) => changes)],
  };
}
