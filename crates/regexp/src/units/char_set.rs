//! A set of characters, in the form that the exact engine tests.

use crate::unicode::CodePointSet;
use crate::units::needle::Ahead;
use crate::units::scan;
use crate::units::unit::Unit;

/// Units that a large set lacks at most: `.` lacks four.
const MOST: usize = 4;

/// A set of code points: a bitmap for ASCII, ranges for the rest.
#[derive(Clone, Debug)]
pub(crate) struct CharSet {
    ascii: [u64; 2],
    ranges: Box<[(u32, u32)]>,
    shape: Shape,
}

/// Shapes of sets that texts can be searched for many units at a time.
#[derive(Clone, Copy, Debug)]
enum Shape {
    /// All code units.
    All,
    /// All code units but these.
    AllBut([u16; MOST]),
    Other,
}

impl CharSet {
    pub(crate) fn new(set: &CodePointSet) -> Self {
        let in_ascii = set.ranges().iter().take_while(|&&(low, _)| low < 0x80);
        let bits = in_ascii.fold(0, |bits, &(low, high)| {
            bits | u128::MAX << low & u128::MAX >> (0x7F - high.min(0x7F))
        });
        let ascii = [bits as u64, (bits >> 64) as u64];
        let ranges = set.ranges().iter().filter(|&&(_, high)| high >= 0x80).copied().collect();
        Self { ascii, ranges, shape: Shape::of(set.ranges()) }
    }

    #[inline]
    pub(crate) fn contains(&self, c: u32) -> bool {
        if c < 0x80 {
            return self.ascii[c as usize / 64] >> (c % 64) & 1 == 1;
        }
        match self.ranges.partition_point(|&(_, high)| high < c) {
            at if at < self.ranges.len() => self.ranges[at].0 <= c,
            _ => false,
        }
    }

    #[inline]
    pub(crate) fn contains_unit(&self, unit: impl Unit) -> bool {
        self.contains(unit.wide().into())
    }

    /// Its ASCII characters, a bit each.
    pub(crate) fn ascii(&self) -> [u64; 2] {
        self.ascii
    }

    /// The ranges that have characters beyond ASCII, ascending.
    pub(crate) fn others(&self) -> &[(u32, u32)] {
        &self.ranges
    }

    /// Whether no character is in both, as far as that is quickly seen.
    pub(crate) fn is_disjoint(&self, other: &Self) -> bool {
        let [low, high] = self.ascii();
        let [other_low, other_high] = other.ascii();
        let overlap = |&(low, high): &(u32, u32)| {
            let after = other.others().partition_point(|range| range.1 < low);
            other.others().get(after).is_some_and(|range| range.0 <= high)
        };
        low & other_low == 0 && high & other_high == 0 && !self.others().iter().any(overlap)
    }

    /// Whether it has characters that take two code units.
    pub(crate) fn has_pairs(&self) -> bool {
        self.ranges.last().is_some_and(|&(_, high)| high > 0xFFFF)
    }

    /// Number of units before the first that is not in the set.
    pub(crate) fn run<U: Unit>(&self, units: &[U]) -> usize {
        match self.shape {
            Shape::All => units.len(),
            Shape::AllBut(others) => scan::find(units, others),
            Shape::Other => {
                units.iter().position(|&unit| !self.contains_unit(unit)).unwrap_or(units.len())
            }
        }
    }

    /// Number of units before the first that is not in the set or where `stop` can be. For sets of
    /// other shapes, the first unit of a pair is enough to stop.
    pub(crate) fn run_before<U: Unit>(&self, units: &[U], stop: Ahead) -> usize {
        match (self.shape, stop) {
            (Shape::All, Ahead::Unit(stop)) => scan::find(units, [stop]),
            (Shape::All, Ahead::Pair(pair)) => scan::find_or_pair(units, [], pair),
            (Shape::AllBut([a, b, c, d]), Ahead::Unit(stop)) => {
                scan::find(units, [a, b, c, d, stop])
            }
            (Shape::AllBut(others), Ahead::Pair(pair)) => scan::find_or_pair(units, others, pair),
            (_, Ahead::Unit(stop) | Ahead::Pair([stop, _])) => {
                let ends = |&unit: &U| unit.wide() == stop || !self.contains_unit(unit);
                units.iter().position(ends).unwrap_or(units.len())
            }
        }
    }
}

