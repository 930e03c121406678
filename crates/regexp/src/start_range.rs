//! Where in a text a match can start.

/// An inclusive range of offsets that holds the start of every match.
///
/// A caller that knows something about the text, such as where a required literal stands, passes it
/// to [`Pattern::search`](crate::Pattern::search) and saves the search of the rest. The unit is the
/// caller's: UTF-16 code units for a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StartRange {
    /// The lowest offset.
    pub first: u32,
    /// The highest offset. It may lie beyond the text.
    pub last: u32,
}

impl StartRange {
    /// Every offset: nothing is known.
    pub const ANYWHERE: Self = Self { first: 0, last: u32::MAX };

    /// The smallest range that holds both.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self { first: self.first.min(other.first), last: self.last.max(other.last) }
    }

    /// The offsets that are in both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { first: self.first.max(other.first), last: self.last.min(other.last) }
    }

    /// The smallest range that holds ascending ones. Without any, it is empty.
    #[must_use]
    pub fn hull(ascending: &[Self]) -> Self {
        let first = ascending.first().map_or(u32::MAX, |range| range.first);
        Self { first, last: ascending.last().map_or(0, |range| range.last) }
    }

    /// Whether the range is empty: no match can start anywhere.
    pub fn is_nowhere(self) -> bool {
        self.first > self.last
    }
}
