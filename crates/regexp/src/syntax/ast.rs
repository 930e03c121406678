//! A parsed pattern: a flat table of nodes, children before parents.
//!
//! Nothing recurses over a flat table: a pattern of any depth is walked by index and freed at once.
//! What a node has several of is in one vector for all nodes, so that a node is plain data, and the
//! next pattern is read into the same memory. Flags are resolved: a node means the same wherever it
//! is.

use crate::syntax::dialect::PatternWarning;
use crate::syntax::flags::Flags;
use crate::unicode::CodePointSet;

/// Index of a node.
pub type NodeId = u32;

/// Index of a set in [`Ast::sets`].
pub type SetId = u32;

/// Node ids or group numbers that a node has, see [`Ast::list`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct List {
    first: u32,
    end: u32,
}

/// One construct. "Character" is a code unit, under `u` and `v` a code point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Node {
    /// Matches the empty string.
    Empty,
    /// One character.
    Literal(u32),
    /// One character of a set, which is closed over case where case is ignored.
    Set(SetId),
    /// Nodes, one after the other.
    Sequence(List),
    /// The first node that leads to a match.
    Alternation(List),
    /// A capture group, numbered from 1.
    Capture {
        /// The group's number.
        group: u32,
        /// What it holds.
        body: NodeId,
    },
    /// A quantified term.
    Repeat {
        /// What is repeated.
        body: NodeId,
        /// The lowest number of iterations.
        min: u32,
        /// The highest number of iterations; `None` if there is no bound.
        max: Option<u32>,
        /// Whether more iterations are tried before fewer.
        greedy: bool,
        /// The groups inside, from the first to before the second. Each iteration resets them.
        groups: (u32, u32),
    },
    /// A lookaround.
    Look {
        /// Whether it is a lookbehind, which is matched backwards.
        behind: bool,
        /// Whether it holds where the body does not match.
        negative: bool,
        /// What is looked for.
        body: NodeId,
    },
    /// The text of a group again; the empty string if none of `groups` took part.
    BackReference {
        /// The numbered group, or the groups of one name, of which at most one takes part.
        groups: List,
        /// Whether case is ignored.
        ignore_case: bool,
    },
    /// A condition on the position.
    Assert(Assertion),
}

/// A condition on the position alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assertion {
    /// `^`
    Start,
    /// `$`
    End,
    /// `^` under `m`
    LineStart,
    /// `$` under `m`
    LineEnd,
    /// `\b`
    WordBoundary {
        /// Whether U+017F and U+212A are word characters too, as under `i` with `u` or `v`.
        extended: bool,
    },
    /// `\B`
    NotWordBoundary {
        /// As for `WordBoundary`.
        extended: bool,
    },
}

impl Ast {
    /// The lookarounds, inner ones before those around them.
    pub(crate) fn looks(&self) -> impl Iterator<Item = NodeId> {
        let is_look = |&id: &NodeId| matches!(self.nodes[id as usize], Node::Look { .. });
        self.others.iter().copied().filter(is_look)
    }
}

impl Assertion {
    /// Whether it holds between two code units; none is there at an end of the text.
    #[inline]
    pub(crate) fn holds(
        self,
        before: impl Fn() -> Option<u16>,
        after: impl Fn() -> Option<u16>,
    ) -> bool {
        let is_boundary = |extended| is_word(before(), extended) != is_word(after(), extended);
        match self {
            Self::Start => before().is_none(),
            Self::End => after().is_none(),
            Self::LineStart => before().is_none_or(is_line_terminator),
            Self::LineEnd => after().is_none_or(is_line_terminator),
            Self::WordBoundary { extended } => is_boundary(extended),
            Self::NotWordBoundary { extended } => !is_boundary(extended),
        }
    }
}

fn is_line_terminator(unit: u16) -> bool {
    matches!(unit, 0x0A | 0x0D | 0x2028 | 0x2029)
}

fn is_word(unit: Option<u16>, extended: bool) -> bool {
    unit.is_some_and(|unit| match u8::try_from(unit) {
        Ok(byte) => byte.is_ascii_alphanumeric() || byte == b'_',
        Err(_) => extended && (unit == 0x017F || unit == 0x212A),
    })
}

/// A parsed pattern.
#[derive(Clone, Debug, Default)]
pub struct Ast {
    /// Children before parents.
    pub nodes: Vec<Node>,
    /// The nodes that are neither a literal of one code unit nor a set, ascending. Most nodes are
    /// one of these, and many passes can skip them.
    pub others: Vec<NodeId>,
    /// The elements of all lists.
    pub lists: Vec<u32>,
    /// The whole pattern.
    pub root: NodeId,
    /// The sets that nodes refer to, each once.
    pub sets: Vec<CodePointSet>,
    /// How many capture groups there are.
    pub groups: u32,
    /// Whether any node is a `BackReference`.
    pub has_back_references: bool,
    /// The flags outside all modifiers.
    pub flags: Flags,
    /// Constructs of other dialects: the first of each kind, and as good as always none.
    pub warnings: Vec<PatternWarning>,
}

impl Ast {
    /// The elements of a node's list.
    pub fn list(&self, list: List) -> &[u32] {
        &self.lists[list.first as usize..list.end as usize]
    }

    pub(crate) fn add_list(&mut self, elements: &[u32]) -> List {
        let first = self.lists.len() as u32;
        self.lists.extend_from_slice(elements);
        List { first, end: self.lists.len() as u32 }
    }
}
