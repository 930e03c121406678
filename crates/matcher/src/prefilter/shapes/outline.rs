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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
        let all = Outlines::of(ast, side);
        match ast.nodes[ast.root as usize] {
            Node::Sequence(terms) if side == Side::Start => {
                all.of_terms(ast.list(terms), Self::ANYTHING)
            }
            _ => all.get(ast.root).then(&Self::ANYTHING),
        }
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

    /// [`Self::then`] an ASCII character. Most terms are one.
    fn push(&mut self, byte: u8) {
        if !self.goes_on {
            return;
        }
        for length in (0..DEPTH).filter(|length| self.ends >> length & 1 == 1) {
            self.sets[length] = self.sets[length].union(ByteSet::range(byte, byte));
        }
        self.ends <<= 1;
        self.least = DEPTH.min(self.least + 1);
    }

    /// An ASCII character, [then](Self::then) this.
    fn put_before(&mut self, byte: u8) {
        self.sets.copy_within(..DEPTH - 1, 1);
        self.sets[0] = ByteSet::range(byte, byte);
        self.ends <<= 1;
        self.least = DEPTH.min(self.least + 1);
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

/// The outlines of a pattern's nodes, from one side.
///
/// Those of literals and sets, which most nodes are, are made when they are asked for: an outline
/// has 270 bytes.
pub(super) struct Outlines<'a> {
    ast: &'a Ast,
    side: Side,
    /// Of [`Ast::others`].
    of_others: Vec<Outline>,
}

impl<'a> Outlines<'a> {
    pub(super) fn of(ast: &'a Ast, side: Side) -> Self {
        let mut all = Self { ast, side, of_others: Vec::with_capacity(ast.others.len()) };
        for &id in &ast.others {
            let outline = all.of_node(&ast.nodes[id as usize]);
            all.of_others.push(outline);
        }
        all
    }

    pub(super) fn get(&self, id: NodeId) -> Outline {
        match self.ast.others.binary_search(&id) {
            Ok(at) => self.of_others[at],
            Err(_) => self.of_node(&self.ast.nodes[id as usize]),
        }
    }

    /// Of a node whose children are known.
    fn of_node(&self, node: &Node) -> Outline {
        let Self { ast, side, .. } = *self;
        let character = |ranges| outline_of(ranges, ast.flags.code_points(), side);
        match node {
            Node::Assert(Assertion::Start) if side == Side::End => Outline::EDGE,
            Node::Assert(Assertion::End) if side == Side::Start => Outline::EDGE,
            // it starts where the text does, and so does what follows it
            Node::Look { behind: false, negative: false, body }
                if side == Side::End && !self.get(*body).goes_on =>
            {
                Outline::EDGE
            }
            Node::Empty | Node::Assert(_) | Node::Look { .. } => Outline::EMPTY,
            Node::Literal(c) => character(&[(*c, *c)]),
            Node::Set(set) => character(ast.sets[*set as usize].ranges()),
            Node::BackReference { .. } => Outline::ANYTHING,
            Node::Capture { body, .. } => self.get(*body),
            Node::Sequence(terms) => match (side, ast.list(*terms)) {
                (Side::Start, terms) => self.of_terms(terms, Outline::EMPTY),
                (Side::End, terms) => {
                    let mut all = Outline::EMPTY;
                    for &id in terms.iter().rev() {
                        match ast.nodes[id as usize] {
                            Node::Literal(c @ 0..0x80) => all.push(c as u8),
                            _ => all = all.then(&self.get(id)),
                        }
                    }
                    all
                }
            },
            Node::Alternation(alternatives) => {
                let all = ast.list(*alternatives).iter().map(|&id| self.get(id));
                all.reduce(|one, other| one.or(&other)).unwrap_or(Outline::ANYTHING)
            }
            Node::Repeat { body, min, max, .. } => self.get(*body).times(*min, *max),
        }
    }

    /// From the start, of terms that are followed by `rest`.
    fn of_terms(&self, terms: &[NodeId], mut rest: Outline) -> Outline {
        for &id in terms.iter().rev() {
            match self.ast.nodes[id as usize] {
                Node::Literal(c @ 0..0x80) => rest.put_before(c as u8),
                Node::Look { behind: false, negative: false, body } => {
                    rest = rest.and(&self.get(body).then(&Outline::ANYTHING));
                }
                _ => rest = self.get(id).then(&rest),
            }
        }
        rest
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

#[cfg(test)]
mod tests {
    use regexp::syntax::{self, Flags};

    use super::*;

    /// A term of one character takes a way of its own.
    #[test]
    fn a_character_is_put_before_and_after_others_as_any_term_is() {
        let outline = |source: &str, side| {
            let source: Vec<u16> = source.encode_utf16().collect();
            Outline::of(&syntax::parse(&source, Flags::default()).expect("a pattern"), side)
        };
        for rest in ["", "bc", "b?c?", "(?:b|cd)*", "[^x]{2,9}", "é", "b$", "^b", "abcdefghi"] {
            for side in [Side::Start, Side::End] {
                let told = |term: &str| {
                    [format!("{term}{rest}"), format!("{rest}{term}")]
                        .map(|one| outline(&one, side))
                };
                assert_eq!(told("x"), told("(x)"), "{rest:?}");
                assert_eq!(told("xyz"), told("(x)(y)(z)"), "{rest:?}");
            }
        }
    }
}
