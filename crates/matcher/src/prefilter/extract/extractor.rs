//! The pass over a syntax tree that finds what the pattern requires.

use std::mem;

use regexp::syntax::ast::{Ast, Node, NodeId};
use regexp::text::combine;

use crate::prefilter::extract::facts::{Extent, NodeFacts};
use crate::prefilter::extract::max_offset::MaxOffset;
use crate::prefilter::extract::requirement::{ClauseId, Emitted, Requirements};
use crate::prefilter::extract::separators::Separators;
use crate::prefilter::extract::sequence::Sequence;
use crate::prefilter::extract::strings::{self, SpareBuffers, StringSet, encode};
use crate::prefilter::extract::variants::Variants;
use crate::prefilter::fold::fold;
use crate::prefilter::lengths::MAX_LITERAL;
use crate::prefilter::neighbours::Excluded;

/// The most characters of one range of a class, and the most ranges, that are looked at.
const MAX_CLASS: u32 = 32;

/// In place of an index of `facts`: the node is a leaf, whose facts are made when they are needed.
const LEAF: u32 = u32::MAX;

/// Extracts the requirements of one pattern after the other, in the same memory.
#[derive(Default)]
pub(crate) struct Extractor {
    facts_of: Vec<u32>,
    facts: Vec<Known>,
}

/// What is known of a node that is no leaf.
enum Known {
    /// It matches any text of that width.
    Anything(MaxOffset),
    Facts(NodeFacts),
    /// Its parent has them.
    Taken,
}

impl Extractor {
    /// Adds to `requirements` what a text must contain for the pattern to match. Returns its number
    /// there.
    pub(crate) fn requirement(&mut self, ast: &Ast, requirements: &mut Requirements) -> u32 {
        let all = self.emit(ast, requirements);
        requirements.finish(all)
    }

    /// Adds to the requirement that is not finished what one of its patterns requires.
    pub(crate) fn emit(&mut self, ast: &Ast, requirements: &mut Requirements) -> Emitted {
        let Self { facts_of, facts } = self;
        facts_of.clear();
        facts_of.resize(ast.nodes.len(), LEAF);
        facts.clear();
        let by_characters = ast.flags.code_points();
        let has_lookaround =
            ast.others.iter().any(|&id| matches!(ast.nodes[id as usize], Node::Look { .. }));
        let variants = Variants::default();
        let mut pass = Pass { ast, by_characters, variants, requirements, facts_of, facts };
        for &id in &ast.others {
            let node = &ast.nodes[id as usize];
            let known = match pass.width_alone(node) {
                Some(width) => Known::Anything(width),
                None => match pass.visit(node) {
                    Some(facts) => Known::Facts(facts),
                    // a leaf
                    None => continue,
                },
            };
            pass.facts_of[id as usize] = pass.facts.len() as u32;
            pass.facts.push(known);
        }
        let root = pass.take(ast.root);
        Emitted { root: pass.emit(root), has_lookaround, variants: pass.variants }
    }
}

struct Pass<'a> {
    ast: &'a Ast,
    /// Whether the pattern matches characters and not code units.
    by_characters: bool,
    /// The variants of letters that were left out.
    variants: Variants,
    requirements: &'a mut Requirements,
    /// For each node the index of its facts, or [`LEAF`].
    facts_of: &'a mut [u32],
    facts: &'a mut Vec<Known>,
}

