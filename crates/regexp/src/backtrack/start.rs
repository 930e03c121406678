//! Where a match of a pattern can start, found out when the pattern is compiled.

use crate::syntax::analysis::Facts;
use crate::syntax::ast::{Assertion, Ast, Node, NodeId};
use crate::unicode::CodePointSet;
use crate::units::char_set::CharSet;
use crate::units::needle::Prefix;

/// Where a match can start. The machine looks for such a place before it runs.
#[derive(Clone, Debug)]
pub(crate) enum Start {
    /// At 0 only: flag `y`, or every way through starts with `^`.
    Text,
    /// At the start of a line: the same under `m`.
    Line,
    /// Where these code units are, which are at least two.
    Prefix(Prefix),
    /// At a unit of the set.
    Unit(CharSet),
    /// Anywhere.
    Anywhere,
}

/// Where a node can match, and the code units that it can start with.
#[derive(Clone, Copy, Debug)]
struct NodeStart {
    anchor: Anchor,
    /// Units that a match of it can start with, if it is not nullable.
    first: FirstUnits,
}

/// What the position must be for a match, the weakest condition first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Anchor {
    Nowhere,
    Line,
    Text,
}

/// A set of code units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct FirstUnits {
    ascii: u128,
    /// Every unit beyond ASCII.
    other: bool,
}

const NONE: FirstUnits = FirstUnits { ascii: 0, other: false };
const ANY: FirstUnits = FirstUnits { ascii: u128::MAX, other: true };
const ANYWHERE: NodeStart = NodeStart { anchor: Anchor::Nowhere, first: NONE };

/// [`NodeStart`] of the root.
fn root_start(ast: &Ast, facts: &[Facts]) -> NodeStart {
    // of the nodes that `others` has, in that order; the others' are made when they are needed: of
    // a long literal, one is
    let mut starts = Vec::with_capacity(ast.others.len());
    for &id in &ast.others {
        let of = |id: NodeId| node_start(ast, &starts, id);
        let known = |id: &NodeId| (of(*id), facts[*id as usize].nullable);
        let start = match &ast.nodes[id as usize] {
            Node::Literal(_) | Node::Set(_) => of(id),
            Node::Sequence(terms) => sequence(ast.list(*terms).iter().map(known)),
            Node::Alternation(alternatives) => {
                let all = ast.list(*alternatives).iter().map(|&id| of(id)).reduce(|all, other| {
                    NodeStart {
                        anchor: all.anchor.min(other.anchor),
                        first: either(all.first, other.first),
                    }
                });
                all.unwrap_or(ANYWHERE)
            }
            Node::Repeat { body, min: 0, .. } => NodeStart { anchor: Anchor::Nowhere, ..of(*body) },
            Node::Capture { body, .. } | Node::Repeat { body, .. } => of(*body),
            Node::Look { body, behind: false, negative: false } => {
                NodeStart { anchor: of(*body).anchor, ..ANYWHERE }
            }
            Node::BackReference { .. } => NodeStart { first: ANY, ..ANYWHERE },
            Node::Assert(Assertion::Start) => NodeStart { anchor: Anchor::Text, ..ANYWHERE },
            Node::Assert(Assertion::LineStart) => NodeStart { anchor: Anchor::Line, ..ANYWHERE },
            Node::Empty | Node::Assert(_) | Node::Look { .. } => ANYWHERE,
        };
        starts.push(start);
    }
    node_start(ast, &starts, ast.root)
}

/// `starts`: of the first nodes that `others` has.
fn node_start(ast: &Ast, starts: &[NodeStart], id: NodeId) -> NodeStart {
    match &ast.nodes[id as usize] {
        Node::Literal(c) => NodeStart { first: first_of(*c, *c), ..ANYWHERE },
        Node::Set(set) => {
            let ranges = ast.sets[*set as usize].ranges().iter();
            let first = ranges.fold(NONE, |first, &(low, high)| either(first, first_of(low, high)));
            NodeStart { first, ..ANYWHERE }
        }
        _ => {
            let known = ast.others.binary_search(&id).ok().and_then(|at| starts.get(at));
            known.copied().unwrap_or(ANYWHERE)
        }
    }
}

/// Whether a match of the whole pattern can start only where the text does.
pub(crate) fn is_anchored(ast: &Ast, facts: &[Facts]) -> bool {
    ast.flags.sticky || root_start(ast, facts).anchor == Anchor::Text
}

/// Where a match of the whole pattern can start.
pub(crate) fn start(ast: &Ast, facts: &[Facts]) -> Start {
    let root = root_start(ast, facts);
    if ast.flags.sticky || root.anchor == Anchor::Text {
        return Start::Text;
    }
    let prefix = prefix(ast);
    if prefix.len() > 1 {
        return Start::Prefix(Prefix::new(&prefix));
    }
    if root.anchor == Anchor::Line {
        return Start::Line;
    }
    if facts[ast.root as usize].nullable || root.first == ANY {
        Start::Anywhere
    } else {
        Start::Unit(root.first.into())
    }
}

/// Code units for which there is room from the start, at most.
const USUAL_PREFIX: usize = 64;

/// The code units that every match starts with, up to the first choice.
fn prefix(ast: &Ast) -> Vec<u16> {
    let mut prefix = Vec::with_capacity(ast.nodes.len().min(USUAL_PREFIX));
    let mut open = vec![ast.root];
    while let Some(id) = open.pop() {
        match &ast.nodes[id as usize] {
            // a surrogate may be half of a pair
            Node::Literal(c @ (0..0xD800 | 0xE000..0x1_0000)) => prefix.push(*c as u16),
            Node::Sequence(terms) => open.extend(ast.list(*terms).iter().rev()),
            Node::Capture { body, .. } => open.push(*body),
            // what consumes nothing does not separate characters
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

impl From<FirstUnits> for CharSet {
    fn from(first: FirstUnits) -> Self {
        let ascii = (0..0x80).filter(|c| first.ascii >> c & 1 == 1).map(|c| (c, c));
        let other = first.other.then_some((0x80, 0xFFFF));
        Self::new(&CodePointSet::from_ranges(ascii.chain(other)))
    }
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

/// The start of a sequence. `terms`: each with whether it is nullable.
fn sequence(terms: impl Iterator<Item = (NodeStart, bool)>) -> NodeStart {
    let mut all = ANYWHERE;
    for (term, nullable) in terms {
        if all.first == NONE {
            all.anchor = all.anchor.max(term.anchor);
        }
        all.first = either(all.first, term.first);
        // what follows a character says nothing about the start
        if !nullable {
            break;
        }
    }
    all
}
