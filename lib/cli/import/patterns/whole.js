// A pattern that has to match the whole text becomes one that is looked for in it.
//
// `.*timeout.*` against all of a text is `timeout` anywhere in it. A branch that does not begin or end so gets an anchor.
'use strict';

/** What an edge may have that a whole match makes needless. */
const NEEDLESS = { start: new Set(['start', 'textStart']), end: new Set(['end', 'textEnd', 'finalBreak']) };

/**
 * @param {ReturnType<typeof import('./parse.js').parse>} parsed
 * @param {boolean} lines the whole of a line, in which `.` matches everything
 */
function matchWhole(parsed, lines) {
  const { flags, changes } = parsed;
  const branches = parsed.body.branches.map((terms) => {
    const start = openEdge(terms, 'start', flags.s || lines, lines);
    // `.*` alone is both edges
    if (start.isOpen && start.terms.length === 0) return start.terms;
    const end = openEdge(start.terms, 'end', flags.s || lines, lines);
    if (start.isOpen || end.isOpen) changes.add('.* at the edges of a whole match → nothing');
    if (!start.isAnchored || !end.isAnchored) changes.add('a whole match → anchors');
    return [...edge('textStart', start), ...end.terms, ...edge('textEnd', end)];
  });
  return { ...parsed, body: { type: 'alternation', branches } };
}

const edge = (kind, { isOpen }) => (isOpen ? [] : [{ type: 'assertion', kind }]);

/**
 * Takes from an edge what a whole match makes needless there: anchors, and `.*`.
 *
 * @returns {{ terms: import('./parse.js').Node[], isOpen: boolean, isAnchored: boolean }} `isOpen`: anything may come before or after
 */
function openEdge(terms, side, isDotAll, lines) {
  const index = side === 'start' ? 0 : -1;
  const term = terms.at(index);
  const rest = side === 'start' ? terms.slice(1) : terms.slice(0, -1);
  const join = (node) => (side === 'start' ? [node, ...rest] : [...rest, node]);
  if (term === undefined) return { terms, isOpen: false, isAnchored: false };
  if (term.type === 'assertion' && NEEDLESS[side].has(term.kind)) {
    return { ...openEdge(rest, side, isDotAll, lines), isAnchored: true };
  }
  if (isAnything(term, isDotAll)) {
    return { terms: term.min === 0 ? rest : join({ ...term, max: term.min, mode: 'greedy' }), isOpen: true, isAnchored: true };
  }
  const isPlain = term.type === 'modified' || (term.type === 'group' && !term.isAtomic);
  if (!isPlain || term.body.branches.length !== 1) return { terms, isOpen: false, isAnchored: false };
  const inner = openEdge(term.body.branches[0], side, lines || (term.flags?.s ?? isDotAll), lines);
  return { ...inner, terms: join({ ...term, body: { ...term.body, branches: [inner.terms] } }) };
}

/** `.*`, `.+`, `[\s\S]*`. */
function isAnything({ type, max, body }, isDotAll) {
  if (type !== 'repeat' || max !== Infinity) return false;
  if (body.type === 'any') return isDotAll;
  if (body.type !== 'class' || body.isNegated) return false;
  const letters = new Set(body.items.map(({ letter }) => letter));
  return ['s', 'd', 'w'].some((letter) => letters.has(letter) && letters.has(letter.toUpperCase()));
}

module.exports = { matchWhole };
