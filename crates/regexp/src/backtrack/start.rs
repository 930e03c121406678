//! Where a match of a pattern can start, found out when the pattern is compiled.

use crate::syntax::analysis::Facts;
use crate::syntax::ast::{Assertion, Ast, Node, NodeId};
use crate::units::needle::Prefix;
use crate::units::opening::Opening;

/// Where a match can start. The machine looks for such a place before it runs.
#[derive(Clone, Debug)]
pub(crate) enum Start {
    /// At 0 only: flag `y`, or every way through starts with `^`.
    Text,
    /// At the start of a line, the same under `m`, that opens so.
    Line(Option<Box<Opening>>),
    /// Where these code units are, which are at least two.
    Prefix(Prefix),
    /// Where the text opens so.
    Opening(Box<Opening>),
    /// Anywhere.
    Anywhere,
}

/// What the position must be for a match, the weakest condition first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Anchor {
    Nowhere,
    Line,
    Text,
}

/// The [`Anchor`] of the root.
fn root_anchor(ast: &Ast, facts: &[Facts]) -> Anchor {
    let mut anchors = vec![Anchor::Nowhere; ast.nodes.len()];
    for &id in &ast.others {
        let of = |id: &NodeId| anchors[*id as usize];
        anchors[id as usize] = match &ast.nodes[id as usize] {
            Node::Sequence(terms) => {
                let terms = ast.list(*terms);
                // what follows a character says nothing about the start
                let empty = terms.iter().take_while(|&&id| facts[id as usize].zero_width).count();
                terms[..terms.len().min(empty + 1)].iter().map(of).max().unwrap_or(Anchor::Nowhere)
            }
            Node::Alternation(alternatives) => {
                ast.list(*alternatives).iter().map(of).min().unwrap_or(Anchor::Nowhere)
            }
            Node::Capture { body, .. }
            | Node::Repeat { body, min: 1.., .. }
            | Node::Look { body, behind: false, negative: false } => of(body),
            Node::Assert(Assertion::Start) => Anchor::Text,
            Node::Assert(Assertion::LineStart) => Anchor::Line,
            _ => Anchor::Nowhere,
        };
    }
    anchors[ast.root as usize]
}

/// Whether a match of the whole pattern can start only where the text does.
pub(crate) fn is_anchored(ast: &Ast, facts: &[Facts]) -> bool {
    ast.flags.sticky || root_anchor(ast, facts) == Anchor::Text
}

/// Where a match of the whole pattern can start. `opening`: its first units.
pub(super) fn start(
    ast: &Ast,
    facts: &[Facts],
    opening: impl FnOnce() -> Option<Opening>,
) -> Start {
    let anchor = root_anchor(ast, facts);
    if ast.flags.sticky || anchor == Anchor::Text {
        return Start::Text;
    }
    let prefix = prefix(ast);
    if prefix.len() > 1 {
        return Start::Prefix(Prefix::new(&prefix));
    }
    match opening().map(Box::new) {
        opening if anchor == Anchor::Line => Start::Line(opening),
        Some(opening) => Start::Opening(opening),
        None => Start::Anywhere,
    }
}

/// The code units that every match starts with, up to the first choice.
fn prefix(ast: &Ast) -> Vec<u16> {
    let mut prefix = Vec::new();
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
