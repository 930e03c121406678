//! How far from the start of a match a part of it can start.

/// The bit of [`MaxOffset`] that says that a line feed may come before the element.
const ACROSS_LINES: u32 = 1 << 31;

/// Where the least offset is in it. It has the bits from there to [`ACROSS_LINES`].
const LEAST_SHIFT: u32 = 24;
const LEAST_MASK: u32 = ACROSS_LINES - (1 << LEAST_SHIFT);

/// The bits of the greatest offset.
const MOST_MASK: u32 = (1 << LEAST_SHIFT) - 1;

/// The offset of an element from the start of its parent, in code units: what it is at least and at
/// most; and whether what is before it may have a line feed.
///
/// In four bytes, because each literal's line in the cache has two. A text in which more than
/// [`MOST_MASK`] units make a difference is rare, and so is an element with more than 127 units
/// before it. There is no order: of two offsets neither need be the weaker statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct MaxOffset(u32);

impl MaxOffset {
    /// At the start of the parent.
    pub(crate) const ZERO: Self = Self(0);
    /// At the start of the parent or any distance after it.
    pub(crate) const UNBOUNDED: Self = Self(ACROSS_LINES | Self::NO_BOUND);
    /// Perhaps even before the parent, as with what a lookbehind requires.
    pub(crate) const UNKNOWN: Self = Self(ACROSS_LINES | MOST_MASK);

    /// In place of the greatest offset: there is none.
    const NO_BOUND: u32 = MOST_MASK - 1;

    /// After at least and at most so many units, of which one may be a line feed or not.
    pub(crate) fn after(least: usize, most: usize, has_line_feed: bool) -> Self {
        let most = u32::try_from(most).map_or(Self::NO_BOUND, |most| most.min(Self::NO_BOUND));
        let least = u32::try_from(least).unwrap_or(u32::MAX);
        Self::of(least, most, if has_line_feed { ACROSS_LINES } else { 0 })
    }

    /// From the parts. `most` is at most [`Self::NO_BOUND`].
    fn of(least: u32, most: u32, across_lines: u32) -> Self {
        Self(across_lines | least.min(LEAST_MASK >> LEAST_SHIFT) << LEAST_SHIFT | most)
    }

    fn most(self) -> u32 {
        self.0 & MOST_MASK
    }

    /// Lower bound in units.
    pub(crate) fn least_units(self) -> u32 {
        (self.0 & LEAST_MASK) >> LEAST_SHIFT
    }

    /// Upper bound in units, if there is one.
    pub(crate) fn most_units(self) -> Option<u32> {
        self.is_bounded().then(|| self.most())
    }

    pub(crate) fn is_bounded(self) -> bool {
        self.most() < Self::NO_BOUND
    }

    /// Whether the element is in the line that its parent starts in.
    pub(crate) fn is_in_line(self) -> bool {
        self.0 & ACROSS_LINES == 0
    }

    /// The offset of an element at `other` in a parent that itself is at `self`.
    pub(crate) fn plus(self, other: Self) -> Self {
        if self == Self::UNKNOWN || other == Self::UNKNOWN {
            return Self::UNKNOWN;
        }
        let least = self.least_units() + other.least_units();
        let most = (self.most() + other.most()).min(Self::NO_BOUND);
        Self::of(least, most, (self.0 | other.0) & ACROSS_LINES)
    }

    /// The offset of an element that is at one of these.
    pub(crate) fn or(self, other: Self) -> Self {
        if self == Self::UNKNOWN || other == Self::UNKNOWN {
            return Self::UNKNOWN;
        }
        let least = self.least_units().min(other.least_units());
        Self::of(least, self.most().max(other.most()), (self.0 | other.0) & ACROSS_LINES)
    }

    /// The offset after `min` to `max` repetitions of what ends at `self`. `None`: there is no
    /// upper limit to them.
    pub(crate) fn times(self, min: u32, max: Option<u32>) -> Self {
        let most = match max {
            _ if self == Self::ZERO || self == Self::UNKNOWN => return self,
            Some(0) => return Self::ZERO,
            Some(max) if self.is_bounded() => self.most().saturating_mul(max).min(Self::NO_BOUND),
            _ => Self::NO_BOUND,
        };
        Self::of(self.least_units().saturating_mul(min), most, self.0 & ACROSS_LINES)
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST_MASK, MaxOffset};

    fn lines(least: usize, most: usize) -> MaxOffset {
        MaxOffset::after(least, most, true)
    }

    fn line(least: usize, most: usize) -> MaxOffset {
        MaxOffset::after(least, most, false)
    }

    #[test]
    fn no_sum_or_product_turns_unbounded_into_a_bound() {
        let (one, large) = (lines(0, 1), lines(0, usize::MAX));
        assert_eq!(one.plus(one), lines(0, 2));
        assert_eq!(large, MaxOffset::UNBOUNDED);
        assert_eq!(lines(0, MOST_MASK as usize - 2).plus(one), MaxOffset::UNBOUNDED);
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
    fn one_line_feed_is_enough() {
        assert!(line(0, 2).is_in_line() && !lines(0, 2).is_in_line());
        assert_eq!(line(2, 2).plus(line(1, 3)), line(3, 5));
        assert_eq!(line(2, 2).plus(lines(1, 1)), lines(3, 3));
        assert_eq!(lines(1, 1).plus(line(2, 2)), lines(3, 3));
        assert_eq!(line(0, 2).or(lines(0, 1)), lines(0, 2));
        assert_eq!(lines(0, 1).or(line(0, 2)), lines(0, 2));
        let any = line(0, 1).times(0, None);
        assert!(any.is_in_line() && !any.is_bounded());
        assert_eq!(any.or(lines(0, 1)), MaxOffset::UNBOUNDED);
        assert_eq!(any.plus(lines(0, 1)), MaxOffset::UNBOUNDED);
        assert_eq!(lines(1, 1).times(3, Some(3)), lines(3, 3));
        assert_eq!(lines(1, 1).times(0, Some(0)), MaxOffset::ZERO);
        assert!(!MaxOffset::UNBOUNDED.is_in_line() && !MaxOffset::UNKNOWN.is_in_line());
    }

    #[test]
    fn the_least_offset_is_never_too_large() {
        assert_eq!(line(5, 9).or(MaxOffset::ZERO), line(0, 9));
        assert_eq!(line(2, 3).times(2, Some(4)), line(4, 12));
        assert_eq!(line(2, 3).times(0, Some(4)), line(0, 12));
        let most = line(usize::MAX, usize::MAX);
        assert_eq!((most.least_units(), most.is_in_line()), (127, true));
        assert_eq!(most.plus(line(1, 1)), most);
        assert_eq!(line(1, 1).times(u32::MAX, None), most);
        assert_eq!(MaxOffset::UNKNOWN.least_units(), 0);
    }
}
