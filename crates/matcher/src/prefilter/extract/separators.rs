//! How often a part of a match can have the signs that loops stop at: `'[^']*'` has two quotes,
//! and `<b>[^<]*` one `<`, however long they are. So not far before what comes next a match of them
//! starts.
//!
//! For each of sixteen bytes an upper bound, all in one word.

use crate::prefilter::fold::fold;

/// The bytes that are counted, with about how many bytes of a text are between two of them.
/// [`Separators::is_in_line`] looks at the first one.
const BYTES: [(u8, u32); 16] = [
    (b'\n', 96),
    (b' ', 8),
    (b'"', 48),
    (b'\'', 64),
    (b'`', 128),
    (b'<', 96),
    (b'>', 96),
    (b'(', 96),
    (b')', 96),
    (b'[', 128),
    (b']', 128),
    (b'{', 128),
    (b'}', 128),
    (b',', 64),
    (b';', 128),
    (b'=', 96),
];

/// How much less a separator says than [`Separator::usually`] tells: the pattern mentions it before
/// the element, anywhere, or not at all.
const BEFORE: u32 = 4;
const ANYWHERE: u32 = 5;
const UNSEEN: u32 = 16;

/// The index of the space. So little of a text is between two of them that a bound on their number
/// says more than one on any other's.
const SPACE: u32 = 1;

const _: () = {
    let spaces = Separator { index: SPACE, most: Separator::MOST };
    let mut index = 0;
    while index < BYTES.len() {
        // the least that it can cost, see `Separator::cost`
        let least = ANYWHERE * BYTES[index].1;
        assert!(index == SPACE as usize || least > BEFORE * spaces.usually());
        index += 1;
    }
};

const LANE_BITS: u32 = u64::BITS / BYTES.len() as u32;

/// One in each lane.
const ONES: u64 = u64::MAX / ((1 << LANE_BITS) - 1);

/// The highest bit of a lane, which no bound has: additions carry into it.
const CARRIES: u64 = ONES << (LANE_BITS - 1);

/// In place of a bound: there is none.
const NO_BOUND: u64 = (1 << (LANE_BITS - 1)) - 1;

/// How many additions of one to a bound carry no further than [`CARRIES`].
const UNCHECKED: usize = NO_BOUND as usize;

/// Upper bounds for how often each of some bytes is in a part of a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Separators(u64);

/// One of these bytes, and how often it is in a part of a match, at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Separator {
    /// Its index, for [`Self::byte`].
    pub(crate) index: u32,
    pub(crate) most: u32,
}

impl Separator {
    /// The greatest bound.
    pub(crate) const MOST: u32 = NO_BOUND as u32 - 1;
    /// How many bytes are counted.
    pub(crate) const KINDS: usize = BYTES.len();
    pub(crate) const INDEX_BITS: u32 = BYTES.len().ilog2();

    /// No separator has fewer bytes of a text [usually](Self::usually).
    pub(crate) const LEAST_USUAL: u32 = 8;

    pub(crate) const LINE_FEED: Self = Self { index: 0, most: 0 };

    pub(crate) fn byte(self) -> u8 {
        BYTES[self.index as usize].0
    }

    /// The less, the more it says: [`Self::usually`], and more if the pattern does not mention it
    /// before. The texts that a pattern is for have the signs that it mentions, and often no
    /// others: JSON has no `'`. `mentioned`: has the lowest bit of each lane whose sign is anywhere
    /// in the pattern.
    fn cost(self, mentioned: u64) -> u32 {
        let weight = match mentioned >> (self.index * LANE_BITS) & 1 {
            _ if self.most > 0 || self.byte() == b' ' => BEFORE,
            1 => ANYWHERE,
            _ => UNSEEN,
        };
        self.usually() * weight
    }

    /// How many bytes of a text have no more of them, about.
    pub(crate) const fn usually(self) -> u32 {
        (self.most + 1) * BYTES[self.index as usize].1
    }
}

/// For each folded byte, what one such byte of a pattern adds.
const OF_FOLDED: [u64; 256] = {
    let mut all = [0; 256];
    let mut index = 0;
    while index < BYTES.len() {
        all[fold(BYTES[index].0) as usize] += 1 << (index as u32 * LANE_BITS);
        index += 1;
    }
    all
};

