//! How far from where a match begins a part of it can begin.

use regexp::StartRange;

/// So many code units at most after the begin of what it is part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct MaxOffset(u32);

impl MaxOffset {
    /// Where the whole begins.
    pub(crate) const NONE: Self = Self(0);
    /// After it, however far.
    pub(crate) const FAR: Self = Self(u32::MAX - 1);
    /// Perhaps even before it, as what a lookbehind asks for.
    pub(crate) const ANYWHERE: Self = Self(u32::MAX);

    pub(crate) fn units(units: usize) -> Self {
        Self(u32::try_from(units).unwrap_or(u32::MAX)).min(Self::FAR)
    }

    /// The reach of what begins so far into something that begins so far.
    pub(crate) fn plus(self, other: Self) -> Self {
        match self.max(other) {
            most if most >= Self::FAR => most,
            _ => Self(self.0.saturating_add(other.0)).min(Self::FAR),
        }
    }

    /// So often. `None`: without bound.
    pub(crate) fn times(self, count: Option<u32>) -> Self {
        match count {
            _ if self == Self::NONE => Self::NONE,
            Some(count) if self < Self::FAR => Self(self.0.saturating_mul(count)).min(Self::FAR),
            _ => self.max(Self::FAR),
        }
    }

    /// Where matches can begin if what reaches so far begins at `first`, at `last`, and perhaps between, where a code unit takes so
    /// many bytes at most. All in bytes.
    pub(crate) fn starts(self, first: u32, last: u32, unit_bytes: u32) -> StartRange {
        match self {
            Self::ANYWHERE => StartRange::ANYWHERE,
            Self::FAR => StartRange { first: 0, last },
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
    fn what_is_unbounded_stays_so() {
        let (one, large) = (MaxOffset::units(1), MaxOffset::units(usize::MAX));
        assert_eq!(one.plus(one), MaxOffset::units(2));
        assert_eq!(large, MaxOffset::FAR);
        assert_eq!(MaxOffset::units(u32::MAX as usize - 2).plus(one), MaxOffset::FAR);
        assert_eq!(one.plus(MaxOffset::FAR), MaxOffset::FAR);
        assert_eq!(MaxOffset::FAR.plus(MaxOffset::ANYWHERE), MaxOffset::ANYWHERE);
        assert_eq!(one.times(Some(200)), MaxOffset::units(200));
        assert_eq!(one.times(None), MaxOffset::FAR);
        assert_eq!(MaxOffset::NONE.times(None), MaxOffset::NONE);
        assert_eq!(MaxOffset::ANYWHERE.times(Some(2)), MaxOffset::ANYWHERE);
    }

    #[test]
    fn a_match_begins_within_reach() {
        assert_eq!(MaxOffset::units(10).starts(25, 40, 1), StartRange { first: 15, last: 40 });
        assert_eq!(MaxOffset::units(5).starts(25, 40, 3), StartRange { first: 10, last: 40 });
        assert_eq!(MaxOffset::units(10).starts(5, 5, 1), StartRange { first: 0, last: 5 });
        assert_eq!(MaxOffset::FAR.starts(25, 40, 1), StartRange { first: 0, last: 40 });
        assert_eq!(MaxOffset::ANYWHERE.starts(25, 40, 1), StartRange::ANYWHERE);
    }
}