impl Pass<'_> {
    /// The width of a node of which nothing else is known, unless it is a leaf.
    fn width_alone(&self, node: &Node) -> Option<MaxOffset> {
        match *node {
            Node::Capture { body, .. } => self.anything(body),
            Node::Repeat { body, min, max, .. } => match self.anything(body) {
                Some(width) => Some(width.times(min, max)),
                None if min == 0 && max != Some(1) => Some(self.width_of(body).times(0, max)),
                None => None,
            },
            _ => None,
        }
    }

    /// What is known of a node that [has more than a width](Self::width_alone). `None`: a leaf.
    fn visit(&mut self, node: &Node) -> Option<NodeFacts> {
        Some(match node {
            Node::Empty
            | Node::Literal(_)
            | Node::Set(_)
            | Node::BackReference { .. }
            | Node::Assert(_) => return None,
            Node::Sequence(terms) => self.sequence(self.ast.list(*terms)),
            Node::Alternation(alternatives) => self.alternation(self.ast.list(*alternatives)),
            Node::Capture { body, .. } => self.take(*body),
            Node::Repeat { body, min, max, .. } => self.repeat(*body, *min, *max),
            Node::Look { negative: true, .. } => NodeFacts::zero_width(None),
            Node::Look { body, negative: false, behind } => {
                let body = self.take(*body);
                let clause = self.emit(body);
                if let Some(clause) = clause.filter(|_| *behind) {
                    self.requirements.shift(clause, MaxOffset::UNKNOWN);
                }
                NodeFacts::zero_width(clause)
            }
        })
    }

    /// The length of a node's matches.
    fn width_of(&self, id: NodeId) -> MaxOffset {
        match self.facts_of[id as usize] {
            LEAF => self.width_of_leaf(&self.ast.nodes[id as usize]),
            index => match &self.facts[index as usize] {
                Known::Anything(width) | Known::Facts(NodeFacts { width, .. }) => *width,
                Known::Taken => MaxOffset::UNKNOWN,
            },
        }
    }

    /// The width of a node of which nothing else is known.
    fn anything(&self, id: NodeId) -> Option<MaxOffset> {
        match self.facts_of[id as usize] {
            LEAF => match &self.ast.nodes[id as usize] {
                node @ Node::Set(set) if !is_few(self.ast.sets[*set as usize].ranges()) => {
                    Some(self.width_of_leaf(node))
                }
                _ => None,
            },
            index => match &self.facts[index as usize] {
                Known::Anything(width) => Some(*width),
                _ => None,
            },
        }
    }

    /// What a node of which nothing but [a width](Self::anything) is known does not begin or end
    /// with.
    fn excluded_by(&self, mut id: NodeId) -> Excluded {
        loop {
            match self.ast.nodes[id as usize] {
                Node::Set(set) => return Excluded::by(self.ast.sets[set as usize].ranges()),
                Node::Capture { body, .. } | Node::Repeat { body, min: 1.., .. } => id = body,
                // it may be empty, or have several parts
                _ => return Excluded::default(),
            }
        }
    }

    /// Takes what is known of a child. Each node has one parent; a second one would get nothing.
    fn take(&mut self, id: NodeId) -> NodeFacts {
        match self.facts_of[id as usize] {
            LEAF => self.leaf(id),
            index => match mem::replace(&mut self.facts[index as usize], Known::Taken) {
                Known::Facts(facts) => facts,
                Known::Anything(width) => NodeFacts::anything(width),
                Known::Taken => NodeFacts::anything(MaxOffset::UNKNOWN),
            },
        }
    }

    fn leaf(&mut self, id: NodeId) -> NodeFacts {
        let node = &self.ast.nodes[id as usize];
        let strings = match node {
            Node::Empty | Node::Assert(_) => Some(StringSet::empty_string()),
            Node::Literal(c) => self.strings_of(&[(*c, *c)]),
            Node::Set(set) => {
                let ranges = self.ast.sets[*set as usize].ranges();
                if is_few(ranges) { self.strings_of(ranges) } else { None }
            }
            _ => None,
        };
        let width = self.width_of_leaf(node);
        match strings {
            Some(strings) => NodeFacts { extent: Extent::Exact(strings), width, clause: None },
            None => NodeFacts::anything(width),
        }
    }

    fn width_of_leaf(&self, node: &Node) -> MaxOffset {
        match node {
            Node::Empty | Node::Assert(_) => MaxOffset::ZERO,
            Node::Literal(c) => {
                let units = 1 + usize::from(*c > 0xFFFF);
                MaxOffset::after(units, units, Separators::of_ranges(&[(*c, *c)]))
            }
            Node::Set(set) => {
                let separators = Separators::of_ranges(self.ast.sets[*set as usize].ranges());
                MaxOffset::after(1, 1 + usize::from(self.by_characters), separators)
            }
            _ => MaxOffset::UNBOUNDED,
        }
    }

    /// The strings that a class of a few characters can be, without the variants of letters in it
    /// if it also has letters.
    fn strings_of(&mut self, ranges: &[(u32, u32)]) -> Option<StringSet> {
        let Requirements { is_united, ref mut spare, .. } = *self.requirements;
        let characters = || ranges.iter().flat_map(|&(low, high)| low..=high);
        let usual = || characters().filter(|&c| Variants::of(c).is_empty());
        if usual().next().is_none() {
            self.variants = self.variants.or(Variants::KEPT);
            return StringSet::of_characters(characters(), is_united, spare);
        }
        let strings = StringSet::of_characters(usual(), is_united, spare);
        if strings.is_some() {
            let variants = characters().map(Variants::of).reduce(Variants::or).unwrap_or_default();
            let is_whole =
                variants.pairs().all(|(_, letter)| usual().any(|c| c == u32::from(letter)));
            let kept = if is_whole { Variants::default() } else { Variants::KEPT };
            self.variants = self.variants.or(variants).or(kept);
        }
        strings
    }

    /// Emits all that is known of a node as one clause: its neighbours will not make longer strings
    /// of it.
    fn emit(&mut self, facts: NodeFacts) -> Option<ClauseId> {
        let (first, second) = match facts.extent {
            Extent::Exact(strings) => {
                let only = self.requirements.add_literals(&strings, MaxOffset::ZERO);
                self.requirements.spare.recycle(strings);
                (only, None)
            }
            Extent::Open(head, tail, tail_at) => {
                let first = self.requirements.add_literals(&head, MaxOffset::ZERO);
                let same = head == tail;
                let second =
                    if same { None } else { self.requirements.add_literals(&tail, tail_at) };
                self.requirements.spare.recycle(head);
                self.requirements.spare.recycle(tail);
                (first, second)
            }
        };
        let mut clauses = [0; 3];
        let mut count = 0;
        for clause in [facts.clause, first, second].into_iter().flatten() {
            clauses[count] = clause;
            count += 1;
        }
        self.requirements.add_all(&clauses[..count])
    }

    fn sequence(&mut self, terms: &[NodeId]) -> NodeFacts {
        let mut sequence = Sequence::new(self.requirements);
        let mut at = 0;
        while let Some(&id) = terms.get(at) {
            let room = sequence.room(self.requirements);
            let characters = ascii_start(self.ast, &terms[at..], room);
            if characters > 0 {
                sequence.took(characters);
                at += characters;
                continue;
            }
            at += 1;
            let node = &self.ast.nodes[id as usize];
            if let Node::Literal(c) = *node {
                let next = terms.get(at).map(|&next| &self.ast.nodes[next as usize]);
                let pair = if self.by_characters { None } else { pair(c, next) };
                at += usize::from(pair.is_some());
                self.variants = self.variants.or(Variants::kept(c));
                let mut buffer = [0; 4];
                match encode(pair.unwrap_or(c), self.requirements.is_united, &mut buffer) {
                    Some(encoded) => sequence.character(encoded, self.requirements),
                    None => sequence.surrogate(self.requirements),
                }
                continue;
            }
            // what is before and after them is adjacent
            if matches!(node, Node::Empty | Node::Assert(_)) {
                continue;
            }
            if let Some(width) = self.anything(id) {
                let excluded = self.excluded_by(id);
                sequence.anything(width, excluded, self.requirements);
                continue;
            }
            sequence.end_literal(self.requirements);
            let term = self.take(id);
            sequence.term(term, self.requirements);
        }
        sequence.finish(self.requirements)
    }

    fn alternation(&mut self, alternatives: &[NodeId]) -> NodeFacts {
        let mut all: Vec<NodeFacts> = alternatives.iter().map(|&id| self.take(id)).collect();
        let width = all.iter().map(|facts| facts.width).reduce(MaxOffset::or);
        let width = width.unwrap_or(MaxOffset::UNBOUNDED);
        let spare = &mut self.requirements.spare;
        let exact = union(
            spare,
            all.iter().map(|facts| match &facts.extent {
                Extent::Exact(strings) => Some(strings),
                Extent::Open(..) => None,
            }),
        );
        if let Some(strings) = exact {
            // what lookaheads require is lost unless every alternative requires something
            let clauses: Option<Vec<_>> = all.iter().map(|facts| facts.clause).collect();
            let clause = clauses.and_then(|clauses| self.requirements.add_any(&clauses));
            for facts in all {
                if let Extent::Exact(strings) = facts.extent {
                    self.requirements.spare.recycle(strings);
                }
            }
            return NodeFacts { extent: Extent::Exact(strings), width, clause };
        }
        let head = union(
            spare,
            all.iter().map(|facts| match &facts.extent {
                Extent::Exact(head) | Extent::Open(head, ..) => Some(head),
            }),
        );
        let tail = union(
            spare,
            all.iter().map(|facts| match &facts.extent {
                Extent::Exact(tail) | Extent::Open(_, tail, _) => Some(tail),
            }),
        );
        let tail_at = all.iter().map(|facts| match &facts.extent {
            Extent::Exact(_) => MaxOffset::ZERO,
            Extent::Open(_, _, tail_at) => *tail_at,
        });
        let tail_at = tail_at.reduce(MaxOffset::or).filter(|_| tail.is_some()).unwrap_or(width);
        let clauses: Option<Vec<_>> = all.drain(..).map(|facts| self.emit(facts)).collect();
        let clause = clauses.and_then(|clauses| self.requirements.add_any(&clauses));
        let or_empty = |strings: Option<_>| strings.unwrap_or_else(StringSet::empty_string);
        NodeFacts { extent: Extent::Open(or_empty(head), or_empty(tail), tail_at), width, clause }
    }

    fn repeat(&mut self, body: NodeId, min: u32, max: Option<u32>) -> NodeFacts {
        let body = self.take(body);
        let width = body.width.times(min, max);
        match (min, body.extent) {
            (0, Extent::Exact(mut strings)) => {
                if !strings.add_empty() {
                    return NodeFacts::anything(width);
                }
                NodeFacts { extent: Extent::Exact(strings), width, clause: None }
            }
            (0, _) => NodeFacts::anything(width),
            (_, Extent::Exact(once)) => {
                let spare = &mut self.requirements.spare;
                let mut strings = spare.copy_of(&once);
                let mut times = 1;
                // each repetition adds a byte at least, or else none ever does
                while times < min && times < MAX_LITERAL as u32 && strings.append(&once, spare) {
                    times += 1;
                }
                let extent = if max == Some(times) {
                    Extent::Exact(strings)
                } else {
                    let fewer = max.map(|max| max - times);
                    let before = body.width.times(min - times, fewer);
                    Extent::Open(spare.copy_of(&strings), strings, before)
                };
                spare.recycle(once);
                NodeFacts { extent, width, clause: body.clause }
            }
            (_, Extent::Open(head, tail, tail_at)) => {
                let before_last = body.width.times(min - 1, max.map(|max| max - 1));
                let extent = Extent::Open(head, tail, before_last.plus(tail_at));
                NodeFacts { extent, width, clause: body.clause }
            }
        }
    }
}