impl Shape {
    fn of(ranges: &[(u32, u32)]) -> Self {
        let mut next = 0;
        let mut gaps = Vec::with_capacity(MOST + 1);
        for &(low, high) in ranges.iter().chain(&[(0x1_0000, 0x1_0000)]) {
            if next < low.min(0x1_0000) && gaps.len() <= MOST {
                gaps.push((next, low.min(0x1_0000) - 1));
            }
            next = high + 1;
        }
        match few(gaps.into_iter()) {
            Some((_, 0)) => Self::All,
            Some((others, _)) => Self::AllBut(others),
            None => Self::Other,
        }
    }
}

/// The units in `ranges` and their number, if they fit. The last one fills the rest.
fn few(ranges: impl Iterator<Item = (u32, u32)>) -> Option<([u16; MOST], usize)> {
    let mut units = [0; MOST];
    let mut count = 0;
    for (low, high) in ranges {
        for c in low..=high {
            *units.get_mut(count)? = u16::try_from(c).ok()?;
            count += 1;
        }
    }
    let last = units[count.saturating_sub(1)];
    units[count..].fill(last);
    Some((units, count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looking_through_a_text_is_asking_for_each_unit() {
        let text: Vec<u16> = "ab\n\u{2028}cd\u{e9}0".encode_utf16().chain([0xD800]).collect();
        let text = [text.clone(), vec![0x61; 40], text].concat();
        for ranges in [
            &[][..],
            &[(0x61, 0x61)],
            &[(0x61, 0x65)],
            &[(0x61, 0x66)],
            &[(0, 0x10_FFFF)],
            &[(0, 0xFFFF)],
            &[(0, 9), (11, 0x2027), (0x202A, 0x10_FFFF)],
            &[(0, 9), (11, 12), (14, 0x2027), (0x202A, 0x10_FFFF)],
            &[(1, 9), (11, 12), (14, 0x2027), (0x202A, 0x10_FFFF)],
            &[(1, 0xFFFE)],
            &[(0x30, 0x39), (0x1_0000, 0x10_FFFF)],
            &[(0x1_0000, 0x1_0000)],
        ] {
            let set = CharSet::new(&CodePointSet::from_ranges(ranges.iter().copied()));
            let contains = |&unit: &u16| {
                ranges.iter().any(|&(low, high)| (low..=high).contains(&u32::from(unit)))
            };
            for from in 0..text.len() {
                let text = &text[from..];
                let first =
                    |is: &dyn Fn(&u16) -> bool| text.iter().position(is).unwrap_or(text.len());
                assert_eq!(set.run(text), first(&|unit| !contains(unit)), "{ranges:x?}");
                for stop in [0x0A, 0x61, 0x65] {
                    let ends = |unit: &u16| *unit == stop || !contains(unit);
                    assert_eq!(
                        set.run_before(text, Ahead::Unit(stop)),
                        first(&ends),
                        "{ranges:x?}"
                    );
                    // no farther than the pair or what is not in the set, and no nearer than the
                    // pair's first unit
                    let run = set.run_before(text, Ahead::Pair([stop, 0x62]));
                    let pair = text.windows(2).position(|two| *two == [stop, 0x62]);
                    let outside = first(&|unit| !contains(unit));
                    assert!(run <= pair.unwrap_or(text.len()).min(outside), "{ranges:x?}");
                    assert!(run >= first(&ends), "{ranges:x?}");
                }
            }
        }
    }
}
