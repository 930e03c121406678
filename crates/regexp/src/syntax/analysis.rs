//! What can be said about each node from its children alone, in one pass over the nodes.

use crate::syntax::ast::{Assertion, Ast, Node, NodeId};
use crate::unicode::{self, CodePointSet};

/// Copies of a quantified body are laid out one after the other up to this many instructions. Above
/// it, iterations are counted at run time.
const UNROLLED_INSTRUCTIONS: u64 = 256;

/// Facts about one node.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facts {
    /// It can match the empty string, or nothing is known.
    pub(crate) nullable: bool,
    /// All that it matches is empty.
    pub(crate) zero_width: bool,
    /// Instructions that it compiles to, approximately.
    pub(crate) size: u64,
}

/// How a quantifier is compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Plan {
    Unroll,
    Count,
}

const EMPTY: Facts = Facts { nullable: true, zero_width: true, size: 1 };

/// How a quantifier is compiled, and the instructions that it compiles to.
pub(crate) fn plan(body: Facts, min: u32, max: Option<u32>) -> (Plan, u64) {
    let copies = max.unwrap_or(min.saturating_add(u32::from(min == 0 || body.nullable)));
    let unrolled = u64::from(copies).saturating_mul(body.size + 4);
    if unrolled <= UNROLLED_INSTRUCTIONS || copies <= 1 {
        (Plan::Unroll, unrolled)
    } else {
        (Plan::Count, body.size + 8)
    }
}

/// A single character is repeated by as many copies of it, up to this number, where loops are
/// counted wherever they can be.
const MAX_COPIES: u32 = 4;

/// Whether the lockstep engine counts the iterations of a quantifier.
pub(crate) fn is_counted(ast: &Ast, body: NodeId, min: u32, max: Option<u32>) -> bool {
    let single = matches!(ast.nodes[body as usize], Node::Literal(_) | Node::Set(_));
    let copies = if single { MAX_COPIES } else { 1 };
    max.map_or(min > 1, |max| max > copies)
}

/// The facts about every node.
pub(crate) fn analyse(ast: &Ast) -> Vec<Facts> {
    let mut facts = Vec::new();
    analyse_into(&mut facts, ast);
    facts
}

