// A pattern that has to match the whole text becomes one that is looked for in it.
//
// `.*timeout.*` against all of a text is `timeout` anywhere in it. A branch that does not begin or end so gets an anchor.
'use strict';

/**
 * @param {ReturnType<typeof import('./parse.js').parse>} parsed
 * @param {boolean} lines the whole of a line, in which `.` matches everything
 */
function matchWhole(parsed, lines) {
  const branches = parsed.body.branches.map((terms) => {
    const start = open(terms, parsed.flags.s || lines, 0);
    const end = open(start.terms, parsed.flags.s || lines, -1);
    const inner = [...start.edge, ...end.terms, ...end.edge];
    return inner;
  });
  return { ...parsed, body: { type: 'alternation', branches } };

  function open(terms, isDotAll, index) {
    const term = terms.at(index);
    const rest = index === 0 ? terms.slice(1) : terms.slice(0, -1);
    if (term !== undefined && isDotAll && isAnything(term)) {
      parsed.changes.add('.* at the edges of a whole match → nothing');
      const edge = term.min === 0 ? [] : [{ ...term, max: term.min, mode: 'greedy' }];
      return { terms: rest, edge };
    }
    const kind = index === 0 ? 'textStart' : 'textEnd';
    const isAnchored = term?.type === 'assertion' && term.kind === (index === 0 ? 'start' : 'end');
    if (!isAnchored) parsed.changes.add('a whole match → anchors');
    return { terms: isAnchored ? rest : terms, edge: [{ type: 'assertion', kind }] };
  }
}

const isAnything = ({ type, max, body }) => type === 'repeat' && max === Infinity && body.type === 'any';

module.exports = { matchWhole };
