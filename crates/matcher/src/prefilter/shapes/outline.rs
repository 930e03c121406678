//! What the matches of a pattern look like from one of their ends, byte by byte.
//!
//! Of `\d{1,3}(?:px)?;` it is known that a match starts with a digit, that a digit, a "p" or a ";"
//! follows, and so on for the first few bytes, however long each part is. It is the position-wise
//! union of what an automaton accepts. Everything here may say too little, never too much.

use regexp::syntax::ast::{Assertion, Ast, Node, NodeId};

use crate::prefilter::shapes::byte_set::ByteSet;
use crate::prefilter::shapes::encoded::{AFTER, has_surrogates, leads};
use crate::prefilter::shapes::masks::DEPTH;

/// The end of a match that is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// Its first bytes, in order.
    Start,
    /// Its last bytes, the last one first.
    End,
}

/// What a node's matches look like from one side.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outline {
    /// The bytes that a match of this length can have there.
    pub(super) sets: [ByteSet; DEPTH],
    /// After how many bytes something else can follow, a bit for each number below [`DEPTH`].
    pub(super) ends: u8,
    /// The least number of bytes, up to [`DEPTH`].
    pub(super) least: usize,
    /// Whether anything can follow: else the text ends there.
    pub(super) goes_on: bool,
    /// Whether each match has a byte beyond ASCII.
    pub(super) is_foreign: bool,
}

impl Outline {
    pub(super) const EMPTY: Self =
        Self { sets: [ByteSet::NONE; DEPTH], ends: 1, least: 0, goes_on: true, is_foreign: false };
    const ANYTHING: Self = Self { sets: [ByteSet::ANY; DEPTH], ends: u8::MAX, ..Self::EMPTY };
    const EDGE: Self = Self { ends: 0, goes_on: false, ..Self::EMPTY };

    /// Of a whole pattern, and of what is beyond its matches.
    pub(crate) fn of(ast: &Ast, side: Side) -> Self {
        let mut all: Vec<Self> = Vec::with_capacity(ast.nodes.len());
        for node in &ast.nodes {
            let outline = Self::of_node(ast, node, side, |id| &all[id as usize]);
            all.push(outline);
        }
        match ast.nodes[ast.root as usize] {
            Node::Sequence(terms) if side == Side::Start => {
                Self::of_terms(ast, ast.list(terms), Self::ANYTHING, |id| &all[id as usize])
            }
            _ => all[ast.root as usize].then(&Self::ANYTHING),
        }
    }

