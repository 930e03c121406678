//! Where in a text a match can begin.

/// Where matches begin, in UTF-16 units: all that begin elsewhere are known to be none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StartRange {
    /// At the earliest.
    pub first: u32,
    /// At the latest; it may be behind the text.
    pub last: u32,
}

impl StartRange {
    /// Nothing is known.
    pub const ANYWHERE: Self = Self { first: 0, last: u32::MAX };

    /// Where one of two can be.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self { first: self.first.min(other.first), last: self.last.max(other.last) }
    }

    /// Where both can be.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { first: self.first.max(other.first), last: self.last.min(other.last) }
    }

    /// Whether there can be none.
    pub fn is_nowhere(self) -> bool {
        self.first > self.last
    }
}
