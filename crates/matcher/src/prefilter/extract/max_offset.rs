//! How far from the start of a match a part of it can start.

/// The bit of [`MaxOffset`] that says that a line feed may come before the element.
const ACROSS_LINES: u32 = 1 << 31;

/// Upper bound on an element's offset from the start of its parent, in code units; and whether what
/// is before it may have a line feed.
///
/// There is no order among them: neither of "in the same line" and "at most ten units" implies the
/// other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct MaxOffset(u32);

impl MaxOffset {
    /// At the start of the parent.
    pub(crate) const ZERO: Self = Self(0);
    /// At the start of the parent or any distance after it.
    pub(crate) const UNBOUNDED: Self = Self(u32::MAX - 1);
    /// Perhaps even before the parent, as with what a lookbehind requires.
    pub(crate) const UNKNOWN: Self = Self(u32::MAX);

    /// The bound [`Self::UNBOUNDED`] has.
    const NO_BOUND: u32 = Self::UNBOUNDED.0 & !ACROSS_LINES;

    /// After that many units, of which none is a line feed.
    pub(crate) fn in_line(units: usize) -> Self {
        Self(u32::try_from(units).map_or(Self::NO_BOUND, |units| units.min(Self::NO_BOUND)))
    }

    /// After any that many units.
    pub(crate) fn units(units: usize) -> Self {
        if units == 0 { Self::ZERO } else { Self(Self::in_line(units).0 | ACROSS_LINES) }
    }

    /// After these units, of which one may be a line feed or not.
    pub(crate) fn lines_if(has_line_feed: bool, units: usize) -> Self {
        if has_line_feed { Self::units(units) } else { Self::in_line(units) }
    }

    /// The bound in units; [`Self::NO_BOUND`] or more if there is none.
    fn bound(self) -> u32 {
        self.0 & !ACROSS_LINES
    }

    pub(crate) fn is_bounded(self) -> bool {
        self.bound() < Self::NO_BOUND
    }

    /// The upper bound in units, if there is one.
    pub(crate) fn most_units(self) -> Option<u32> {
        self.is_bounded().then(|| self.bound())
    }

    /// Whether the element is in the line that its parent starts in.
    pub(crate) fn is_in_line(self) -> bool {
        self.0 & ACROSS_LINES == 0
    }

    /// The bound for an element at `other` in a parent that itself is at `self`.
    pub(crate) fn plus(self, other: Self) -> Self {
        let bound = match self.bound().max(other.bound()) {
            most if most >= Self::NO_BOUND => most,
            _ => (self.bound() + other.bound()).min(Self::NO_BOUND),
        };
        Self(bound | (self.0 | other.0) & ACROSS_LINES)
    }

    /// The bound for an element that is at either.
    pub(crate) fn or(self, other: Self) -> Self {
        Self(self.bound().max(other.bound()) | (self.0 | other.0) & ACROSS_LINES)
    }

    /// The bound after `count` repetitions. `None`: there is no upper limit to them.
    pub(crate) fn times(self, count: Option<u32>) -> Self {
        if self == Self::ZERO || self == Self::UNKNOWN {
            return self;
        }
        let bound = match count {
            Some(0) => return Self::ZERO,
            Some(count) if self.is_bounded() => {
                self.bound().saturating_mul(count).min(Self::NO_BOUND)
            }
            _ => Self::NO_BOUND,
        };
        Self(bound | self.0 & ACROSS_LINES)
    }
}

#[cfg(test)]
mod tests {
    use super::MaxOffset;

    #[test]
    fn no_sum_or_product_turns_unbounded_into_a_bound() {
        let (one, large) = (MaxOffset::units(1), MaxOffset::units(usize::MAX));
        assert_eq!(one.plus(one), MaxOffset::units(2));
        assert_eq!(large, MaxOffset::UNBOUNDED);
        assert_eq!(MaxOffset::units((u32::MAX >> 1) as usize - 2).plus(one), MaxOffset::UNBOUNDED);
        assert_eq!(one.plus(MaxOffset::UNBOUNDED), MaxOffset::UNBOUNDED);
        assert_eq!(MaxOffset::UNBOUNDED.plus(MaxOffset::UNKNOWN), MaxOffset::UNKNOWN);
        assert_eq!(MaxOffset::in_line(1).plus(MaxOffset::UNKNOWN), MaxOffset::UNKNOWN);
        assert_eq!(one.times(Some(200)), MaxOffset::units(200));
        assert_eq!(one.times(Some(u32::MAX)), MaxOffset::UNBOUNDED);
        assert_eq!(one.times(None), MaxOffset::UNBOUNDED);
        assert_eq!(MaxOffset::ZERO.times(None), MaxOffset::ZERO);
        assert_eq!(MaxOffset::UNKNOWN.times(Some(2)), MaxOffset::UNKNOWN);
    }

    #[test]
    fn one_line_feed_is_enough() {
        let (line, lines) = (MaxOffset::in_line(2), MaxOffset::units(1));
        assert!(line.is_in_line() && !lines.is_in_line());
        assert_eq!(line.plus(line), MaxOffset::in_line(4));
        assert_eq!(line.plus(lines), MaxOffset::units(3));
        assert_eq!(lines.plus(line), MaxOffset::units(3));
        assert_eq!((line.or(lines), lines.or(line)), (MaxOffset::units(2), MaxOffset::units(2)));
        assert!(line.times(None).is_in_line() && !line.times(None).is_bounded());
        assert_eq!(line.times(None).or(lines), MaxOffset::UNBOUNDED);
        assert_eq!(line.times(None).plus(lines), MaxOffset::UNBOUNDED);
        assert_eq!(lines.times(Some(3)), MaxOffset::units(3));
        assert_eq!(lines.times(Some(0)), MaxOffset::ZERO);
        assert!(!MaxOffset::UNBOUNDED.is_in_line() && !MaxOffset::UNKNOWN.is_in_line());
    }
}
