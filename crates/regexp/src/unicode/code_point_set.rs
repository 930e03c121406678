//! Sets of code points as sorted ranges.
//!
//! Every character class of a pattern becomes one of these before it is compiled, so a list of
//! thousands of patterns makes tens of thousands. A set is one allocation, or none if it is a
//! constant. An operation is one merge of two sorted lists, whatever the number of code points.
//!
//! Invariant: ranges are inclusive, sorted, and neither overlap nor touch. So two sets are equal
//! exactly when their ranges are.

use std::borrow::Cow;

/// The last code point.
pub const MAX_CODE_POINT: u32 = 0x0010_FFFF;

/// A set of code points 0..=0x10FFFF. Surrogates are ordinary members.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct CodePointSet {
    ranges: Cow<'static, [(u32, u32)]>,
}

impl CodePointSet {
    /// The empty set.
    pub fn new() -> Self {
        Self::default()
    }

    /// The union of inclusive ranges, in any order, overlapping or not. [`Self::add_range`] says
    /// what odd ranges add.
    pub fn from_ranges(ranges: impl IntoIterator<Item = (u32, u32)>) -> Self {
        let mut ranges: Vec<_> = ranges.into_iter().filter_map(clip).collect();
        if !ranges.is_sorted() {
            ranges.sort_unstable();
        }
        join(&mut ranges);
        Self { ranges: ranges.into() }
    }

    /// The set of ranges that satisfy the invariant.
    pub(super) const fn constant(ranges: &'static [(u32, u32)]) -> Self {
        Self { ranges: Cow::Borrowed(ranges) }
    }

    /// Every code point, 0..=0x10FFFF.
    pub fn all() -> Self {
        Self::constant(&[(0, MAX_CODE_POINT)])
    }

    /// The set of one code point. Over 0x10FFFF it is empty.
    pub fn single(code_point: u32) -> Self {
        Self::from_ranges([(code_point, code_point)])
    }

    /// The ranges, inclusive at both ends, ascending.
    pub fn ranges(&self) -> &[(u32, u32)] {
        &self.ranges
    }

    /// Whether `code_point` is a member. Logarithmic in the number of ranges.
    pub fn contains(&self, code_point: u32) -> bool {
        let after = self.ranges.partition_point(|&(low, _)| low <= code_point);
        after > 0 && code_point <= self.ranges[after - 1].1
    }

    /// Whether code points can be told by single code units: no member is a pair of them or half of
    /// one.
    pub(crate) fn is_by_unit(&self) -> bool {
        let is_one = |&(low, high): &(u32, u32)| high < 0xD800 || low > 0xDFFF && high <= 0xFFFF;
        self.ranges.iter().all(is_one)
    }

    /// Whether there is no member.
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// The number of code points, 0..=0x110000.
    pub fn len(&self) -> u32 {
        self.ranges.iter().map(|&(low, high)| high - low + 1).sum()
    }

    /// Adds `low..=high`. What is over 0x10FFFF is left out, and a range with swapped ends adds
    /// nothing.
    pub fn add_range(&mut self, low: u32, high: u32) {
        let Some((low, high)) = clip((low, high)) else { return };
        // Most classes are written in ascending order: then this is a push, or it extends the last
        // range.
        let first = match self.ranges.last() {
            Some(&(_, last)) if last.saturating_add(1) >= low => {
                self.ranges.partition_point(|&(_, end)| end + 1 < low)
            }
            _ => self.ranges.len(),
        };
        let touched = self.ranges[first..].partition_point(|&(start, _)| start <= high + 1);
        let ranges = self.ranges.to_mut();
        if touched == 0 {
            ranges.insert(first, (low, high));
        } else {
            let last = ranges[first + touched - 1].1;
            ranges[first] = (low.min(ranges[first].0), high.max(last));
            ranges.drain(first + 1..first + touched);
        }
    }

    /// Adds the members of `other`.
    pub fn union(&mut self, other: &Self) {
        match &*other.ranges {
            [] => {}
            &[(low, high)] => self.add_range(low, high),
            _ if self.is_empty() => self.ranges.clone_from(&other.ranges),
            _ => {
                let mut ranges = merged(&self.ranges, &other.ranges);
                join(&mut ranges);
                self.ranges = ranges.into();
            }
        }
    }

    /// Keeps only the members that `other` has too.
    pub fn intersect(&mut self, other: &Self) {
        let (left, right) = (&self.ranges, &other.ranges);
        let mut kept = Vec::new();
        let (mut i, mut j) = (0, 0);
        while i < left.len() && j < right.len() {
            let low = left[i].0.max(right[j].0);
            let high = left[i].1.min(right[j].1);
            if low <= high {
                kept.push((low, high));
            }
            if left[i].1 < right[j].1 {
                i += 1;
            } else {
                j += 1;
            }
        }
        self.ranges = kept.into();
    }

    /// Removes the members of `other`.
    pub fn subtract(&mut self, other: &Self) {
        if !self.is_empty() && !other.is_empty() {
            self.intersect(&other.complement());
        }
    }

    /// Every code point 0..=0x10FFFF that is not a member.
    #[must_use]
    pub fn complement(&self) -> Self {
        let mut ranges = Vec::with_capacity(self.ranges.len() + 1);
        let mut next = 0;
        for &(low, high) in &*self.ranges {
            if next < low {
                ranges.push((next, low - 1));
            }
            next = high + 1;
        }
        if next <= MAX_CODE_POINT {
            ranges.push((next, MAX_CODE_POINT));
        }
        Self { ranges: ranges.into() }
    }
}

