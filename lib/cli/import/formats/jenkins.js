// Causes of Jenkins' Build Failure Analyzer: its JSON, or the XML of its local knowledge base, build-failure-analyzer.xml. Any
// indication of a cause will do, so an indication is a rule. Java's: a plain one must match a whole line, a multiline one is looked
// for with DOTALL and MULTILINE.
'use strict';

const { causesOfXml } = require('./jenkins-xml.js');
const { parseAs } = require('../parsers.js');
const { translate, Untranslatable } = require('../patterns/index.js');
const { isObject, isText, listOf, wrongShape } = require('../shape.js');

/** @type {import('./index.js').Format} */
module.exports = {
  summary: "causes of Jenkins' Build Failure Analyzer: JSON or XML",
  entries(text, { path }) {
    const causes = text.trimStart().startsWith('<') ? causesOfXml(text, path) : causesOfJson(text, path);
    if (causes.length === 0) throw wrongShape(path, 'a list of causes');
    return causes.flatMap((cause) => {
      const indications = listOf(cause.indications);
      if (indications.length === 0) return { name: cause.name, make: () => refuse('has no indications') };
      return indications.map((indication, index) => ({
        name: indications.length === 1 ? cause.name : `${cause.name}, indication ${index}`,
        make: () => makeRule(cause, indication),
      }));
    });
  },
};

function causesOfJson(text, path) {
  const parsed = parseAs('JSON', text, path);
  const causes = Array.isArray(parsed) ? parsed : listOf(parsed?.causes ?? parsed);
  if (!causes.every((cause) => isObject(cause) && isText(cause.name))) throw wrongShape(path, 'a list of causes with names');
  return causes.map(({ name, indications, _removed: removed }) => ({
    name,
    isRemoved: isObject(removed),
    indications: listOf(indications).map((one) => ({ type: String(one?.['@class'] ?? ''), pattern: one?.pattern })),
  }));
}

function makeRule({ name, isRemoved }, { type, pattern }) {
  if (isRemoved) refuse('is removed');
  if (!isText(pattern)) refuse('has no pattern');
  const isMultiline = /\.MultilineBuildLogIndication$/.test(type);
  if (!isMultiline && !/\.BuildLogIndication$/.test(type))
    refuse(`is of the type ${type.slice(0, 100) || 'none'}, which is no pattern of a log`);
  const { source, flags, changes } = isMultiline
    ? translate(pattern, { dialect: 'java', flags: 'ms' })
    : translate(pattern, { dialect: 'java', whole: true, lines: true });
  return { rule: { issue: name, error: source, ...(flags && { flags }) }, changes, losses: [] };
}

function refuse(why) {
  throw new Untranslatable(why);
}
