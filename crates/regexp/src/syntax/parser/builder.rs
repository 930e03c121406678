//! The tree under construction: the nodes so far, and the terms and alternatives of open groups.

use rustc_hash::FxHashMap;

use crate::syntax::ast::{Ast, Node, NodeId, SetId};
use crate::syntax::dialect::{Dialect, PatternWarning};
use crate::syntax::flags::Flags;
use crate::unicode::{self, CodePointSet, LETTERS};

/// Up to this many sets are compared one by one; more of them are hashed.
const FEW_SETS: usize = 64;

/// In place of a set's ID: there is no such set yet.
const NO_SET: SetId = SetId::MAX;

/// Characters beyond ASCII of which the sets are remembered: about an alphabet.
const RECENT: usize = 32;

/// Code units for which room is reserved: a source of millions may be refused early.
const USUAL_SOURCE: usize = 4096;

/// Nodes under construction. The terms of all open groups are on one stack, and so are their
/// alternatives; a group knows where its terms start.
#[derive(Default)]
pub(crate) struct Builder {
    ast: Ast,
    /// The ID of the set of each ASCII letter in both cases, or [`NO_SET`].
    letters: [SetId; LETTERS],
    /// Characters beyond ASCII, each with the ID of the set of those that match it. A text in
    /// another alphabet has the same few again and again. (0, 0): there is none.
    recent: [(u32, SetId); RECENT],
    /// The letters, a bit for each, that may have the same set as a class: one that starts with
    /// that letter alone.
    in_classes: u32,
    /// The ID of each set, once there are more than [`FEW_SETS`].
    set_ids: FxHashMap<CodePointSet, SetId>,
    terms: Vec<NodeId>,
    alternatives: Vec<NodeId>,
}

impl Builder {
    /// Prepares for a source of `length` code units, few of which make more than one node. Drops
    /// what was built before.
    pub(crate) fn reset(&mut self, length: usize, flags: Flags) {
        let length = length.min(USUAL_SOURCE);
        let Ast { nodes, others, lists, sets, warnings, .. } = &mut self.ast;
        nodes.clear();
        nodes.reserve(length + 1);
        others.clear();
        lists.clear();
        lists.reserve(length);
        sets.clear();
        warnings.clear();
        self.ast.has_back_references = false;
        self.ast.flags = flags;
        self.letters = [NO_SET; LETTERS];
        self.recent = [(0, 0); RECENT];
        self.in_classes = 0;
        self.set_ids.clear();
        self.terms.clear();
        self.terms.reserve(length);
        self.alternatives.clear();
    }

    /// Notes a construct of another dialect, unless one of its kind is noted already.
    #[cold]
    pub(crate) fn warn(&mut self, dialect: Dialect, at: usize) {
        let warnings = &mut self.ast.warnings;
        if warnings.iter().all(|known| known.dialect != dialect) {
            warnings.push(PatternWarning { dialect, offset: at as u32 });
        }
    }

    /// [`Builder::warn`], unless `noted` says it all.
    #[cold]
    pub(crate) fn warn_unless(&mut self, noted: Dialect, dialect: Dialect, at: usize) {
        if self.ast.warnings.iter().all(|known| known.dialect != noted) {
            self.warn(dialect, at);
        }
    }

    /// Number of nodes so far.
    pub(crate) fn len(&self) -> usize {
        self.ast.nodes.len()
    }

    pub(crate) fn add(&mut self, node: Node) -> NodeId {
        let id = self.ast.nodes.len() as NodeId;
        if !matches!(node, Node::Literal(0..=0xFFFF) | Node::Set(_)) {
            self.ast.others.push(id);
        }
        self.ast.nodes.push(node);
        id
    }

    pub(crate) fn back_reference(&mut self, groups: &[u32], ignore_case: bool) -> NodeId {
        self.ast.has_back_references = true;
        let groups = self.ast.add_list(groups);
        self.add(Node::BackReference { groups, ignore_case })
    }