impl Separators {
    pub(crate) const NONE: Self = Self(0);
    /// Nothing is known.
    pub(crate) const ANY: Self = Self(ONES * NO_BOUND);

    /// Those of a folded string.
    pub(crate) fn of_folded(string: &[u8]) -> Self {
        let parts = string.chunks(UNCHECKED).map(|part| {
            let sum = part.iter().map(|&byte| OF_FOLDED[usize::from(byte)]).sum();
            Self(sum)
        });
        parts.fold(Self::NONE, Self::plus)
    }

    /// Those of one character for which this tells whether it can be such a byte.
    pub(crate) fn of_character(can_be: impl Fn(u8) -> bool) -> Self {
        let lanes = BYTES.iter().rev().map(|&(byte, _)| u64::from(can_be(byte)));
        Self(lanes.fold(0, |lanes, lane| lanes << LANE_BITS | lane))
    }

    /// Those of one character of these ranges, which ascend.
    pub(crate) fn of_ranges(ranges: &[(u32, u32)]) -> Self {
        let ascii = ranges.iter().take_while(|(low, _)| *low < u128::BITS);
        let ascii = ascii.fold(0_u128, |ascii, &(low, high)| {
            let upto = u128::MAX >> (u128::BITS - 1 - high.min(u128::BITS - 1));
            ascii | upto & u128::MAX << low
        });
        Self::of_character(|byte| ascii >> byte & 1 != 0)
    }

    /// Of two parts, one after the other.
    pub(crate) fn plus(self, other: Self) -> Self {
        let sum = self.0 + other.0;
        let carried = (sum & CARRIES) >> (LANE_BITS - 1);
        Self((sum | (carried * NO_BOUND)) & !CARRIES)
    }

    /// Of one of two parts.
    pub(crate) fn or(self, other: Self) -> Self {
        let is_greater = (((self.0 | CARRIES) - other.0) & CARRIES) >> (LANE_BITS - 1);
        let greater = is_greater * NO_BOUND;
        Self(self.0 & greater | other.0 & !greater)
    }

    /// Of at most so many repetitions of a part; of any number for `None`.
    pub(crate) fn times(self, max: Option<u32>) -> Self {
        let times = max.map_or(NO_BOUND, |max| u64::from(max).min(NO_BOUND));
        (0..times).fold(Self::NONE, |all, _| all.plus(self))
    }

    /// Whether there is no line feed.
    pub(crate) fn is_in_line(self) -> bool {
        self.0 & NO_BOUND == 0
    }

    /// The one that says most about how long the part is, if any says something. `literals`: the
    /// bytes of those that the pattern requires, folded.
    pub(crate) fn best(self, literals: &[u8]) -> Option<Separator> {
        // a lane without a bound has all three bits
        let mut bounded = !(self.0 & self.0 >> 1 & self.0 >> 2) & ONES;
        let at = |lane: u32| {
            let most = (self.0 >> lane & NO_BOUND) as u32;
            Separator { index: lane / LANE_BITS, most }
        };
        if bounded & 1 << (SPACE * LANE_BITS) != 0 {
            return Some(at(SPACE * LANE_BITS));
        }
        if bounded == 0 {
            return None;
        }
        // a tab folds to the closing bracket, which hardly comes without the opening one
        let signs = literals.iter().filter(|&&byte| byte != fold(b'\t'));
        let mentioned = signs.fold(0, |all, &byte| all | OF_FOLDED[usize::from(byte)]);
        let mut best = None;
        while bounded != 0 {
            let separator = at(bounded.trailing_zeros());
            bounded &= bounded - 1;
            let cost = separator.cost(mentioned);
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, separator));
            }
        }
        best.map(|(_, separator)| separator)
    }
}

#[cfg(test)]
mod tests {
    use super::{BYTES, Separator, Separators, fold};

    fn most(separators: Separators, byte: u8) -> Option<u32> {
        let index = BYTES.iter().position(|&(other, _)| other == byte).unwrap();
        // the others have no bound
        let others = Separators::of_character(|other| other != byte).times(None);
        let only = separators.plus(others).best(&[])?;
        assert_eq!((only.index, only.byte()), (index as u32, byte));
        Some(only.most)
    }

