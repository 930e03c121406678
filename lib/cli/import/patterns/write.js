// The tree of a pattern, as JavaScript writes it.
'use strict';

const { makesNoDifference } = require('./possessive.js');
const { Untranslatable } = require('./untranslatable.js');
const { flagOfClass, writeClass, writeUnseen } = require('./write-class.js');

/**
 * Where the text that a pattern is meant for lies in the text that it is matched against.
 *
 * @typedef {{ before: string, after: string }} Anchors patterns of JavaScript: `before` may be empty text, `after` only looks ahead
 *
 * @typedef {object} Target
 * @property {boolean} [lines] the pattern is meant for one line at a time: here it looks at a text with many, and must not leave the line
 * @property {Anchors} [anchors] Default: it is the whole text
 */

/**
 * @param {ReturnType<typeof import('./parse.js').parse>} parsed
 * @param {import('./dialects.js').Dialect} dialect
 * @param {Target} target
 * @returns {{ source: string, flags: string }}
 * @throws {Untranslatable}
 */
function write({ body, flags, changes }, dialect, { lines = false, anchors }) {
  const base = { i: flags.i, m: lines || flags.m || dialect.dollar === 'line', s: flags.s && !lines };
  const unicode = unicodeFlag(body);
  const context = { dialect, lines, anchors, changes, unicode, tail: [] };
  const source = writeAlternation(body, base, context);
  const isNeeded = { i: true, m: has(body, isTextAnchor), s: has(body, ({ type }) => type === 'any') };
  const letters = ['i', 'm', 's'].filter((flag) => base[flag] && isNeeded[flag]).join('');
  return { source, flags: letters + unicode };
}

const isTextAnchor = ({ type, kind }) => type === 'assertion' && !/^(?:word|notWord)/.test(kind);

function has(body, is) {
  let found = false;
  visit(body, (node) => {
    found ||= is(node);
  });
  return found;
}

function unicodeFlag(body) {
  let flag = '';
  visit(body, (node) => {
    if (node.type === 'class') flag = [flag, flagOfClass(node)].includes('v') ? 'v' : flag || flagOfClass(node);
    const isRepeatedAstral = node.type === 'repeat' && node.body.type === 'character' && node.body.code > 0xffff;
    if (isRepeatedAstral) flag ||= 'u';
  });
  return flag;
}

function visit(node, look) {
  look(node);
  if (node.branches) for (const branch of node.branches) for (const term of branch) visit(term, look);
  if (node.body) visit(node.body, look);
}

/** `tail`: what follows in the pattern, for possessive quantifiers. */
function writeAlternation({ branches }, flags, context) {
  return branches.map((terms) => writeTerms(terms, flags, context)).join('|');
}

function writeTerms(terms, flags, context) {
  return terms
    .map((term, index) => writeTerm(term, flags, { ...context, tail: [...terms.slice(index + 1), ...context.tail] }))
    .join('');
}

function writeTerm(node, flags, context) {
  switch (node.type) {
    case 'character':
      return writeCharacter(node.code);
    case 'any':
      return '.';
    case 'raw':
      return node.source;
    case 'class':
      return writeSet(node, context);
    case 'assertion':
      return writeAssertion(node.kind, flags, context);
    case 'reference':
      return writeReference(node);
    case 'look': {
      if (node.isBehind && context.dialect.boundedLookbehind) checkBounded(node.body);
      // a lookbehind ends where it stands, so giving back may help it
      const inner = writeAlternation(node.body, flags, { ...context, tail: node.isBehind ? [node] : [] });
      return `(?${node.isBehind ? '<' : ''}${node.isNegated ? '!' : '='}${inner})`;
    }
    case 'modified':
      return writeModified(node, flags, context);
    case 'group':
      return writeGroup(node, flags, context);
    case 'repeat':
      return writeRepeat(node, flags, context);
    default:
      throw new Error(`no such node: ${node.type}`);
  }
}

/** Java accepts some that it then matches by halves. */
function checkBounded(body) {
  visit(body, ({ type, max }) => {
    if (type === 'repeat' && max === Infinity) throw new Untranslatable('has a lookbehind without a greatest length');
  });
}