    pub(crate) fn push_id(&mut self, id: NodeId) {
        self.terms.push(id);
    }

    pub(crate) fn push(&mut self, node: Node) {
        let id = self.add(node);
        self.push_id(id);
    }

    pub(crate) fn set(&mut self, set: CodePointSet) -> NodeId {
        let id = self.set_id(set);
        self.add(Node::Set(id))
    }

    fn set_id(&mut self, set: CodePointSet) -> SetId {
        let sets = &mut self.ast.sets;
        let next = sets.len() as SetId;
        if sets.len() < FEW_SETS {
            // the first range tells most sets apart
            let first = set.ranges().first();
            let same = |known: &CodePointSet| known.ranges().first() == first && *known == set;
            if let Some(known) = sets.iter().position(same) {
                return known as SetId;
            }
        } else {
            if self.set_ids.is_empty() {
                self.set_ids.extend(sets.iter().cloned().zip(0..));
            }
            let known = *self.set_ids.entry(set.clone()).or_insert(next);
            if known != next {
                return known;
            }
        }
        if let Some(&(low, high)) = set.ranges().first()
            && low == high
            && let Some(place) = unicode::letter_place(low)
        {
            self.in_classes |= 1 << place;
        }
        sets.push(set);
        next
    }

    /// The ID of a letter's set.
    #[inline]
    fn letter(&mut self, place: usize, flags: Flags) -> SetId {
        match self.letters[place] {
            NO_SET => self.new_letter(place, flags),
            known => known,
        }
    }

    fn new_letter(&mut self, place: usize, flags: Flags) -> SetId {
        let set = unicode::letter(place, flags.case_mode());
        let sets = &mut self.ast.sets;
        // once they are hashed, each set must be entered
        let id = if self.set_ids.is_empty() && self.in_classes >> place & 1 == 0 {
            sets.push(set);
            (sets.len() - 1) as SetId
        } else {
            self.set_id(set)
        };
        self.letters[place] = id;
        id
    }

    /// The ID of the set of a character beyond ASCII, unless only that character matches it.
    fn beyond_ascii(&mut self, c: u32, flags: Flags) -> Option<SetId> {
        let place = c as usize % RECENT;
        if self.recent[place].0 != c {
            let set = unicode::matching(c, flags.case_mode())?;
            self.recent[place] = (c, self.set_id(set));
        }
        Some(self.recent[place].1)
    }

    pub(crate) fn push_set(&mut self, set: CodePointSet) {
        let id = self.set(set);
        self.push_id(id);
    }

    /// One character as the flags read it: itself, or every character that equals it ignoring case.
    pub(crate) fn character(&mut self, c: u32, flags: Flags) -> NodeId {
        if flags.ignore_case {
            if let Some(place) = unicode::letter_place(c) {
                let set = self.letter(place, flags);
                return self.add(Node::Set(set));
            }
            if c >= 0x80
                && let Some(set) = self.beyond_ascii(c, flags)
            {
                return self.add(Node::Set(set));
            }
        }
        self.add(Node::Literal(c))
    }

    pub(crate) fn push_character(&mut self, c: u32, flags: Flags) {
        let id = self.character(c, flags);
        self.push_id(id);
    }

    /// Characters of one code unit, one term each.
    pub(crate) fn push_plain(&mut self, units: &[u16], flags: Flags) {
        let first = self.ast.nodes.len() as NodeId;
        if flags.ignore_case {
            self.ast.nodes.reserve(units.len());
            for &unit in units {
                let node = match unicode::letter_place(unit.into()) {
                    Some(place) => Node::Set(self.letter(place, flags)),
                    None if unit < 0x80 => Node::Literal(unit.into()),
                    None => {
                        self.character(unit.into(), flags);
                        continue;
                    }
                };
                self.ast.nodes.push(node);
            }
        } else {
            self.ast.nodes.extend(units.iter().map(|&unit| Node::Literal(unit.into())));
        }
        self.terms.extend(first..self.ast.nodes.len() as NodeId);
    }