    #[test]
    fn each_byte_is_counted_by_itself() {
        for (byte, _) in BYTES {
            let one = Separators::of_character(|other| other == byte);
            assert_eq!(one, Separators::of_ranges(&[(u32::from(byte), u32::from(byte))]));
            for (other, _) in BYTES {
                let is_same = u32::from(other == byte);
                assert_eq!(most(one, other), Some(is_same));
                for times in 0..20 {
                    let expected = Some(is_same * times).filter(|&most| most <= Separator::MOST);
                    assert_eq!(most(one.times(Some(times)), other), expected);
                    let sum = (0..times).fold(Separators::NONE, |sum, _| sum.plus(one));
                    assert_eq!(most(sum, other), expected);
                }
                assert_eq!(most(one.times(None), other), (is_same == 0).then_some(0));
            }
        }
    }

    #[test]
    fn of_two_parts_the_greater_bound_counts() {
        let quotes = |count| Separators::of_character(|byte| byte == b'"').times(Some(count));
        let lines = |count| Separators::of_character(|byte| byte == b'\n').times(Some(count));
        for (one, other) in [(0, 0), (1, 0), (0, 1), (3, 5), (6, 2), (7, 6), (9, 9)] {
            let both = quotes(one).plus(lines(2)).or(quotes(other).plus(lines(1)));
            let greater = Some(one.max(other)).filter(|&most| most <= Separator::MOST);
            assert_eq!(
                [most(both, b'"'), most(both, b'\n'), most(both, b'(')],
                [greater, Some(2), Some(0)]
            );
        }
        assert_eq!(Separators::ANY.or(quotes(1)), Separators::ANY);
        assert_eq!(Separators::ANY.plus(quotes(1)), Separators::ANY);
        assert_eq!(Separators::ANY.best(&[]), None);
        assert!(quotes(9).is_in_line() && !lines(1).is_in_line() && !Separators::ANY.is_in_line());
        assert_eq!(Separator::LINE_FEED.byte(), b'\n');
    }

    #[test]
    fn what_folds_to_the_same_byte_is_counted_for_both() {
        let folded: Vec<u8> = b"[a] \n".iter().map(|byte| byte | 0x20).collect();
        let separators = Separators::of_folded(&folded);
        for (byte, _) in BYTES {
            let expected = u32::from(b"[]{} \n".contains(&byte));
            assert_eq!(most(separators, byte), Some(expected), "{}", char::from(byte));
        }
        for length in 0..40 {
            let expected = Some(length as u32).filter(|&most| most <= Separator::MOST);
            assert_eq!(most(Separators::of_folded(&vec![b'"'; length]), b'"'), expected);
        }
    }

    /// What comes before `[8]` in `can\d\s+778\s+\[8\]`, whose texts need not have quotes.
    #[test]
    fn signs_that_the_pattern_mentions_tell_more() {
        let spaces = Separators::of_character(|byte| b" \n".contains(&byte)).times(None);
        let best = |literals: &[u8]| spaces.best(literals).map(|one| (one.byte(), one.most));
        assert_eq!(best(b""), Some((b'"', 0)));
        assert_eq!(best(b"can778"), Some((b'"', 0)));
        assert_eq!(best(b"778{8}"), Some((b'[', 0)), "which is folded");
        assert_eq!(best(b"can\"778{8}"), Some((b'"', 0)));
        assert_eq!(best(&[b'8', fold(b'\t')]), Some((b'"', 0)));
    }

    #[test]
    fn a_class_has_what_is_in_its_ranges() {
        let all_but_quote = Separators::of_ranges(&[(0, 0x21), (0x23, 0x10_FFFF)]);
        assert_eq!(most(all_but_quote, b'"'), Some(0));
        assert!(
            BYTES
                .iter()
                .all(|&(byte, _)| most(all_but_quote, byte) == Some(u32::from(byte != b'"')))
        );
        let loop_over = all_but_quote.times(None);
        assert_eq!(loop_over.best(&[]).map(|one| (one.byte(), one.most)), Some((b'"', 0)));
        assert_eq!(Separators::of_ranges(&[(0x80, 0xFFFF)]), Separators::NONE);
        assert_eq!(Separators::of_ranges(&[(0x7F, 0xFFFF)]), Separators::NONE);
        assert_eq!(Separators::of_ranges(&[]), Separators::NONE);
    }
}
