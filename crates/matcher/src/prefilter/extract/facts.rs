//! What is known of a node of the syntax tree.

use crate::prefilter::extract::max_offset::MaxOffset;
use crate::prefilter::extract::requirement::ClauseId;
use crate::prefilter::extract::strings::StringSet;

/// What is known of a node. The strings are not part of `clause` yet: a parent may make longer ones
/// of them.
#[derive(Debug)]
pub(super) struct NodeFacts {
    pub(super) extent: Extent,
    /// The length of its matches: the offset of what comes next.
    pub(super) width: MaxOffset,
    /// What else the text must contain.
    pub(super) clause: Option<ClauseId>,
}

/// Which strings a node matches.
#[derive(Debug)]
pub(super) enum Extent {
    /// One of these and nothing else.
    Exact(StringSet),
    /// What starts with one of the first strings and ends with one of the second ones, which may
    /// overlap. The offset is that of the second strings from the start of the node.
    Open(StringSet, StringSet, MaxOffset),
}

impl NodeFacts {
    /// The node matches any text of that width.
    pub(super) fn anything(width: MaxOffset) -> Self {
        let extent = Extent::Open(StringSet::empty_string(), StringSet::empty_string(), width);
        Self { extent, width, clause: None }
    }

    /// The node matches the empty string.
    pub(super) fn zero_width(clause: Option<ClauseId>) -> Self {
        let extent = Extent::Exact(StringSet::empty_string());
        Self { extent, width: MaxOffset::ZERO, clause }
    }
}