    /// `of_child`: what is known of the nodes before this one.
    pub(super) fn of_node<'o>(
        ast: &Ast,
        node: &Node,
        side: Side,
        of_child: impl Fn(NodeId) -> &'o Self,
    ) -> Self {
        let character = |ranges| outline_of(ranges, ast.flags.code_points(), side);
        match node {
            Node::Assert(Assertion::Start) if side == Side::End => Self::EDGE,
            Node::Assert(Assertion::End) if side == Side::Start => Self::EDGE,
            // it starts where the text does, and so does what follows it
            Node::Look { behind: false, negative: false, body }
                if side == Side::End && !of_child(*body).goes_on =>
            {
                Self::EDGE
            }
            Node::Empty | Node::Assert(_) | Node::Look { .. } => Self::EMPTY,
            Node::Literal(c) => character(&[(*c, *c)]),
            Node::Set(set) => character(ast.sets[*set as usize].ranges()),
            Node::BackReference { .. } => Self::ANYTHING,
            Node::Capture { body, .. } => *of_child(*body),
            Node::Sequence(terms) => match (side, ast.list(*terms)) {
                (Side::Start, terms) => Self::of_terms(ast, terms, Self::EMPTY, of_child),
                (Side::End, terms) => {
                    let terms = terms.iter().rev().map(|&id| of_child(id));
                    terms.fold(Self::EMPTY, |all, term| all.then(term))
                }
            },
            Node::Alternation(alternatives) => {
                let all = ast.list(*alternatives).iter().map(|&id| *of_child(id));
                all.reduce(|one, other| one.or(&other)).unwrap_or(Self::ANYTHING)
            }
            Node::Repeat { body, min, max, .. } => of_child(*body).times(*min, *max),
        }
    }

    /// From the start, of terms that are followed by `rest`.
    fn of_terms<'o>(
        ast: &Ast,
        terms: &[NodeId],
        rest: Self,
        of_child: impl Fn(NodeId) -> &'o Self,
    ) -> Self {
        terms.iter().rev().fold(rest, |rest, &id| match ast.nodes[id as usize] {
            Node::Look { behind: false, negative: false, body } => {
                rest.and(&of_child(body).then(&Self::ANYTHING))
            }
            _ => of_child(id).then(&rest),
        })
    }

    /// What this is known to be, and the other one besides.
    fn and(&self, other: &Self) -> Self {
        Self {
            sets: std::array::from_fn(|at| self.sets[at].intersection(other.sets[at])),
            is_foreign: self.is_foreign | other.is_foreign,
            ..*self
        }
    }

    /// This and then the other one.
    #[inline(never)]
    pub(super) fn then(&self, next: &Self) -> Self {
        if !self.goes_on {
            return *self;
        }
        let mut all = *self;
        all.ends = 0;
        for length in (0..DEPTH).filter(|length| self.ends >> length & 1 == 1) {
            for (set, next) in all.sets[length..].iter_mut().zip(&next.sets) {
                *set = set.union(*next);
            }
            all.ends |= next.ends << length;
        }
        all.least = DEPTH.min(self.least + next.least);
        all.goes_on = next.goes_on;
        all.is_foreign |= next.is_foreign;
        all
    }

    fn or(&self, other: &Self) -> Self {
        Self {
            sets: std::array::from_fn(|at| self.sets[at].union(other.sets[at])),
            ends: self.ends | other.ends,
            least: self.least.min(other.least),
            goes_on: self.goes_on | other.goes_on,
            is_foreign: self.is_foreign & other.is_foreign,
        }
    }

    pub(super) fn times(&self, min: u32, max: Option<u32>) -> Self {
        // beyond so many copies nothing is looked at, but of empty ones
        const MOST: u32 = DEPTH as u32;
        let all = (0..min.min(MOST)).fold(Self::EMPTY, |all, _| all.then(self));
        let more = max.map_or(MOST, |max| (max - min).min(MOST));
        let mut optional = Self::EMPTY.or(self);
        if min <= MOST && more < MOST {
            return (0..more).fold(all, |all, _| all.then(&optional));
        }
        for _ in 0..MOST.ilog2() {
            optional = optional.then(&optional);
        }
        all.then(&optional)
    }
}

/// Of a character in one of these ranges: code points, or else code units of UTF-16.
fn outline_of(ranges: &[(u32, u32)], by_code_points: bool, side: Side) -> Outline {
    let by_length = [0..=0x7F, 0x80..=0x7FF, 0x800..=0xFFFF, 0x1_0000..=0x10_FFFF]
        .map(|characters| leads(ranges, characters));
    let [(ascii, has_ascii), ..] = by_length;
    let mut outline = Outline { ends: 0, is_foreign: !has_ascii, ..Outline::EMPTY };
    let mut lengths = (1..).zip(by_length).filter(|(_, (_, any))| *any).peekable();
    outline.least = lengths.peek().map_or(0, |&(length, _)| length);
    for (length, (leads, _)) in lengths {
        outline.ends |= 1 << length;
        for (at, set) in outline.sets[..length].iter_mut().enumerate() {
            let from_start = if side == Side::Start { at } else { length - 1 - at };
            *set = set.union(if from_start == 0 { leads } else { AFTER });
        }
    }
    if !by_code_points && has_surrogates(ranges) {
        // half a pair of the text is half of its four bytes
        let part = ascii.union(ByteSet::range(0x80, 0xFF));
        outline.sets[..3].fill(part);
        outline.ends |= 1 << 2 | 1 << 3;
        outline.least = if has_ascii { 1 } else { 2 };
    }
    outline
}