function writeCharacter(code) {
  const character = writeUnseen(code);
  return /^[$()*+./?[\\\]^{|}]$/.test(character) && character !== '/' ? `\\${character}` : character;
}

function writeSet(node, { unicode, lines, changes }) {
  const hasV = unicode === 'v';
  const text = writeClass(node, { hasV, excludesBreaks: lines });
  if (lines && text !== writeClass(node, { hasV, excludesBreaks: false })) changes.add('a class → the same without line breaks');
  return text;
}

function writeReference({ name, number }) {
  // in a group, so that a digit behind it is no part of the number
  return name === undefined ? `(?:\\${number})` : `\\k<${name}>`;
}

function writeAssertion(kind, flags, { dialect, lines, anchors, changes, tail }) {
  if (kind === 'wordEdge') return '\\b';
  if (kind === 'notWordEdge') return '\\B';
  if (kind === 'wordStart') return '\\b(?=\\w)';
  if (kind === 'wordEnd') return '\\b(?<=\\w)';
  const isLine = lines || ((kind === 'start' || kind === 'end') && flags.m);
  const [textStart, textEnd] = flags.m ? ['(?<![^])', '(?![^])'] : ['^', '$'];
  if (kind === 'start' || kind === 'textStart') {
    if (anchors) return (isLine ? '^' : textStart) + anchors.before;
    if (!isLine) return textStart;
    // Java's `^` of a line is not at the end of the text, behind a last line break
    return dialect.name === 'Java' && !lines && !tail.some(consumes) ? '^(?=[^])' : '^';
  }
  if (isLine) return '$';
  if (anchors) return `(?=${anchors.after}|${textEnd})`;
  if (kind !== 'finalBreak' && !(kind === 'end' && dialect.dollar === 'finalBreak')) return textEnd;
  changes.add('$ → (?=\\n?$): also before a final line break');
  return `(?=\\n?${textEnd})`;
}

/** Whether a node matches at least one character, for certain. */
const consumes = ({ type, min, body }) =>
  type === 'character' || type === 'any' || type === 'class' || (type === 'repeat' && min > 0 && consumes(body));

function writeModified({ flags: wanted, body }, flags, context) {
  const inner = { i: wanted.i, m: context.lines || wanted.m || flags.m, s: wanted.s && !context.lines };
  if (context.dialect.dollar !== 'line') inner.m = context.lines || wanted.m;
  const on = ['i', 'm', 's'].filter((flag) => inner[flag] && !flags[flag]).join('');
  const off = ['i', 'm', 's'].filter((flag) => !inner[flag] && flags[flag]).join('');
  return `(?${on}${off === '' ? '' : `-${off}`}:${writeAlternation(body, inner, context)})`;
}

function writeGroup(node, flags, context) {
  if (node.isAtomic) {
    if (!makesNoDifference(node.body, context.tail, flags, context)) {
      throw new Untranslatable('has an atomic group (?>…) that makes a difference', node.offset);
    }
    context.changes.add('(?>…) → (?:…): no difference here');
  }
  const opening = node.name === undefined ? (node.captures ? '(' : '(?:') : `(?<${node.name}>`;
  return `${opening}${writeAlternation(node.body, flags, context)})`;
}

function writeRepeat(node, flags, context) {
  const { min, max, mode, body } = node;
  // what follows one repetition may be the next one
  const text = writeTerm(body, flags, { ...context, tail: [body, ...context.tail] });
  if (mode === 'possessive') {
    if (!makesNoDifference({ branches: [[{ ...node, mode: 'greedy' }]] }, context.tail, flags, context)) {
      throw new Untranslatable('has a possessive quantifier that makes a difference', node.offset);
    }
    context.changes.add('a possessive quantifier → a greedy one: no difference here');
  }
  const isLong = body.type === 'character' && body.code > 0xffff && context.unicode === '';
  const repeated = isLong || body.type === 'look' ? `(?:${text})` : text;
  return repeated + writeBounds(min, max) + (mode === 'lazy' ? '?' : '');
}

function writeBounds(min, max) {
  if (min === 0 && max === 1) return '?';
  if (max === Infinity) return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`;
  if (min === 1 && max === 1) return '';
  return min === max ? `{${min}}` : `{${min},${max}}`;
}

module.exports = { write };
