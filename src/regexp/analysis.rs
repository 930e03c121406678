//! What can be said of each node from its children alone, computed in one pass: children stand before parents.

use super::ast::{Assertion, Ast, Node, NodeId};
use super::program::Start;
use super::set::Set;
use crate::unicode::CodePointSet;

/// Copies of a quantified body are laid out one after the other up to so many instructions; above, iterations are
/// counted at run time.
const UNROLLED_INSTRUCTIONS: u64 = 256;

/// Facts about one node.
#[derive(Clone, Copy, Debug)]
pub(super) struct Facts {
    /// Can match the empty string (or nothing is known).
    pub(super) nullable: bool,
    /// Instructions it compiles to, about.
    pub(super) size: u64,
    anchor: Anchor,
    /// The code units it can begin with, for what is not nullable.
    first: FirstUnits,
}

/// Where alone something can match, from anywhere to nearly nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Anchor {
    Nowhere,
    Line,
    Text,
}

/// Code units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct FirstUnits {
    // not a `u128`, whose alignment would double what is known of a node
    ascii: [u64; 2],
    /// All the others.
    other: bool,
}

/// How a quantifier is compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Plan {
    Unroll,
    Count,
}

const NONE: FirstUnits = FirstUnits { ascii: [0; 2], other: false };
const ANY: FirstUnits = FirstUnits { ascii: [u64::MAX; 2], other: true };
const EMPTY: Facts = Facts { nullable: true, size: 1, anchor: Anchor::Nowhere, first: NONE };

/// How a quantifier is compiled, and the size of the result.
pub(super) fn plan(body: Facts, min: u32, max: Option<u32>) -> (Plan, u64) {
    let copies = max.unwrap_or(min.saturating_add(u32::from(min == 0 || body.nullable)));
    let unrolled = u64::from(copies).saturating_mul(body.size + 4);
    if unrolled <= UNROLLED_INSTRUCTIONS || copies <= 1 {
        (Plan::Unroll, unrolled)
    } else {
        (Plan::Count, body.size + 8)
    }
}

/// The facts about every node.
pub(super) fn analyse(ast: &Ast) -> Vec<Facts> {
    let mut facts: Vec<Facts> = Vec::with_capacity(ast.nodes.len());
    for node in &ast.nodes {
        let of = |id: NodeId| facts[id as usize];
        let found = match node {
            Node::Literal(c) => consuming(1 + u64::from(*c > 0xFFFF), first_is(*c)),
            Node::Set(set) => {
                let ranges = ast.sets[*set as usize].ranges();
                consuming(
                    1,
                    ranges
                        .iter()
                        .fold(NONE, |first, &(low, high)| either(first, first_of(low, high))),
                )
            }
            Node::Sequence(terms) => sequence(terms.iter().map(|&id| &facts[id as usize])),
            Node::Alternation(alternatives) => alternation(alternatives.iter().map(|&id| of(id))),
            Node::Capture { body, .. } => {
                let body = of(*body);
                Facts { size: body.size + 2, ..body }
            }
            Node::Repeat { body, min, max, .. } => {
                let body = of(*body);
                let (_, size) = plan(body, *min, *max);
                let optional = *min == 0;
                Facts {
                    nullable: optional || body.nullable,
                    size,
                    anchor: if optional { Anchor::Nowhere } else { body.anchor },
                    first: body.first,
                }
            }
            Node::Look { body, behind, negative } => {
                let body = of(*body);
                let anchor = if *behind || *negative { Anchor::Nowhere } else { body.anchor };
                Facts { size: body.size + 4, anchor, ..EMPTY }
            }
            Node::BackReference { .. } => Facts { first: ANY, ..EMPTY },
            Node::Assert(Assertion::Start) => Facts { anchor: Anchor::Text, ..EMPTY },
            Node::Assert(Assertion::LineStart) => Facts { anchor: Anchor::Line, ..EMPTY },
            Node::Empty | Node::Assert(_) => EMPTY,
        };
        facts.push(found);
    }
    facts
}

