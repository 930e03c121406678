//! The numbers that rules, patterns and loads go by.
//!
//! A rule has two numbers. Users know it by its [`RuleIndex`]; the matcher and the prefilter keep
//! only the rules in force, and know it by its [`RuleSlot`]. Both count from 0 and both ascend in
//! list order, so they are easily mistaken for each other: they are types of their own.

use std::fmt;

/// A rule's position in the list as given, refused rules included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleIndex(pub u32);

impl fmt::Display for RuleIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A rule's position among the rules in force.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleSlot(pub u32);

impl RuleSlot {
    /// The slot as an offset into a slice of the rules in force.
    #[inline]
    pub(crate) fn offset(self) -> usize {
        self.0 as usize
    }
}

/// A pattern of a list: its position among the list's distinct patterns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct PatternId(pub(crate) u32);

impl PatternId {
    #[inline]
    pub(crate) fn offset(self) -> usize {
        self.0 as usize
    }
}

/// One call of `loadRules`. Later calls have greater tickets.
///
/// [`crate::store::ticket`] hands them out. The default is the ticket of a matcher that never goes
/// into the store; its number is 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ticket(pub(crate) u64);

impl Ticket {
    /// Counts the calls of `loadRules` in this process, from 1. The first half of a version.
    pub fn number(self) -> u64 {
        self.0
    }
}
