//! What a back-reference can match, as far as single characters tell.
//!
//! In `(\d)\1{11}` it is a digit, for the group has one whenever the back-reference is reached: a
//! matching text has twelve digits. Nothing can be said of `(?:(\d)|x)\1`, which may be empty.

use std::mem;

use crate::syntax::ast::{Ast, List, Node, NodeId};
use crate::unicode::{CodePointSet, close_over_case};

/// Where a group is sure to have been matched: from one step of the walk to before another one.
#[derive(Clone, Copy)]
struct Known {
    from: u32,
    region: usize,
}

/// A step of the walk, which goes the way that a match does.
#[derive(Clone, Copy)]
enum Step {
    /// `backward`: within a lookbehind. `region`: the largest part of the pattern around which is
    /// not matched without the node.
    Enter { id: NodeId, backward: bool, region: usize },
    /// The group has been matched.
    Captured { group: u32, region: usize },
    /// The end of a region.
    Leave(usize),
}

/// Replaces each back-reference to a group of one character, where that has been matched for sure,
/// by the characters that it can be. The pattern then matches all that it did, and more.
#[cold]
pub(crate) fn replace_back_references(ast: &mut Ast) {
    let mut known: Vec<Option<Known>> = vec![None; ast.groups as usize + 1];
    let mut ends = vec![u32::MAX];
    let mut reached: Vec<(NodeId, u32)> = Vec::new();
    let mut steps = vec![Step::Enter { id: ast.root, backward: false, region: 0 }];
    let mut now = 0;
    while let Some(step) = steps.pop() {
        now += 1;
        let (id, backward, region) = match step {
            Step::Enter { id, backward, region } => (id, backward, region),
            Step::Captured { group, region } => {
                known[group as usize] = Some(Known { from: now, region });
                continue;
            }
            Step::Leave(region) => {
                ends[region] = now;
                continue;
            }
        };
        let enter = |id, backward, region| Step::Enter { id, backward, region };
        let mut optional = |steps: &mut Vec<Step>, id, backward| {
            let region = ends.len();
            ends.push(u32::MAX);
            steps.extend([Step::Leave(region), enter(id, backward, region)]);
        };
        match &ast.nodes[id as usize] {
            Node::Sequence(terms) => {
                let terms = ast.list(*terms).iter().map(|&id| enter(id, backward, region));
                if backward {
                    steps.extend(terms);
                } else {
                    steps.extend(terms.rev());
                }
            }
            Node::Alternation(ids) => {
                ast.list(*ids).iter().for_each(|&id| optional(&mut steps, id, backward));
            }
            Node::Capture { group, body } => {
                if matches!(ast.nodes[*body as usize], Node::Literal(_) | Node::Set(_)) {
                    steps.push(Step::Captured { group: *group, region });
                }
                steps.push(enter(*body, backward, region));
            }
            Node::Repeat { body, min: 0, .. } => optional(&mut steps, *body, backward),
            Node::Repeat { body, .. } => steps.push(enter(*body, backward, region)),
            Node::Look { body, behind, negative: true } => optional(&mut steps, *body, *behind),
            Node::Look { body, behind, .. } => steps.push(enter(*body, *behind, region)),
            Node::BackReference { .. } => reached.push((id, now)),
            Node::Empty | Node::Literal(_) | Node::Set(_) | Node::Assert(_) => {}
        }
    }
    for (id, at) in reached {
        let Node::BackReference { groups, ignore_case } = ast.nodes[id as usize] else { continue };
        let &[group] = ast.list(groups) else { continue };
        let is_sure = |known: &Known| (known.from..ends[known.region]).contains(&at);
        if known[group as usize].as_ref().is_some_and(is_sure) {
            let set = characters_of(ast, groups, ignore_case);
            ast.nodes[id as usize] = Node::Set(ast.sets.len() as u32);
            ast.sets.push(set);
        }
    }
}

/// The characters that the text of one of `groups` can have. It is an upper bound: a back-reference
/// to one of them matches no other character.
#[cold]
pub(crate) fn characters_of(ast: &Ast, groups: List, mut ignore_case: bool) -> CodePointSet {
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
        if mem::replace(&mut seen[id as usize], true) {
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

#[cfg(test)]
mod tests {
    use super::replace_back_references;
    use crate::syntax::ast::Node;
    use crate::syntax::flags::Flags;
    use crate::syntax::parser;

    /// Whether the only back-reference of a pattern is replaced.
    fn is_replaced(source: &str) -> bool {
        let source: Vec<u16> = source.encode_utf16().collect();
        let mut ast = parser::parse(&source, Flags::default()).expect("a pattern");
        replace_back_references(&mut ast);
        !ast.nodes.iter().any(|node| matches!(node, Node::BackReference { .. }))
    }

    #[test]
    fn a_back_reference_is_replaced_where_its_group_has_been_matched() {
        for source in [
            r"(\d)\1{11}",
            r"(a)(?:b|\1)*",
            r"(?:(a))+\1",
            r"(?=.(a))\1",
            r"x|(a)(?!\1)",
            r"(?:(a)\1)*",
            r"(?<=\1(a))",
            r"(?<=(a))(?<=(?=\1)b)",
        ] {
            assert!(is_replaced(source), "{source}");
        }
    }

    #[test]
    fn no_other_one_is() {
        for source in [
            r"(\w+)\1",
            r"(a|b)?\1",
            r"(?:(a)|b)\1",
            r"(?:(a))*\1",
            r"(?:(a)|\1)",
            r"(?!(a))\1",
            r"(?:\1(a))+",
            r"(?<=(a)\1)",
            r"(?:(?<n>a)|(?<n>b))\k<n>",
        ] {
            assert!(!is_replaced(source), "{source}");
        }
    }
}
