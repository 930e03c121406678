//! What can be said about each node from its children alone, in one pass over the nodes.

use crate::syntax::ast::{Ast, Node, NodeId};

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

/// The facts about every node.
pub(crate) fn analyse(ast: &Ast) -> Vec<Facts> {
    let mut facts = Vec::new();
    analyse_into(&mut facts, ast);
    facts
}

/// [`analyse`], in memory that held other facts before.
pub(crate) fn analyse_into(facts: &mut Vec<Facts>, ast: &Ast) {
    facts.clear();
    // true of every literal of one unit, which `others` leaves out
    facts.resize(ast.nodes.len(), consuming(1));
    for &id in &ast.others {
        let of = |id: NodeId| facts[id as usize];
        let found = match &ast.nodes[id as usize] {
            Node::Literal(c) => consuming(1 + u64::from(*c > 0xFFFF)),
            Node::Set(_) => consuming(1),
            // most have a character near the start, which ends the search of the first two
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

const fn consuming(size: u64) -> Facts {
    Facts { nullable: false, zero_width: false, size }
}
