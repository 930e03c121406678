//! What can be said of each node from its children alone, computed in one pass: children stand before parents.

use super::ast::{Assertion, Ast, Node, NodeId};
use super::program::FirstUnits;

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
    /// Can only match at the start of the text.
    pub(super) anchored: bool,
    /// The code units it can begin with, for what is not nullable.
    first: FirstUnits,
}

/// How a quantifier is compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Plan {
    Unroll,
    Count,
}

const NONE: FirstUnits = FirstUnits { ascii: 0, other: false };
const ANY: FirstUnits = FirstUnits { ascii: u128::MAX, other: true };
const EMPTY: Facts = Facts { nullable: true, size: 1, anchored: false, first: NONE };

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

/// The facts about every node, and the code units that a match can begin with.
pub(super) fn analyse(ast: &Ast) -> (Vec<Facts>, Option<FirstUnits>) {
    let mut facts: Vec<Facts> = Vec::with_capacity(ast.nodes.len());
    for node in &ast.nodes {
        let of = |id: NodeId| facts[id as usize];
        let found = match node {
            Node::Empty => EMPTY,
            Node::Literal(c) => consuming(1 + u64::from(*c > 0xFFFF), first_of(*c, *c)),
            Node::Set(set) => {
                let ranges = ast.sets[*set as usize].ranges();
                consuming(
                    1,
                    ranges
                        .iter()
                        .fold(NONE, |first, &(low, high)| either(first, first_of(low, high))),
                )
            }
            Node::Sequence(terms) => sequence(terms.iter().map(|&id| of(id))),
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
                    anchored: body.anchored && !optional,
                    first: body.first,
                }
            }
            Node::Look { body, behind, negative } => {
                let body = of(*body);
                let anchored = body.anchored && !behind && !negative;
                Facts { size: body.size + 4, anchored, ..EMPTY }
            }
            Node::BackReference { .. } => Facts { first: ANY, ..EMPTY },
            Node::Assert(assertion) => Facts { anchored: *assertion == Assertion::Start, ..EMPTY },
        };
        facts.push(found);
    }
    let root = facts[ast.root as usize];
    let first = (!root.nullable && root.first != ANY).then_some(root.first);
    (facts, first)
}

fn consuming(size: u64, first: FirstUnits) -> Facts {
    Facts { nullable: false, size, anchored: false, first }
}

fn first_of(low: u32, high: u32) -> FirstUnits {
    let ascii = if low < 0x80 {
        let bits = u128::MAX >> (127 - high.min(0x7F));
        bits & (u128::MAX << low)
    } else {
        0
    };
    FirstUnits { ascii, other: high >= 0x80 }
}

fn either(a: FirstUnits, b: FirstUnits) -> FirstUnits {
    FirstUnits { ascii: a.ascii | b.ascii, other: a.other || b.other }
}

fn sequence(terms: impl Iterator<Item = Facts>) -> Facts {
    terms.fold(Facts { size: 0, ..EMPTY }, |all, term| Facts {
        nullable: all.nullable && term.nullable,
        size: all.size.saturating_add(term.size),
        anchored: all.anchored || all.nullable && term.anchored && all.first == NONE,
        first: if all.nullable { either(all.first, term.first) } else { all.first },
    })
}

fn alternation(mut alternatives: impl Iterator<Item = Facts>) -> Facts {
    let Some(head) = alternatives.next() else { return EMPTY };
    alternatives.fold(Facts { size: head.size + 3, ..head }, |all, other| Facts {
        nullable: all.nullable || other.nullable,
        size: all.size.saturating_add(other.size).saturating_add(3),
        anchored: all.anchored && other.anchored,
        first: either(all.first, other.first),
    })
}