/// Where a match of the whole pattern can begin.
pub(super) fn start(ast: &Ast, facts: &[Facts]) -> Start {
    let root = facts[ast.root as usize];
    if ast.flags.sticky || root.anchor == Anchor::Text {
        return Start::Text;
    }
    let prefix = prefix(ast);
    if prefix.len() > 1 {
        return Start::Prefix(prefix.into());
    }
    if root.anchor == Anchor::Line {
        return Start::Line;
    }
    if root.nullable || root.first == ANY {
        Start::Anywhere
    } else {
        Start::Unit(root.first.into())
    }
}

/// The code units that every match begins with, as far as there is no choice.
fn prefix(ast: &Ast) -> Vec<u16> {
    let mut prefix = Vec::new();
    let mut open = vec![ast.root];
    while let Some(id) = open.pop() {
        match &ast.nodes[id as usize] {
            // a surrogate is not always a unit for itself
            Node::Literal(c @ (0..0xD800 | 0xE000..0x1_0000)) => prefix.push(*c as u16),
            Node::Sequence(terms) => open.extend(terms.iter().rev()),
            Node::Capture { body, .. } => open.push(*body),
            // What consumes nothing does not stand between characters.
            Node::Empty | Node::Assert(_) | Node::Look { .. } => {}
            Node::Repeat { body, min: 1.., .. } => {
                open.clear();
                open.push(*body);
            }
            _ => break,
        }
    }
    prefix
}

fn consuming(size: u64, first: FirstUnits) -> Facts {
    Facts { nullable: false, size, anchor: Anchor::Nowhere, first }
}

impl From<FirstUnits> for Set {
    fn from(first: FirstUnits) -> Self {
        let [low, high] = first.ascii.map(u128::from);
        let units = low | high << 64;
        let ascii = (0..0x80).filter(|c| units >> c & 1 == 1).map(|c| (c, c));
        let other = first.other.then_some((0x80, 0xFFFF));
        Self::new(&CodePointSet::from_ranges(ascii.chain(other)))
    }
}

fn first_is(c: u32) -> FirstUnits {
    let mut first = NONE;
    match first.ascii.get_mut(c as usize / 64) {
        Some(word) => *word = 1 << (c % 64),
        None => first.other = true,
    }
    first
}

fn first_of(low: u32, high: u32) -> FirstUnits {
    let ascii = if low < 0x80 {
        let bits = u128::MAX >> (127 - high.min(0x7F));
        bits & (u128::MAX << low)
    } else {
        0
    };
    FirstUnits { ascii: [ascii as u64, (ascii >> 64) as u64], other: high >= 0x80 }
}

fn either(a: FirstUnits, b: FirstUnits) -> FirstUnits {
    let ascii = [a.ascii[0] | b.ascii[0], a.ascii[1] | b.ascii[1]];
    FirstUnits { ascii, other: a.other || b.other }
}

fn sequence<'f>(terms: impl Iterator<Item = &'f Facts>) -> Facts {
    let mut all = Facts { size: 0, ..EMPTY };
    for term in terms {
        all.size = all.size.saturating_add(term.size);
        // What follows a character says nothing of the begin.
        if all.nullable {
            if all.first == NONE {
                all.anchor = all.anchor.max(term.anchor);
            }
            all.first = either(all.first, term.first);
            all.nullable = term.nullable;
        }
    }
    all
}

fn alternation(mut alternatives: impl Iterator<Item = Facts>) -> Facts {
    let Some(head) = alternatives.next() else { return EMPTY };
    alternatives.fold(Facts { size: head.size + 3, ..head }, |all, other| Facts {
        nullable: all.nullable || other.nullable,
        size: all.size.saturating_add(other.size).saturating_add(3),
        anchor: all.anchor.min(other.anchor),
        first: either(all.first, other.first),
    })
}
