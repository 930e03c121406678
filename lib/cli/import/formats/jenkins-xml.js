// Causes in the XML of the Build Failure Analyzer's local knowledge base, as XStream writes it. Every element that is a FailureCause
// counts, wherever it is: versions of the plugin differ in what is around it.
'use strict';

const { InputError } = require('../../errors.js');
const { nameOf } = require('../../input.js');

/** The name of an element's class without its package, of which XStream doubles the underscores. */
const className = (element) => element.slice(element.lastIndexOf('.') + 1);

/**
 * @param {string} text
 * @param {string} path for messages
 * @returns {{ name: string, isRemoved: boolean, indications: { type: string, pattern: string }[] }[]}
 * @throws {InputError}
 */
function causesOfXml(text, path) {
  // loaded here: only who reads XML needs it
  const parser = require('sax').parser(true, { position: true });
  const causes = [];
  const open = [];
  let cause = null;
  let indication = null;
  parser.onopentag = ({ name }) => {
    if (className(name) === 'FailureCause') {
      cause = { name: '', isRemoved: false, indications: [] };
      causes.push(cause);
    } else if (open.at(-1) === 'indications' && cause !== null) {
      indication = { type: name, pattern: '' };
      cause.indications.push(indication);
    } else if (name === 'entry' && open.at(-1) === 'removed' && cause !== null) cause.isRemoved = true;
    open.push(name);
  };
  parser.onclosetag = (name) => {
    open.pop();
    if (className(name) === 'FailureCause') cause = null;
    else if (open.at(-1) === 'indications') indication = null;
  };
  parser.ontext = (part) => {
    const [parent, element] = open.slice(-2);
    if (cause !== null && element === 'name' && className(parent) === 'FailureCause') cause.name += part;
    if (indication !== null && element === 'pattern') indication.pattern += part;
  };
  parser.oncdata = parser.ontext;
  parser.onerror = (error) => {
    const [message] = error.message.split('\n');
    throw new InputError(`${nameOf(path)}:${parser.line + 1}: ${message}`);
  };
  // files of Jenkins say version 1.1, which differs in characters that no cause has
  parser.write(text).close();
  return causes;
}

module.exports = { causesOfXml };
