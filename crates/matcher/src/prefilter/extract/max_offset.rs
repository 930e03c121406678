//! How far from the start of a match a part of it can start.

use crate::prefilter::extract::separators::Separators;

/// The offset of an element from the start of its parent: how many code units it is at least and at
/// most, and how often there are signs that loops stop at. There is no order: of two offsets
/// neither need be the weaker statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct MaxOffset {
    least: u32,
    most: u32,
    separators: Separators,
}

impl MaxOffset {
    /// At the start of the parent.
    pub(crate) const ZERO: Self = Self { least: 0, most: 0, separators: Separators::NONE };
    /// At the start of the parent or any distance after it.
    pub(crate) const UNBOUNDED: Self =
        Self { least: 0, most: Self::NO_BOUND, separators: Separators::ANY };
    /// Perhaps even before the parent, as with what a lookbehind requires.
    pub(crate) const UNKNOWN: Self = Self { most: u32::MAX, ..Self::UNBOUNDED };

    /// In place of the greatest offset: there is none.
    const NO_BOUND: u32 = u32::MAX - 1;

    /// After at least and at most so many units, among which are at most these.
    pub(crate) fn after(least: usize, most: usize, separators: Separators) -> Self {
        let most = u32::try_from(most).map_or(Self::NO_BOUND, |most| most.min(Self::NO_BOUND));
        Self { least: u32::try_from(least).unwrap_or(u32::MAX), most, separators }
    }

    /// Lower bound in units.
    pub(crate) fn least_units(self) -> u32 {
        self.least
    }

    /// Upper bound in units, if there is one.
    pub(crate) fn most_units(self) -> Option<u32> {
        self.is_bounded().then_some(self.most)
    }

    pub(crate) fn is_bounded(self) -> bool {
        self.most < Self::NO_BOUND
    }

    pub(crate) fn separators(self) -> Separators {
        self.separators
    }

    /// The offset of an element at `other` in a parent that itself is at `self`.
    pub(crate) fn plus(self, other: Self) -> Self {
        if self == Self::UNKNOWN || other == Self::UNKNOWN {
            return Self::UNKNOWN;
        }
        Self {
            least: self.least.saturating_add(other.least),
            most: self.most.saturating_add(other.most).min(Self::NO_BOUND),
            separators: self.separators.plus(other.separators),
        }
    }

    /// The offset of an element that is at one of these.
    pub(crate) fn or(self, other: Self) -> Self {
        if self == Self::UNKNOWN || other == Self::UNKNOWN {
            return Self::UNKNOWN;
        }
        Self {
            least: self.least.min(other.least),
            most: self.most.max(other.most),
            separators: self.separators.or(other.separators),
        }
    }

    /// The offset after `min` to `max` repetitions of what ends at `self`. `None`: there is no
    /// upper limit to them.
    pub(crate) fn times(self, min: u32, max: Option<u32>) -> Self {
        let most = match max {
            _ if self == Self::ZERO || self == Self::UNKNOWN => return self,
            Some(0) => return Self::ZERO,
            Some(max) if self.is_bounded() => self.most.saturating_mul(max).min(Self::NO_BOUND),
            _ => Self::NO_BOUND,
        };
        let separators = self.separators.times(max);
        Self { least: self.least.saturating_mul(min), most, separators }
    }
}

#[cfg(test)]
mod tests {
    use super::MaxOffset;
    use crate::prefilter::extract::separators::Separators;

    fn lines(least: usize, most: usize) -> MaxOffset {
        MaxOffset::after(least, most, Separators::ANY)
    }

    fn line(least: usize, most: usize) -> MaxOffset {
        MaxOffset::after(least, most, Separators::NONE)
    }

    #[test]
    fn no_sum_or_product_turns_unbounded_into_a_bound() {
        let (one, large) = (lines(0, 1), lines(0, usize::MAX));
        assert_eq!(one.plus(one), lines(0, 2));
        assert_eq!(large, MaxOffset::UNBOUNDED);
        assert_eq!(lines(0, u32::MAX as usize - 2).plus(one), MaxOffset::UNBOUNDED);
        assert_eq!(one.plus(MaxOffset::UNBOUNDED), MaxOffset::UNBOUNDED);
        assert_eq!(MaxOffset::UNBOUNDED.plus(MaxOffset::UNBOUNDED), MaxOffset::UNBOUNDED);
        for any in [MaxOffset::ZERO, one, line(3, 3), large, MaxOffset::UNKNOWN] {
            assert_eq!(any.plus(MaxOffset::UNKNOWN), MaxOffset::UNKNOWN);
            assert_eq!(MaxOffset::UNKNOWN.or(any), MaxOffset::UNKNOWN);
        }
        assert_eq!(one.times(0, Some(200)), lines(0, 200));
        assert_eq!(one.times(0, Some(u32::MAX)), MaxOffset::UNBOUNDED);
        assert_eq!(one.times(7, None), MaxOffset::UNBOUNDED);
        assert_eq!(MaxOffset::ZERO.times(1, None), MaxOffset::ZERO);
        assert_eq!(MaxOffset::UNKNOWN.times(2, Some(2)), MaxOffset::UNKNOWN);
    }

    #[test]
    fn separators_are_those_of_all_parts() {
        assert_eq!(line(2, 2).plus(line(1, 3)), line(3, 5));
        assert_eq!(line(2, 2).plus(lines(1, 1)), lines(3, 3));
        assert_eq!(lines(1, 1).plus(line(2, 2)), lines(3, 3));
        assert_eq!(line(0, 2).or(lines(0, 1)), lines(0, 2));
        assert_eq!(lines(0, 1).or(line(0, 2)), lines(0, 2));
        let any = line(0, 1).times(0, None);
        assert!(any.separators() == Separators::NONE && !any.is_bounded());
        assert_eq!(any.or(lines(0, 1)), MaxOffset::UNBOUNDED);
        assert_eq!(any.plus(lines(0, 1)), MaxOffset::UNBOUNDED);
        assert_eq!(lines(1, 1).times(3, Some(3)), lines(3, 3));
        assert_eq!(lines(1, 1).times(0, Some(0)), MaxOffset::ZERO);
    }

    #[test]
    fn the_least_offset_is_never_too_large() {
        assert_eq!(line(5, 9).or(MaxOffset::ZERO), line(0, 9));
        assert_eq!(line(2, 3).times(2, Some(4)), line(4, 12));
        assert_eq!(line(2, 3).times(0, Some(4)), line(0, 12));
        let most = line(usize::MAX, usize::MAX);
        assert_eq!(most.plus(line(1, 1)), most);
        assert_eq!(line(1, 1).times(u32::MAX, None), most);
        assert_eq!(MaxOffset::UNKNOWN.least_units(), 0);
    }
}
