//! What a back-reference can match, as far as single characters tell.

use crate::syntax::ast::{Ast, List, Node, NodeId};
use crate::unicode::{CodePointSet, close_over_case};

/// The characters that the text of one of `groups` can have. It is an upper bound: a back-reference
/// to one of them matches no other character.
pub(super) fn characters_of(ast: &Ast, groups: List, mut ignore_case: bool) -> CodePointSet {
    let body_of = |group: &u32| {
        let holds = |node: &Node| match node {
            Node::Capture { group: own, body } if own == group => Some(*body),
            _ => None,
        };
        ast.others.iter().find_map(|&id| holds(&ast.nodes[id as usize]))
    };
    let mut found = CodePointSet::new();
    let mut seen = vec![false; ast.nodes.len()];
    let mut next: Vec<NodeId> = ast.list(groups).iter().filter_map(body_of).collect();
    while let Some(id) = next.pop() {
        if std::mem::replace(&mut seen[id as usize], true) {
            continue;
        }
        match &ast.nodes[id as usize] {
            Node::Literal(c) => found.add_range(*c, *c),
            Node::Set(set) => found.union(&ast.sets[*set as usize]),
            Node::Sequence(ids) | Node::Alternation(ids) => next.extend(ast.list(*ids)),
            Node::Capture { body, .. } | Node::Repeat { body, .. } => next.push(*body),
            // the text of the other group becomes a part of this one's
            Node::BackReference { groups, ignore_case: ignores } => {
                ignore_case |= ignores;
                next.extend(ast.list(*groups).iter().filter_map(body_of));
            }
            // what a lookaround reads is not part of the group's text
            Node::Empty | Node::Look { .. } | Node::Assert(_) => {}
        }
    }
    if ignore_case {
        close_over_case(&mut found, ast.flags.case_mode());
    }
    found
}
