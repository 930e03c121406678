//! How far from the start of a match a part of it can start.

use regexp::StartRange;

/// Upper bound on an element's offset from the start of its parent, in code units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct MaxOffset(u32);

impl MaxOffset {
    /// At the start of the parent.
    pub(crate) const ZERO: Self = Self(0);
    /// At the start of the parent or any distance after it.
    pub(crate) const UNBOUNDED: Self = Self(u32::MAX - 1);
    /// Perhaps even before the parent, as with what a lookbehind requires.
    pub(crate) const UNKNOWN: Self = Self(u32::MAX);

    /// A bound; [`Self::UNBOUNDED`] if it is too large to be one.
    pub(crate) fn units(units: usize) -> Self {
        Self(u32::try_from(units).unwrap_or(u32::MAX)).min(Self::UNBOUNDED)
    }

    pub(crate) fn is_bounded(self) -> bool {
        self < Self::UNBOUNDED
    }

    /// The bound for an element at `other` in a parent that itself is at `self`.
    pub(crate) fn plus(self, other: Self) -> Self {
        match self.max(other) {
            most if !most.is_bounded() => most,
            _ => Self(self.0.saturating_add(other.0)).min(Self::UNBOUNDED),
        }
    }

    /// The bound after `count` repetitions. `None`: there is no upper limit to them.
    pub(crate) fn times(self, count: Option<u32>) -> Self {
        match count {
            _ if self == Self::ZERO => Self::ZERO,
            Some(count) if self.is_bounded() => {
                Self(self.0.saturating_mul(count)).min(Self::UNBOUNDED)
            }
            _ => self.max(Self::UNBOUNDED),
        }
    }

    /// Where matches can start if the element with this bound starts at `first`, at `last`, and
    /// perhaps in between. All in bytes; a code unit takes at most `unit_bytes`.
    pub(crate) fn starts(self, first: u32, last: u32, unit_bytes: u32) -> StartRange {
        match self {
            Self::UNKNOWN => StartRange::ANYWHERE,
            Self::UNBOUNDED => StartRange { first: 0, last },
            Self(units) => {
                StartRange { first: first.saturating_sub(units.saturating_mul(unit_bytes)), last }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MaxOffset, StartRange};

    #[test]
    fn no_sum_or_product_turns_unbounded_into_a_bound() {
        let (one, large) = (MaxOffset::units(1), MaxOffset::units(usize::MAX));
        assert_eq!(one.plus(one), MaxOffset::units(2));
        assert_eq!(large, MaxOffset::UNBOUNDED);
        assert_eq!(MaxOffset::units(u32::MAX as usize - 2).plus(one), MaxOffset::UNBOUNDED);
        assert_eq!(one.plus(MaxOffset::UNBOUNDED), MaxOffset::UNBOUNDED);
        assert_eq!(MaxOffset::UNBOUNDED.plus(MaxOffset::UNKNOWN), MaxOffset::UNKNOWN);
        assert_eq!(one.times(Some(200)), MaxOffset::units(200));
        assert_eq!(one.times(None), MaxOffset::UNBOUNDED);
        assert_eq!(MaxOffset::ZERO.times(None), MaxOffset::ZERO);
        assert_eq!(MaxOffset::UNKNOWN.times(Some(2)), MaxOffset::UNKNOWN);
    }

    #[test]
    fn a_match_starts_at_most_the_offset_before_the_element() {
        assert_eq!(MaxOffset::units(10).starts(25, 40, 1), StartRange { first: 15, last: 40 });
        assert_eq!(MaxOffset::units(5).starts(25, 40, 3), StartRange { first: 10, last: 40 });
        assert_eq!(MaxOffset::units(10).starts(5, 5, 1), StartRange { first: 0, last: 5 });
        assert_eq!(MaxOffset::UNBOUNDED.starts(25, 40, 1), StartRange { first: 0, last: 40 });
        assert_eq!(MaxOffset::UNKNOWN.starts(25, 40, 1), StartRange::ANYWHERE);
    }
}