/// [`analyse`], in memory that held other facts before.
pub(crate) fn analyse_into(facts: &mut Vec<Facts>, ast: &Ast) {
    facts.clear();
    // true of every set and every literal of one unit, which `others` leaves out
    facts.resize(ast.nodes.len(), consuming(1));
    for &id in &ast.others {
        let of = |id: NodeId| facts[id as usize];
        let found = match &ast.nodes[id as usize] {
            Node::Literal(c) => consuming(1 + u64::from(*c > 0xFFFF)),
            Node::Set(_) => consuming(1),
            Node::Sequence(terms) => {
                let terms = ast.list(*terms);
                // most have a character near the start, which ends the search of the first two
                Facts {
                    nullable: terms.iter().all(|&id| of(id).nullable),
                    zero_width: terms.iter().all(|&id| of(id).zero_width),
                    size: terms.iter().fold(0, |size, &id| size.saturating_add(of(id).size)),
                }
            }
            Node::Alternation(alternatives) => ast
                .list(*alternatives)
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

const fn consuming(size: u64) -> Facts {
    Facts { nullable: false, zero_width: false, size }
}

/// Whether each node can match the empty string at every position.
pub(crate) fn idle(ast: &Ast) -> Vec<bool> {
    let mut idle: Vec<bool> = Vec::with_capacity(ast.nodes.len());
    for node in &ast.nodes {
        let of = |&id: &NodeId| idle[id as usize];
        idle.push(match node {
            Node::Empty => true,
            Node::Sequence(terms) => ast.list(*terms).iter().all(of),
            Node::Alternation(alternatives) => ast.list(*alternatives).iter().any(of),
            Node::Capture { body, .. } => of(body),
            Node::Repeat { body, min, .. } => *min == 0 || of(body),
            _ => false,
        });
    }
    idle
}

/// What a node surely matches, whatever the text is.
#[derive(Clone, Copy, Default)]
#[allow(clippy::struct_excessive_bools, reason = "they are independent facts")]
struct Sure {
    /// The empty string at every position.
    anywhere: bool,
    /// The empty string at offset 0.
    at_start: bool,
    /// The empty string at every line end.
    at_line_end: bool,
    /// The empty string at the end.
    at_end: bool,
    /// From every position to a line end.
    to_line_end: bool,
    /// From every position to the end.
    to_end: bool,
    /// From offset 0 to a line end.
    start_to_line_end: bool,
    /// From offset 0 to the end.
    start_to_end: bool,
}

impl Sure {
    const EMPTY: Self = Self {
        anywhere: true,
        at_start: true,
        at_line_end: true,
        at_end: true,
        to_line_end: false,
        to_end: false,
        start_to_line_end: false,
        start_to_end: false,
    };

    fn or(self, other: Self) -> Self {
        Self {
            anywhere: self.anywhere || other.anywhere,
            at_start: self.at_start || other.at_start,
            at_line_end: self.at_line_end || other.at_line_end,
            at_end: self.at_end || other.at_end,
            to_line_end: self.to_line_end || other.to_line_end,
            to_end: self.to_end || other.to_end,
            start_to_line_end: self.start_to_line_end || other.start_to_line_end,
            start_to_end: self.start_to_end || other.start_to_end,
        }
    }

    fn then(self, next: Self) -> Self {
        Self {
            anywhere: self.anywhere && next.anywhere,
            at_start: self.at_start && next.at_start,
            at_line_end: self.at_line_end && next.at_line_end,
            at_end: self.at_end && next.at_end,
            to_line_end: self.anywhere && next.to_line_end || self.to_line_end && next.at_line_end,
            to_end: self.anywhere && next.to_end || self.to_end && next.at_end,
            start_to_line_end: self.at_start && next.start_to_line_end
                || self.start_to_line_end && next.at_line_end,
            start_to_end: self.at_start && next.start_to_end || self.start_to_end && next.at_end,
        }
    }
}

/// Whether the pattern surely matches every text. Not every pattern that does is found: this is for
/// a warning.
pub(crate) fn matches_every_text(ast: &Ast) -> bool {
    let mut sure = vec![Sure::default(); ast.nodes.len()];
    for &id in &ast.others {
        let of = |id: NodeId| sure[id as usize];
        let found = match &ast.nodes[id as usize] {
            Node::Empty => Sure::EMPTY,
            Node::Sequence(terms) => {
                ast.list(*terms).iter().fold(Sure::EMPTY, |before, &term| before.then(of(term)))
            }
            Node::Alternation(alternatives) => {
                ast.list(*alternatives).iter().fold(Sure::default(), |all, &one| all.or(of(one)))
            }
            Node::Capture { body, .. } => of(*body),
            Node::Repeat { body, min, max, .. } => {
                let once = if *min <= 1 { of(*body) } else { Sure::default() };
                let more = match &ast.nodes[*body as usize] {
                    Node::Set(set) if max.is_none() && *min == 0 => run(&ast.sets[*set as usize]),
                    _ => Sure::default(),
                };
                let none = if *min == 0 || of(*body).anywhere { Sure::EMPTY } else { more };
                none.or(once).or(more)
            }
            Node::Look { negative: false, body, .. } if of(*body).anywhere => Sure::EMPTY,
            Node::Assert(Assertion::Start | Assertion::LineStart) => {
                Sure { at_start: true, ..Sure::default() }
            }
            Node::Assert(Assertion::End) => Sure { at_end: true, ..Sure::default() },
            Node::Assert(Assertion::LineEnd) => {
                Sure { at_end: true, at_line_end: true, ..Sure::default() }
            }
            _ => Sure::default(),
        };
        sure[id as usize] = found;
    }
    let Sure { at_start, at_end, start_to_line_end, start_to_end, .. } = sure[ast.root as usize];
    at_start || start_to_line_end || start_to_end || at_end && !ast.flags.sticky
}

/// Any number of characters of a set.
fn run(set: &CodePointSet) -> Sure {
    let to_end = *set == CodePointSet::all();
    let to_line_end = to_end || *set == unicode::within_line();
    Sure {
        to_line_end,
        to_end,
        start_to_line_end: to_line_end,
        start_to_end: to_end,
        ..Sure::EMPTY
    }
}
