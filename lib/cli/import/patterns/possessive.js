// Whether an atomic group or a possessive quantifier matches what a plain one does.
//
// It does where giving something back could not help what follows: nothing follows, or what follows begins with a character that the
// repetition cannot match. Anything less certain counts as a difference.
'use strict';

const { writeClass, writeUnseen } = require('./write-class.js');

/**
 * @param {{ branches: import('./parse.js').Node[][] }} body
 * @param {import('./parse.js').Node[]} tail what follows, outwards
 * @param {{ i: boolean, m: boolean, s: boolean }} flags
 * @param {{ unicode: string, lines: boolean }} context
 */
function makesNoDifference({ branches }, tail, flags, context) {
  if (tail.length === 0) return true;
  if (branches.length !== 1) return false;
  const varying = branches[0].filter(({ type }) => !isFixed(type));
  if (varying.length === 0) return true;
  // `(?>\d+)x`: one repetition of one character, at the end
  const last = branches[0].at(-1);
  if (varying.length > 1 || last !== varying[0] || last.type !== 'repeat' || last.mode !== 'greedy') return false;
  const repeated = setOf(last.body, flags, context);
  const follows = tail[0].type === 'repeat' && tail[0].min > 0 ? tail[0].body : tail[0];
  const following = setOf(follows, flags, context);
  return repeated !== null && following !== null && areDisjoint(repeated, following);
}

const isFixed = (type) => type === 'character' || type === 'any' || type === 'class' || type === 'assertion';

/** The characters that a node matches, if it matches exactly one. */
function setOf(node, flags, context) {
  const regExp = (source) => new RegExp(`^(?:${source})$`, (flags.i ? 'i' : '') + (flags.s ? 's' : '') + context.unicode);
  if (node.type === 'character') return node.code > 0xffff ? null : regExp(`[${escapedInClass(node.code)}]`);
  if (node.type === 'any') return regExp('.');
  if (node.type === 'class') return regExp(writeClass(node, { hasV: context.unicode === 'v', excludesBreaks: context.lines }));
  return null;
}

const escapedInClass = (code) => {
  const character = writeUnseen(code);
  return /^[\\\]^[(){}|/&!#%,:;<=>@`~-]$/.test(character) ? `\\x${code.toString(16).padStart(2, '0')}` : character;
};

function areDisjoint(one, other) {
  for (let code = 0; code <= 0xffff; code++) {
    const character = String.fromCharCode(code);
    if (one.test(character) && other.test(character)) return false;
  }
  return true;
}

module.exports = { makesNoDifference };
