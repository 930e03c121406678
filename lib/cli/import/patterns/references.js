// References to groups. Elsewhere one to a group that has not matched fails; in JavaScript it matches the empty text. So the group must
// have matched whenever its reference is reached.
'use strict';

const { Untranslatable } = require('./untranslatable.js');

/** @param {import('./parse.js').Alternation} body @throws {Untranslatable} */
function checkReferences(body) {
  let opened = 0;
  walkAlternation(body, new Set());

  /** @returns {Set<string | number>} the groups that have matched behind it, whichever branch has */
  function walkAlternation({ branches }, set) {
    const ends = branches.map((terms) => terms.reduce((before, term) => walk(term, before), set));
    return new Set([...ends[0]].filter((group) => ends.every((end) => end.has(group))));
  }

  function walk(node, set) {
    switch (node.type) {
      case 'reference':
        if (!set.has(node.name ?? node.number)) throw new Untranslatable('refers to a group that may not have matched');
        return set;
      case 'group': {
        if (node.resetsNumbers) throw new Untranslatable('has a branch reset (?|…) and references');
        const number = node.captures ? ++opened : null;
        const inner = walkAlternation(node.body, set);
        return number === null ? inner : new Set([...inner, number, ...(node.name === undefined ? [] : [node.name])]);
      }
      case 'modified':
        return walkAlternation(node.body, set);
      case 'look': {
        // a lookbehind is matched from its end
        const inner = walkAlternation(node.body, node.isBehind ? new Set() : set);
        return node.isNegated ? set : new Set([...set, ...inner]);
      }
      case 'repeat': {
        const inner = walk(node.body, set);
        return node.min === 0 ? set : inner;
      }
      default:
        return set;
    }
  }
}

module.exports = { checkReferences };
