//! What can be said of each node from its children alone, computed in one pass: children stand before parents.

use crate::syntax::ast::{Assertion, Ast, Node, NodeId};
use crate::unicode::CodePointSet;
use crate::units::char_set::Set;
use crate::units::needle::{Prefix, Start};

/// Copies of a quantified body are laid out one after the other up to so many instructions; above, iterations are
/// counted at run time.
const UNROLLED_INSTRUCTIONS: u64 = 256;

/// Facts about one node.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facts {
    /// Can match the empty string (or nothing is known).
    pub(crate) nullable: bool,
    /// Whatever it matches is empty.
    pub(crate) zero_width: bool,
    /// Instructions it compiles to, about.
    pub(crate) size: u64,
}

/// Where a node can match, and with what it begins. Asked for when a pattern is compiled, so not part of what is found out
/// about every pattern that is loaded.
#[derive(Clone, Copy, Debug)]
struct Begin {
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
    ascii: u128,
    /// All the others.
    other: bool,
}

/// How a quantifier is compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Plan {
    Unroll,
    Count,
}

const NONE: FirstUnits = FirstUnits { ascii: 0, other: false };
const ANY: FirstUnits = FirstUnits { ascii: u128::MAX, other: true };
const ANYWHERE: Begin = Begin { anchor: Anchor::Nowhere, first: NONE };
const EMPTY: Facts = Facts { nullable: true, zero_width: true, size: 1 };

/// How a quantifier is compiled, and the size of the result.
pub(crate) fn plan(body: Facts, min: u32, max: Option<u32>) -> (Plan, u64) {
    let copies = max.unwrap_or(min.saturating_add(u32::from(min == 0 || body.nullable)));
    let unrolled = u64::from(copies).saturating_mul(body.size + 4);
    if unrolled <= UNROLLED_INSTRUCTIONS || copies <= 1 {
        (Plan::Unroll, unrolled)
    } else {
        (Plan::Count, body.size + 8)
    }
}

/// The facts about every node.
pub(crate) fn analyse(ast: &Ast) -> Vec<Facts> {
    let mut facts = Vec::new();
    analyse_into(&mut facts, ast);
    facts
}

/// [`analyse`], in memory that other facts were in before.
pub(crate) fn analyse_into(facts: &mut Vec<Facts>, ast: &Ast) {
    facts.clear();
    // so it is of all that are not among the others
    facts.resize(ast.nodes.len(), consuming(1));
    for &id in &ast.others {
        let of = |id: NodeId| facts[id as usize];
        let found = match &ast.nodes[id as usize] {
            Node::Literal(c) => consuming(1 + u64::from(*c > 0xFFFF)),
            Node::Set(_) => consuming(1),
            // most have a character near their begin, which says no to two of the questions
            Node::Sequence(terms) => Facts {
                nullable: terms.iter().all(|&id| of(id).nullable),
                zero_width: terms.iter().all(|&id| of(id).zero_width),
                size: terms.iter().fold(0, |size, &id| size.saturating_add(of(id).size)),
            },
            Node::Alternation(alternatives) => alternatives
                .iter()
                .map(|&id| of(id))
                .reduce(|all, other| Facts {
                    nullable: all.nullable || other.nullable,
                    zero_width: all.zero_width && other.zero_width,
                    size: all.size.saturating_add(other.size).saturating_add(3),
                })
                .map_or(EMPTY, |all| Facts { size: all.size.saturating_add(3), ..all }),
            Node::Capture { body, .. } => {
                let body = of(*body);
                Facts { size: body.size + 2, ..body }
            }
            Node::Repeat { body, min, max, .. } => {
                let body = of(*body);
                let (_, size) = plan(body, *min, *max);
                Facts { nullable: *min == 0 || body.nullable, zero_width: body.zero_width, size }
            }
            Node::Look { body, .. } => Facts { size: of(*body).size + 4, ..EMPTY },
            Node::BackReference { .. } => Facts { zero_width: false, ..EMPTY },
            Node::Empty | Node::Assert(_) => EMPTY,
        };
        facts[id as usize] = found;
    }
}

/// Where every node can match, and with what it begins.
fn starts(ast: &Ast, facts: &[Facts]) -> Vec<Begin> {
    let mut starts: Vec<Begin> = Vec::with_capacity(ast.nodes.len());
    for node in &ast.nodes {
        let of = |id: NodeId| starts[id as usize];
        let known = |id: &NodeId| (of(*id), facts[*id as usize].nullable);
        let begin = match node {
            Node::Literal(c) => Begin { first: first_of(*c, *c), ..ANYWHERE },
            Node::Set(set) => {
                let ranges = ast.sets[*set as usize].ranges().iter();
                let first =
                    ranges.fold(NONE, |first, &(low, high)| either(first, first_of(low, high)));
                Begin { first, ..ANYWHERE }
            }
            Node::Sequence(terms) => sequence(terms.iter().map(known)),
            Node::Alternation(alternatives) => {
                let all = alternatives.iter().map(|&id| of(id)).reduce(|all, other| Begin {
                    anchor: all.anchor.min(other.anchor),
                    first: either(all.first, other.first),
                });
                all.unwrap_or(ANYWHERE)
            }
            Node::Repeat { body, min: 0, .. } => Begin { anchor: Anchor::Nowhere, ..of(*body) },
            Node::Capture { body, .. } | Node::Repeat { body, .. } => of(*body),
            Node::Look { body, behind: false, negative: false } => {
                Begin { anchor: of(*body).anchor, ..ANYWHERE }
            }
            Node::BackReference { .. } => Begin { first: ANY, ..ANYWHERE },
            Node::Assert(Assertion::Start) => Begin { anchor: Anchor::Text, ..ANYWHERE },
            Node::Assert(Assertion::LineStart) => Begin { anchor: Anchor::Line, ..ANYWHERE },
            Node::Empty | Node::Assert(_) | Node::Look { .. } => ANYWHERE,
        };
        starts.push(begin);
    }
    starts
}

/// Where a match of the whole pattern can begin.
pub(crate) fn start(ast: &Ast, facts: &[Facts]) -> Start {
    let root = starts(ast, facts)[ast.root as usize];
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

const fn consuming(size: u64) -> Facts {
    Facts { nullable: false, zero_width: false, size }
}

impl From<FirstUnits> for Set {
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

/// `terms`: each with whether it is nullable.
fn sequence(terms: impl Iterator<Item = (Begin, bool)>) -> Begin {
    let mut all = ANYWHERE;
    for (term, nullable) in terms {
        if all.first == NONE {
            all.anchor = all.anchor.max(term.anchor);
        }
        all.first = either(all.first, term.first);
        // What follows a character says nothing of the begin.
        if !nullable {
            break;
        }
    }
    all
}