/// The part of a range that is in 0..=0x10FFFF.
fn clip((low, high): (u32, u32)) -> Option<(u32, u32)> {
    let high = high.min(MAX_CODE_POINT);
    (low <= high).then_some((low, high))
}

/// The ranges of both lists, which are ascending, in one.
fn merged<'r>(mut one: &'r [(u32, u32)], mut other: &'r [(u32, u32)]) -> Vec<(u32, u32)> {
    let mut all = Vec::with_capacity(one.len() + other.len());
    while let (Some(first), Some(second)) = (one.first(), other.first()) {
        let least = if first <= second { &mut one } else { &mut other };
        all.push(least[0]);
        *least = &least[1..];
    }
    all.extend_from_slice(one);
    all.extend_from_slice(other);
    all
}

/// Restores the invariant of ranges that are sorted by their lower end.
fn join(ranges: &mut Vec<(u32, u32)>) {
    ranges.dedup_by(|next, kept| {
        let joins = next.0 <= kept.1 + 1;
        if joins {
            kept.1 = kept.1.max(next.1);
        }
        joins
    });
}

#[cfg(test)]
mod tests {
    use super::{CodePointSet, MAX_CODE_POINT};
    use std::collections::BTreeSet;
    use std::hash::{BuildHasher, RandomState};

    /// splitmix64: small, and good enough to choose test cases.
    struct Random(u64);

    impl Random {
        fn below(&mut self, limit: u32) -> u32 {
            self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mut z = self.0;
            z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            ((z ^ (z >> 31)) % u64::from(limit)) as u32
        }
    }

    /// The oracle stores every member. It covers one of the two ends of the code space, where
    /// off-by-one errors are.
    struct Oracle {
        members: BTreeSet<u32>,
        base: u32,
    }

    const SPAN: u32 = 64;

    impl Oracle {
        fn check(&self, set: &CodePointSet, what: &str) {
            for &(low, high) in set.ranges() {
                assert!(low <= high && high <= MAX_CODE_POINT, "{what}: {set:?}");
            }
            for pair in set.ranges().windows(2) {
                assert!(pair[0].1 + 1 < pair[1].0, "{what}: {set:?}");
            }
            for c in self.base..self.base + SPAN {
                assert_eq!(set.contains(c), self.members.contains(&c), "{what}: {c:#X} {set:?}");
            }
            assert_eq!(set.len() as usize, self.members.len(), "{what}: {set:?}");
            assert_eq!(set.is_empty(), self.members.is_empty(), "{what}");
        }
    }

    fn seed() -> u64 {
        match std::env::var("SEED") {
            Ok(text) => text.parse().expect("SEED is a decimal number"),
            Err(_) => RandomState::new().hash_one(0),
        }
    }

    #[test]
    fn agrees_with_a_set_of_single_members() {
        let seed = seed();
        let mut random = Random(seed);
        for round in 0..5_000 {
            let base = if round % 2 == 0 { 0 } else { MAX_CODE_POINT + 1 - SPAN };
            let what = format!("SEED={seed} round {round}");
            let pick = |random: &mut Random| {
                let mut ranges = Vec::new();
                let mut members = BTreeSet::new();
                for _ in 0..random.below(7) {
                    let low = random.below(SPAN);
                    let high = (low + random.below(8)).min(SPAN - 1);
                    ranges.push((base + low, base + high));
                    members.extend(base + low..=base + high);
                }
                (ranges, Oracle { members, base })
            };
            let (ranges, left) = pick(&mut random);
            let (other_ranges, right) = pick(&mut random);

            let set = CodePointSet::from_ranges(ranges.iter().copied());
            let other = CodePointSet::from_ranges(other_ranges);
            left.check(&set, &what);
            right.check(&other, &what);

            let mut added = CodePointSet::new();
            for &(low, high) in &ranges {
                added.add_range(low, high);
            }
            assert_eq!(added, set, "{what}");

            let mut result = set.clone();
            result.union(&other);
            Oracle { members: &left.members | &right.members, base }.check(&result, &what);

            let mut result = set.clone();
            result.intersect(&other);
            Oracle { members: &left.members & &right.members, base }.check(&result, &what);

            let mut result = set.clone();
            result.subtract(&other);
            Oracle { members: &left.members - &right.members, base }.check(&result, &what);

            let complement = set.complement();
            assert_eq!(complement.len(), MAX_CODE_POINT + 1 - set.len(), "{what}");
            assert!((base..base + SPAN).all(|c| complement.contains(c) != set.contains(c)));
            assert_eq!(complement.complement(), set, "{what}");
        }
    }

    #[test]
    fn odd_ranges_are_clipped_or_ignored() {
        let mut set = CodePointSet::from_ranges([(9, 3), (0x11_0000, u32::MAX), (5, 5)]);
        assert_eq!(set.ranges(), [(5, 5)]);
        set.add_range(9, 3);
        set.add_range(0x10_FFFF, u32::MAX);
        assert_eq!(set.ranges(), [(5, 5), (0x10_FFFF, 0x10_FFFF)]);
        assert!(!set.contains(u32::MAX));
        assert!(CodePointSet::single(0x11_0000).is_empty());
    }

    #[test]
    fn the_whole_and_the_empty_set() {
        assert_eq!(CodePointSet::all().len(), 0x11_0000);
        assert_eq!(CodePointSet::all().complement(), CodePointSet::new());
        assert_eq!(CodePointSet::new().complement(), CodePointSet::all());
        let mut set = CodePointSet::all();
        set.add_range(0, 0);
        set.add_range(0x10_FFFF, 0x10_FFFF);
        assert_eq!(set, CodePointSet::all());
    }
}