    /// Where the terms and the alternatives of a group that opens now start.
    pub(crate) fn bases(&self) -> (usize, usize) {
        (self.terms.len(), self.alternatives.len())
    }

    /// Ends an alternative: the terms from `base` on become one node.
    pub(crate) fn close_alternative(&mut self, base: usize) {
        let id = match self.terms.len() - base {
            0 => self.add(Node::Empty),
            1 => self.terms[base],
            _ => {
                let terms = self.ast.add_list(&self.terms[base..]);
                self.add(Node::Sequence(terms))
            }
        };
        self.terms.truncate(base);
        self.alternatives.push(id);
    }

    /// Ends a disjunction: the alternatives from `base` on become one node.
    pub(crate) fn close_disjunction(&mut self, base: usize) -> NodeId {
        let alternatives = &self.alternatives[base..];
        let id = match *alternatives {
            [only] => only,
            _ => {
                let alternatives = self.ast.add_list(alternatives);
                self.add(Node::Alternation(alternatives))
            }
        };
        self.alternatives.truncate(base);
        id
    }

    pub(crate) fn sequence(&mut self, terms: &[NodeId]) -> NodeId {
        let terms = self.ast.add_list(terms);
        self.add(Node::Sequence(terms))
    }

    pub(crate) fn alternation(&mut self, alternatives: &[NodeId]) -> NodeId {
        match *alternatives {
            [only] => only,
            _ => {
                let alternatives = self.ast.add_list(alternatives);
                self.add(Node::Alternation(alternatives))
            }
        }
    }

    /// Wraps the last term in a quantifier. Repeated no times, it becomes empty.
    pub(crate) fn repeat_last(
        &mut self,
        min: u32,
        max: Option<u32>,
        greedy: bool,
        groups: (u32, u32),
    ) {
        let Some(body) = self.terms.pop() else { return };
        match (min, max) {
            (_, Some(0)) => self.push(Node::Empty),
            (1, Some(1)) => self.push_id(body),
            _ => self.push(Node::Repeat { body, min, max, greedy, groups }),
        }
    }

    /// Fills in the groups of a named back-reference, which are known at the end of the source.
    pub(crate) fn set_groups(&mut self, id: NodeId, groups: &[u32]) {
        let groups = self.ast.add_list(groups);
        if let Node::BackReference { groups: slot, .. } = &mut self.ast.nodes[id as usize] {
            *slot = groups;
        }
    }

    pub(crate) fn finish(&mut self, root: NodeId, groups: u32) {
        self.ast.root = root;
        self.ast.groups = groups;
    }

    /// The tree, after `finish`.
    pub(crate) fn ast(&mut self) -> &mut Ast {
        &mut self.ast
    }

    pub(crate) fn into_ast(self) -> Ast {
        self.ast
    }
}

#[cfg(test)]
mod tests {
    use crate::syntax::ast::Node;
    use crate::syntax::flags::Flags;
    use crate::syntax::parser::parse;
    use crate::unicode;

    /// All of these letters have the same place among the remembered ones.
    #[test]
    fn a_remembered_set_is_of_the_same_character() {
        let source: Vec<u16> = "éÉɉéÉɉ\u{3C9}é".encode_utf16().collect();
        let flags = Flags::parse(&[u16::from(b'i')]).unwrap();
        let ast = parse(&source, flags).unwrap();
        for (node, &unit) in ast.nodes.iter().zip(&source) {
            let Node::Set(set) = node else { panic!("{unit:X} has two cases") };
            let expected = unicode::matching(unit.into(), flags.case_mode());
            assert_eq!(Some(&ast.sets[*set as usize]), expected.as_ref(), "{unit:X}");
        }
    }
}
