//! How far before an element a match that has it can start: of a [`MaxOffset`] what a text is asked
//! for.

use crate::prefilter::extract::max_offset::MaxOffset;
use crate::prefilter::extract::separators::Separator;

/// Where the parts are: the greatest offset, the separator's bound, its index, the least offset,
/// whether there is a line feed.
const MOST_BITS: u32 = 18;
const SEPARATOR_SHIFT: u32 = MOST_BITS;
const SEPARATOR_BITS: u32 = 3;
const INDEX_SHIFT: u32 = SEPARATOR_SHIFT + SEPARATOR_BITS;
const LEAST_SHIFT: u32 = INDEX_SHIFT + Separator::INDEX_BITS;
const IN_LINE: u32 = 1 << 31;

/// In place of the greatest offset: the element may be before the match.
const UNKNOWN: u32 = (1 << MOST_BITS) - 1;
/// In place of the greatest offset: there is none.
const NO_BOUND: u32 = UNKNOWN - 1;
/// In place of the separator's bound: there is none.
const NO_SEPARATOR: u32 = (1 << SEPARATOR_BITS) - 1;
const MOST_LEAST: u32 = (IN_LINE >> LEAST_SHIFT) - 1;

const _: () = assert!(Separator::MOST < NO_SEPARATOR);

/// The offset of an element from the start of a match, in code units: at least, at most, whether
/// both are in one line, and the separator that says most about it.
///
/// In four bytes, because each literal's line in the cache has two. A text in which more than
/// [`NO_BOUND`] units make a difference is rare, and so is an element with more than
/// [`MOST_LEAST`] units before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reach(u32);

impl From<MaxOffset> for Reach {
    fn from(offset: MaxOffset) -> Self {
        Self::in_rule(offset, &[])
    }
}

impl Reach {
    /// Nothing is known.
    pub(crate) const UNKNOWN: Self = Self(NO_SEPARATOR << SEPARATOR_SHIFT | UNKNOWN);

    /// That of an element of a rule. `literals`: the bytes of those that the rule requires, folded.
    /// The signs among them are in the rule's texts.
    pub(crate) fn in_rule(offset: MaxOffset, literals: &[u8]) -> Self {
        let most = match offset.most_units() {
            _ if offset == MaxOffset::UNKNOWN => UNKNOWN,
            Some(most) => most.min(NO_BOUND),
            None => NO_BOUND,
        };
        // most elements are nearer than any separator tells
        let tells = most > Separator::LEAST_USUAL;
        let separator = tells.then(|| offset.separators().best(literals)).flatten();
        let (index, bound) = match separator {
            Some(separator) if separator != Separator::LINE_FEED && separator.usually() < most => {
                (separator.index, separator.most)
            }
            _ => (0, NO_SEPARATOR),
        };
        let in_line = if offset.separators().is_in_line() { IN_LINE } else { 0 };
        let least = offset.least_units().min(MOST_LEAST);
        Self(
            in_line | least << LEAST_SHIFT | index << INDEX_SHIFT | bound << SEPARATOR_SHIFT | most,
        )
    }

    fn most(self) -> u32 {
        self.0 & UNKNOWN
    }

    /// Whether the element may be before the match.
    #[inline]
    pub(crate) fn is_unknown(self) -> bool {
        self.most() == UNKNOWN
    }

    /// Lower bound in units.
    #[inline]
    pub(crate) fn least_units(self) -> u32 {
        (self.0 & !IN_LINE) >> LEAST_SHIFT
    }

    /// Upper bound in units, if there is one.
    #[inline]
    pub(crate) fn most_units(self) -> Option<u32> {
        Some(self.most()).filter(|&most| most < NO_BOUND)
    }

    /// Whether the element is in the line that the match starts in.
    #[inline]
    pub(crate) fn is_in_line(self) -> bool {
        self.0 & IN_LINE != 0
    }

    /// What else is seldom between the start of a match and the element, if anything is.
    #[inline]
    pub(crate) fn separator(self) -> Option<Separator> {
        let most = self.0 >> SEPARATOR_SHIFT & NO_SEPARATOR;
        let index = self.0 >> INDEX_SHIFT & ((1 << Separator::INDEX_BITS) - 1);
        (most != NO_SEPARATOR).then_some(Separator { index, most })
    }

    /// How many bytes of a text are between the start of a match and the element, at most and
    /// about, if anything is known of that.
    pub(crate) fn usually(self) -> Option<u32> {
        let line = self.is_in_line().then(|| Separator::LINE_FEED.usually());
        let separator = self.separator().map(Separator::usually);
        [self.most_units(), separator, line].into_iter().flatten().min()
    }

    /// Whether a match starts not far before the element.
    pub(crate) fn is_local(self) -> bool {
        self.most_units().is_some() || self.is_in_line() || self.separator().is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST_LEAST, NO_BOUND, Reach};
    use crate::prefilter::extract::max_offset::MaxOffset;
    use crate::prefilter::extract::separators::Separators;

    #[test]
    fn it_is_the_offset_or_a_weaker_statement() {
        let quotes = |count| Separators::of_character(|byte| byte == b'"').times(Some(count));
        let others = Separators::of_character(|byte| byte != b'"').times(None);
        let line = Separators::of_character(|byte| byte != b'\n').times(None);
        let in_line = Reach::from(MaxOffset::after(0, usize::MAX, line));
        assert!(in_line.is_in_line() && in_line.separator().is_none() && in_line.is_local());
        for least in [0, 1, 100, MOST_LEAST, MOST_LEAST + 1, u32::MAX] {
            for most in [1000, NO_BOUND - 1, NO_BOUND, NO_BOUND + 1, u32::MAX] {
                for count in 0..9 {
                    let separators = quotes(count).plus(others);
                    let offset = MaxOffset::after(least as usize, most as usize, separators);
                    let reach = Reach::from(offset);
                    assert_eq!(reach.least_units(), least.min(MOST_LEAST));
                    assert_eq!(reach.most_units(), Some(most).filter(|&most| most < NO_BOUND));
                    let separator = reach.separator().map(|one| (one.byte(), one.most));
                    assert_eq!(separator, (count < 7).then_some((b'"', count)));
                    assert_eq!(reach.is_local(), most < NO_BOUND || count < 7);
                    assert!(!reach.is_unknown() && !reach.is_in_line());
                }
            }
        }
        assert!(Reach::from(MaxOffset::UNKNOWN).is_unknown());
        for offset in [MaxOffset::UNKNOWN, MaxOffset::UNBOUNDED] {
            let reach = Reach::from(offset);
            assert!(!reach.is_local() && reach.separator().is_none());
        }
    }
}