/// Puts the ASCII characters that `terms` starts with, folded, into `room`, as many as it has
/// and as are side by side in the tree. Returns how many these are. Most of a pattern is.
fn ascii_start(ast: &Ast, terms: &[NodeId], room: &mut [u8]) -> usize {
    let Some(&first) = terms.first() else { return 0 };
    let nodes = &ast.nodes[first as usize..];
    let most = room.len().min(terms.len()).min(nodes.len());
    // of the same length, so that the loop checks one bound
    let (room, terms, nodes) = (&mut room[..most], &terms[..most], &nodes[..most]);
    for at in 0..most {
        match ascii(ast, &nodes[at]) {
            Some(byte) if terms[at] == first + at as NodeId => room[at] = fold(byte),
            _ => return at,
        }
    }
    most
}

/// The ASCII character that a node is; the lower-case letter if it is a letter in both cases.
fn ascii(ast: &Ast, node: &Node) -> Option<u8> {
    let c = match node {
        Node::Literal(c) => *c,
        Node::Set(set) => match *ast.sets[*set as usize].ranges() {
            [(upper @ 0x41..=0x5A, end), (lower, last)]
                if upper == end && lower == last && lower == upper + 0x20 =>
            {
                lower
            }
            _ => return None,
        },
        _ => return None,
    };
    u8::try_from(c).ok().filter(u8::is_ascii)
}

/// Whether the characters in these ranges may be few enough to be strings.
fn is_few(ranges: &[(u32, u32)]) -> bool {
    ranges.len() <= MAX_CLASS as usize
        && ranges.iter().all(|(low, high)| high - low < MAX_CLASS)
        && !strings::surely_too_many(ranges)
}

/// The union of sets, if all are known and it is small enough.
fn union<'s>(
    spare: &mut SpareBuffers,
    mut sets: impl Iterator<Item = Option<&'s StringSet>>,
) -> Option<StringSet> {
    let mut all = spare.set();
    let all_fit = sets.all(|set| set.is_some_and(|set| all.add_all(set)));
    // the empty set would say that nothing ever matches
    if all_fit && !all.is_empty() {
        return Some(all);
    }
    spare.recycle(all);
    None
}

/// The character of which a literal and its neighbour are the two surrogates.
fn pair(lead: u32, next: Option<&Node>) -> Option<u32> {
    let Some(&Node::Literal(trail)) = next else { return None };
    combine(u16::try_from(lead).ok()?, u16::try_from(trail).ok()?)
}
