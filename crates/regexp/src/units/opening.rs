//! The sets that the first code units of every match are in, or of all that can follow a loop, and
//! the search for a place where they are.
//!
//! The search tests three of the units, those of the rarest sets, at a whole chunk of offsets at
//! once, by ranges that the compiler turns into vector code; the few offsets that pass are looked
//! at one by one.

use crate::text::utf16;
use crate::units::char_set::CharSet;
use crate::units::unit::Unit;

/// Offsets that are tested between two branches.
pub(super) const CHUNK: usize = 32;
/// Offsets that are not worth a chunk.
const FEW: usize = 8;
/// Units that are tested.
const TESTS: usize = 3;
/// Ranges of a test. A set that has more is tested by a larger one.
const RANGES: usize = 4;
/// Bit by which the ASCII letters of one case differ from those of the other. So do the
/// [indexes](Unit::index) of all letters whose cases are 32 units apart: most of Latin-1, of Greek
/// and of Cyrillic.
const CASE: u8 = 0x20;
/// The lower half of each 64, which lacks that bit.
const LACKS_CASE_BIT: u64 = 0x0000_0000_FFFF_FFFF;

/// What the first code units of every match are, one to [`Opening::MOST`].
#[derive(Clone, Debug)]
pub(crate) struct Opening {
    /// The rarest first.
    places: [Place; Self::MOST],
    len: u8,
    /// After how many of the units the text may be over.
    least: u8,
    echoes: Echoes,
    not_after: Option<NotAfter>,
    tests: [Test; TESTS],
}

/// Units that are the same as another one before them.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Echoes {
    /// Their places, a bit for each.
    pub(crate) places: u16,
    /// How many units before them the others are.
    pub(crate) distance: u8,
}

/// What there is not right before an opening.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NotAfter {
    units: UnitSet,
    /// Whether the text must not start here.
    is_inside: bool,
    /// Passed by none but these units.
    test: Test,
}

/// Of a chunk of offsets, those at which the tests are passed. Where places are close to each
/// other, the search for the next one goes on with what is left.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Likely {
    at: usize,
    offsets: u32,
}

/// The unit at a place of the opening.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    at: u8,
    set: UnitSet,
}

/// A set of code units: a bit for each [index](Unit::index), so that of those beyond ASCII it also
/// has some that were not added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct UnitSet([u64; 3]);

/// Ranges in which the index of the unit at an offset has to be.
#[derive(Clone, Copy, Debug, Default)]
struct Test {
    at: u8,
    /// Bits to set in an index before it is compared: that of [`CASE`] or none.
    fold: u8,
    ranges: [IndexRange; RANGES],
}

/// The indexes from `low` to `low + span`.
#[derive(Clone, Copy, Debug, Default)]
struct IndexRange {
    low: u8,
    span: u8,
}

impl Opening {
    /// More units hardly make a place rarer.
    pub(crate) const MOST: usize = 16;

    /// `sets`: of the first units, as many as are known, up to [`Self::MOST`]. The text may be over
    /// after the first `least` of them. `None` if they say nothing.
    pub(crate) fn new(
        sets: &[UnitSet],
        least: usize,
        echoes: Echoes,
        not_after: Option<NotAfter>,
    ) -> Option<Self> {
        let mut order = [0; Self::MOST];
        for ((at, place), set) in (0..).zip(&mut order).zip(sets) {
            *place = set.weight() << u8::BITS | at;
        }
        order[..sets.len()].sort_unstable();
        let place = |weighed: u32| {
            let at = weighed as u8;
            Place { at, set: sets.get(usize::from(at)).copied().unwrap_or_default() }
        };
        let places = order.map(place);
        let known = &places[..sets.len()];
        let says_something = |rarest: &&Place| {
            rarest.set != UnitSet::ALL || echoes.places != 0 || not_after.is_some()
        };
        let rarest = known.first().filter(says_something)?;
        let tests = std::array::from_fn(|rank| Test::new(known.get(rank).unwrap_or(rarest)));
        let (len, least) = (sets.len() as u8, least.min(sets.len()) as u8);
        Some(Self { places, len, least, echoes, not_after, tests })
    }

    /// Its number of code units.
    pub(crate) fn len(&self) -> usize {
        self.len.into()
    }

    /// Whether the text can open a match, as far as what is before it allows that.
    #[inline]
    pub(crate) fn fits<U: Unit>(&self, text: &[U]) -> bool {
        let has = |place: &Place| match text.get(usize::from(place.at)) {
            Some(&unit) => place.set.contains(unit),
            // the text is over where it may be
            None => true,
        };
        text.len() >= self.least.into()
            && self.echoes(text)
            && self.places[..self.len()].iter().all(has)
    }

    /// Whether it is at the end of a text, too.
    pub(crate) fn can_be_empty(&self) -> bool {
        self.least == 0
    }

    /// How many offsets of a text of this length, from its start on, have enough units after them.
    fn offsets(&self, length: usize) -> usize {
        (length + 1).saturating_sub(self.least.into())
    }

    #[inline]
    fn echoes<U: Unit>(&self, text: &[U]) -> bool {
        let Echoes { places: mut left, distance } = self.echoes;
        while left != 0 {
            let at = left.trailing_zeros() as usize;
            if text.get(at).is_some_and(|&unit| unit != text[at - usize::from(distance)]) {
                return false;
            }
            left &= left - 1;
        }
        true
    }

    /// Whether the text can open a match at `at`.
    #[inline]
    fn fits_at<U: Unit>(&self, text: &[U], at: usize) -> bool {
        self.not_after.is_none_or(|not_after| not_after.allows(text, at)) && self.fits(&text[at..])
    }

    /// The first of as many offsets from `from` as `offsets` says at which the text can open a
    /// match, less `from`.
    #[inline]
    pub(crate) fn find<U: Unit>(&self, text: &[U], from: usize, offsets: usize) -> Option<usize> {
        self.find_next(text, from, offsets, &mut Likely::default())
    }

    /// [`Self::find`], where `known` is of the search before in this text.
    #[inline(never)]
    pub(crate) fn find_next<U: Unit>(
        &self,
        text: &[U],
        from: usize,
        offsets: usize,
        known: &mut Likely,
    ) -> Option<usize> {
        let end = self.offsets(text.len()).min(from + offsets);
        let (mut at, mut likely, mut next) = match from.checked_sub(known.at) {
            Some(passed @ 0..CHUNK) if known.offsets != 0 => {
                (known.at, known.offsets & u32::MAX << passed, known.at + CHUNK)
            }
            _ if end.saturating_sub(from) <= FEW => {
                return (from..end).find(|&at| self.fits_at(text, at)).map(|at| at - from);
            }
            _ => (from, 0, from),
        };
        loop {
            while likely != 0 {
                let found = at + likely.trailing_zeros() as usize;
                if found >= end {
                    return None;
                }
                if self.fits_at(text, found) {
                    *known = Likely { at, offsets: likely };
                    return Some(found - from);
                }
                likely &= likely - 1;
            }
            if next >= end {
                return None;
            }
            (at, likely) = (next, self.likely_at(text, next));
            next += CHUNK;
        }
    }

    /// A bit for each offset from `at` that passes the tests.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "the tests are prepared once for all chunks")]
    fn likely_at<U: Unit>(&self, text: &[U], at: usize) -> u32 {
        let likely = self.likely(&text[at..]);
        match (&self.not_after, at.checked_sub(1)) {
            (Some(not_after), Some(before)) => likely & not_after.likely(&text[before..]),
            _ => likely,
        }
    }

    /// The last of as many offsets from the start of `text` at which it can open a match.
    #[inline(never)]
    pub(crate) fn find_last<U: Unit>(&self, text: &[U], offsets: usize) -> Option<usize> {
        let mut end = self.offsets(text.len()).min(offsets);
        if end <= FEW {
            return (0..end).rfind(|&at| self.fits(&text[at..]));
        }
        while end > 0 {
            let from = end.saturating_sub(CHUNK);
            let mut likely = self.likely(&text[from..]) & u32::MAX >> (CHUNK - (end - from));
            while let Some(last) = likely.checked_ilog2() {
                let found = from + last as usize;
                if self.fits(&text[found..]) {
                    return Some(found);
                }
                likely ^= 1 << last;
            }
            end = from;
        }
        None
    }

    /// A bit for each of the first offsets that passes the tests. All, where there are fewer units
    /// than are tested at once.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "the tests are prepared once for all chunks")]
    fn likely<U: Unit>(&self, text: &[U]) -> u32 {
        let chunk = |at: u8| text.get(usize::from(at)..)?.first_chunk::<CHUNK>();
        let chunks = self.tests.each_ref().map(|test| chunk(test.at));
        let [Some(first), Some(second), Some(third)] = chunks else {
            return u32::MAX;
        };
        let [one, other, another] = &self.tests;
        let mut passes = [0_u8; CHUNK];
        for at in 0..CHUNK {
            let all = one.passes(first[at].index())
                & other.passes(second[at].index())
                & another.passes(third[at].index());
            passes[at] = all.into();
        }
        let Echoes { places, distance } = self.echoes;
        if let Some(last) = places.checked_ilog2() {
            // a text has many that are the same twice, and few that are so all the time
            for echo in [places.trailing_zeros() as u8, last as u8] {
                if let (Some(before), Some(units)) = (chunk(echo - distance), chunk(echo)) {
                    for at in 0..CHUNK {
                        passes[at] &= u8::from(before[at] == units[at]);
                    }
                }
            }
        }
        bits(passes)
    }
}

impl NotAfter {
    /// Not after these units, of which those beyond ASCII are all that have their indexes. Where
    /// the text does not start either if `is_inside`.
    pub(crate) fn new(units: UnitSet, is_inside: bool) -> Self {
        Self { units, is_inside, test: Test::within(units) }
    }

    pub(crate) fn and(self, other: Self) -> Self {
        let mut units = self.units;
        units.add_units(other.units);
        Self::new(units, self.is_inside || other.is_inside)
    }

    #[inline]
    fn allows<U: Unit>(&self, text: &[U], at: usize) -> bool {
        match at.checked_sub(1) {
            Some(before) => !self.units.contains(text[before]),
            None => !self.is_inside,
        }
    }

    /// A bit for each unit after which there can be an opening, as far as it is tested.
    #[inline]
    fn likely<U: Unit>(&self, text: &[U]) -> u32 {
        let Some(units) = text.first_chunk::<CHUNK>() else { return u32::MAX };
        let mut passes = [0_u8; CHUNK];
        for at in 0..CHUNK {
            passes[at] = (!self.test.passes(units[at].index())).into();
        }
        bits(passes)
    }
}

/// The lowest bits of the bytes, the first one's lowest.
pub(super) fn bits(bytes: [u8; CHUNK]) -> u32 {
    let (eights, _) = bytes.as_chunks::<8>();
    let mut bits = 0;
    for (at, &eight) in eights.iter().enumerate() {
        // moves the eight bits side by side: each product that lands in the top byte is one of them
        let gathered = u64::from_le_bytes(eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        bits |= (gathered as u32) << (8 * at);
    }
    bits
}

impl UnitSet {
    pub(crate) const ALL: Self = Self([u64::MAX; 3]);
    /// Letters, digits and `_`, as `\b` tells them from others.
    pub(crate) const WORD: Self = Self([0x03FF_0000_0000_0000, 0x07FF_FFFE_87FF_FFFE, 0]);
    /// Line feed, carriage return, U+2028 and U+2029.
    pub(crate) const LINE_ENDS: Self = Self([1 << 0x0A | 1 << 0x0D, 0, 1 << 0x28 | 1 << 0x29]);

    pub(crate) fn of(set: &CharSet) -> Self {
        let mut units = Self::default();
        units.add_set(set);
        units
    }

    pub(crate) fn of_units(units: &[u16]) -> Self {
        let mut set = Self::default();
        for &unit in units {
            set.add_unit(unit);
        }
        set
    }

    /// Those of ASCII.
    pub(crate) fn ascii(self) -> Self {
        let Self([low, high, _]) = self;
        Self([low, high, 0])
    }

    /// All other units. Of those beyond ASCII, none that may be in the set.
    pub(crate) fn complement(self) -> Self {
        Self(self.0.map(|word| !word))
    }

    pub(crate) fn is_within(self, other: Self) -> bool {
        self.0.iter().zip(other.0).all(|(own, other)| own & !other == 0)
    }

    pub(crate) fn add_units(&mut self, others: Self) {
        self.0.iter_mut().zip(others.0).for_each(|(own, other)| *own |= other);
    }

    pub(crate) fn add_unit(&mut self, unit: u16) {
        let index = unit.index();
        self.0[usize::from(index / 64)] |= 1 << (index % 64);
    }

    /// Of characters that take two code units, it adds the first one.
    pub(crate) fn add_set(&mut self, set: &CharSet) {
        let [low, high, others] = &mut self.0;
        let [more_low, more_high] = set.ascii();
        (*low, *high) = (*low | more_low, *high | more_high);
        for &(first, last) in set.others() {
            if *others == u64::MAX {
                break;
            }
            if first <= 0xFFFF {
                *others |= others_of(first.max(0x80), last.min(0xFFFF));
            }
            if last > 0xFFFF {
                let lead = |c: u32| u32::from(utf16::split(c).0);
                *others |= others_of(lead(first.max(0x1_0000)), lead(last));
            }
        }
    }

    /// Whether it has the unit; perhaps also if it has another one beyond ASCII.
    #[inline]
    pub(crate) fn contains(&self, unit: impl Unit) -> bool {
        let index = unit.index();
        self.0.get(usize::from(index / 64)).is_some_and(|word| word >> (index % 64) & 1 == 1)
    }

    /// The indexes with [`CASE`] set.
    fn folded(self) -> Self {
        Self(self.0.map(|word| word & !LACKS_CASE_BIT | (word & LACKS_CASE_BIT) << CASE))
    }

    /// The runs of indexes, each with its first and its last one.
    fn ranges(self) -> Vec<(u8, u8)> {
        let mut ranges: Vec<(u8, u8)> = Vec::with_capacity(RANGES + 1);
        for (mut rest, base) in self.0.into_iter().zip([0, 64, 128]) {
            while rest != 0 {
                let gap = rest.trailing_zeros();
                let length = (rest >> gap).trailing_ones();
                rest &= !(u64::MAX >> (u64::BITS - length) << gap);
                let (low, high) = (base + gap as u8, base + (gap + length - 1) as u8);
                match ranges.last_mut() {
                    Some((_, last)) if *last + 1 == low => *last = high,
                    _ => ranges.push((low, high)),
                }
            }
        }
        ranges
    }

    /// How likely a unit is one of them.
    pub(super) fn weight(self) -> u32 {
        let [low, high, others] = self.0;
        let mut weight = others.count_ones() * OTHER_WEIGHT;
        let mut rest = u128::from(high) << 64 | u128::from(low);
        while rest != 0 {
            weight += weight_of(rest.trailing_zeros() as u8);
            rest &= rest - 1;
        }
        weight
    }
}

/// The bits of units beyond ASCII.
fn others_of(first: u32, last: u32) -> u64 {
    match last - first {
        span @ 0..63 => (u64::MAX >> (63 - span)).rotate_left(first % 64),
        _ => u64::MAX,
    }
}

impl Test {
    /// Passed by every unit of the set, and by few others.
    fn new(&Place { at, set }: &Place) -> Self {
        let (mut fold, mut ranges) = (0, set.ranges());
        if ranges.len() > RANGES {
            let folded = set.folded().ranges();
            if folded.len() < ranges.len() {
                (fold, ranges) = (CASE, folded);
            }
        }
        while ranges.len() > RANGES {
            let gap =
                |at: &usize| (ranges[*at].1 + 1..ranges[at + 1].0).map(weight_of).sum::<u32>();
            let rarest = (0..ranges.len() - 1).min_by_key(gap).unwrap_or(0);
            ranges[rarest].1 = ranges.remove(rarest + 1).1;
        }
        Self::of(at, fold, &ranges)
    }

    /// `ranges`: as many as there is room for.
    fn of(at: u8, fold: u8, ranges: &[(u8, u8)]) -> Self {
        let mut ranges = ranges.iter().map(|&(low, high)| IndexRange { low, span: high - low });
        // no unit has this index
        let never = IndexRange { low: u8::MAX, span: 0 };
        let any = ranges.next().unwrap_or(never);
        Self { at, fold, ranges: std::array::from_fn(|_| ranges.next().unwrap_or(any)) }
    }

    /// Passed by no unit but those of the set.
    fn within(set: UnitSet) -> Self {
        let mut ranges = set.ranges();
        while ranges.len() > RANGES {
            let weight = |at: &usize| (ranges[*at].0..=ranges[*at].1).map(weight_of).sum::<u32>();
            ranges.remove((0..ranges.len()).min_by_key(weight).unwrap_or(0));
        }
        Self::of(0, 0, &ranges)
    }

    #[inline]
    fn passes(&self, index: u8) -> bool {
        let folded = index | self.fold;
        let within = |any, range: &IndexRange| any | (folded.wrapping_sub(range.low) <= range.span);
        self.ranges.iter().fold(false, within)
    }
}

/// How frequent each character is in errors, about: thousandths.
const WEIGHTS: [u8; 0x80] = {
    let mut weights = [0; 0x80];
    let mut c = 0;
    while c < weights.len() {
        weights[c] = match c as u8 {
            b' ' => 120,
            b'e' | b't' | b'a' | b'o' | b'n' | b'i' | b'r' | b's' => 50,
            b'q' | b'z' | b'x' | b'j' | b'k' | b'v' => 6,
            b'a'..=b'z' => 20,
            b'.' | b'/' | b':' | b'-' | b'_' | b'\n' | b'"' | b'(' | b')' | b',' => 12,
            b'0'..=b'9' => 10,
            b'A'..=b'Z' => 5,
            0x21..=0x7E => 3,
            _ => 1,
        };
        c += 1;
    }
    weights
};

/// Of each index beyond ASCII. A letter of most scripts has one for each case, and such scripts are
/// about as rich in letters as Latin.
const OTHER_WEIGHT: u32 = 10;

/// How frequent the units with an index are, about.
fn weight_of(index: u8) -> u32 {
    WEIGHTS.get(usize::from(index)).map_or(OTHER_WEIGHT, |&weight| weight.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unicode::CodePointSet;

    fn set(ranges: &[(u32, u32)]) -> UnitSet {
        let mut set = UnitSet::default();
        set.add_set(&CharSet::new(&CodePointSet::from_ranges(ranges.iter().copied())));
        set
    }

    /// Sets with few and with many ranges, with and without case, and beyond ASCII.
    fn sets() -> Vec<UnitSet> {
        [
            &[(0x61, 0x61)][..],
            &[(0x30, 0x39)],
            &[(0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)],
            &[(0x43, 0x43), (0x48, 0x48), (0x53, 0x53), (0x63, 0x63), (0x68, 0x68), (0x73, 0x73)],
            &[(0x21, 0x21), (0x23, 0x23), (0x25, 0x25), (0x40, 0x40), (0x7E, 0x7E)],
            &[(0, 9), (11, 12), (14, 0xFFFF)],
            &[(0x7F, 0x80)],
            &[(0xE9, 0xE9)],
            &[(0x41E, 0x41E), (0x43E, 0x43E), (0x1C82, 0x1C82)],
            &[(0x30, 0x39), (0x410, 0x44F), (0x4E00, 0x9FFF)],
            &[(0x1_F600, 0x1_F64F)],
            &[(0, 0xFFFF)],
            &[],
        ]
        .map(set)
        .to_vec()
    }

    #[test]
    fn a_set_has_all_its_units() {
        for ranges in [
            &[(0, 0x7F)][..],
            &[(0x7F, 0x80), (0x3FF, 0x401)],
            &[(0x410, 0x44E)],
            &[(0x410, 0x44F)],
            &[(0xA0, 0xA0), (0x2000, 0x200A), (0x2028, 0x2029), (0x3000, 0x3000)],
            &[(0xD83D, 0xD83D), (0xDE00, 0xDE4F), (0xFFFF, 0xFFFF)],
            &[(0x61, 0x7A), (0xFFF0, 0x1_0FFF)],
            &[(0x1_F600, 0x1_F64F), (0x10_FFFF, 0x10_FFFF)],
        ] {
            let (of_ranges, mut of_units) = (set(ranges), UnitSet::default());
            for c in ranges.iter().flat_map(|&(low, high)| low..=high) {
                let unit = u16::try_from(c).unwrap_or_else(|_| utf16::split(c).0);
                assert!(of_ranges.contains(unit), "{c:x} of {ranges:x?}");
                of_units.add_unit(unit);
            }
            assert_eq!(of_units, of_ranges, "{ranges:x?}");
        }
    }

    #[test]
    fn letters_of_a_script_are_told_apart() {
        for (first, last) in [(0xC0, 0xDE), (0x391, 0x3A9), (0x410, 0x42F)] {
            for c in first..=last {
                let letter = set(&[(c, c), (c + 32, c + 32)]);
                let others = (first..=last).filter(|&other| other != c && other != c + 32);
                let has = |other: u32| letter.contains(u16::try_from(other).unwrap());
                assert!(has(c) && has(c + 32) && !others.into_iter().any(has), "{c:x}");
                // both cases in one range
                assert_eq!(letter.folded().ranges().len(), 1);
            }
        }
    }

    #[test]
    fn a_place_is_found_if_every_unit_is_in_its_set() {
        let wide: Vec<u16> = "a0_CC\n#~éé\u{7f}x99Hs@!оОᲂж中😀"
            .encode_utf16()
            .chain([0xD800])
            .cycle()
            .take(150)
            .collect();
        let narrow: Vec<u8> =
            wide.iter().filter_map(|&unit| u8::try_from(unit).ok()).filter(u8::is_ascii).collect();
        let sets = sets();
        let not_after = [
            None,
            Some(NotAfter::new(UnitSet::WORD, false)),
            Some(NotAfter::new(UnitSet::WORD.complement(), true)),
        ];
        for first in &sets {
            for second in &sets {
                for third in &sets {
                    let opening = [*first, *second, *third];
                    for len in 1..=opening.len() {
                        for (places, distance) in
                            [(0, 0), (0b10, 1), (0b100, 1), (0b110, 1), (0b100, 2)]
                        {
                            if places >> len != 0 {
                                continue;
                            }
                            let echoes = Echoes { places, distance };
                            let not_after = not_after[(len + first.ranges().len()) % 3];
                            for least in [len, second.ranges().len() % len] {
                                check(&opening[..len], least, echoes, not_after, &wide);
                                check(&opening[..len], least, echoes, not_after, &narrow);
                            }
                        }
                    }
                }
            }
        }
    }

    fn check<U: Unit + std::fmt::Debug>(
        sets: &[UnitSet],
        least: usize,
        echoes: Echoes,
        not_after: Option<NotAfter>,
        text: &[U],
    ) {
        let fits = |at: usize| {
            let units = &text[at..text.len().min(at + sets.len())];
            let echoes = |at: usize| {
                let is_echo = echoes.places >> at & 1 == 1;
                !is_echo || units[at] == units[at - usize::from(echoes.distance)]
            };
            units.len() >= least
                && (1..units.len()).all(echoes)
                && sets.iter().zip(units).all(|(set, unit)| set.contains(*unit))
        };
        let follows = |at: usize| not_after.is_none_or(|not_after| not_after.allows(text, at));
        let Some(opening) = Opening::new(sets, least, echoes, not_after) else {
            assert!(sets.iter().all(|&set| set == UnitSet::ALL), "it says something: {sets:?}");
            return;
        };
        for from in [0, 1, 40, 70] {
            for offsets in [0, 1, 31, 33, 80, text.len()] {
                let mut all = from..(text.len() + 1).min(from + offsets);
                let wanted = all.clone().find(|&at| fits(at) && follows(at));
                let found = opening.find(text, from, offsets).map(|at| from + at);
                assert_eq!(found, wanted, "{sets:?} {not_after:?} from {from}, {offsets}");
                let wanted = all.rfind(|&at| fits(at));
                let found = opening.find_last(&text[from..], offsets).map(|at| from + at);
                assert_eq!(found, wanted, "the last of {sets:?} from {from}, {offsets}");
            }
        }
        assert!((0..=text.len()).all(|at| opening.fits(&text[at..]) == fits(at)), "{sets:?}");
    }

    #[test]
    fn a_place_is_not_after_certain_units() {
        let word = |unit: u16| UnitSet::WORD.contains(unit);
        assert!((0..0x300).all(|unit| {
            word(unit) == u8::try_from(unit).is_ok_and(|c| c.is_ascii_alphanumeric() || c == b'_')
        }));
        let not_after = NotAfter::new(UnitSet::WORD, false);
        assert!(not_after.allows(b"a", 0) && !not_after.allows(b"a-", 1));
        let inside = not_after.and(NotAfter::new(set(&[(0x2D, 0x2D)]), true));
        assert!([0, 1, 2].iter().all(|&at| !inside.allows(b"a-.", at)));
        assert!(inside.allows(b"a-.", 3));
    }

    #[test]
    fn without_units_a_test_is_never_passed() {
        let after_any = NotAfter::new(UnitSet::ALL.complement(), true);
        let opening = Opening::new(&[set(&[(0x78, 0x78)])], 1, Echoes::default(), Some(after_any));
        let text = format!("{}\0x{}", "a".repeat(50), "b".repeat(90));
        assert_eq!(opening.unwrap().find(text.as_bytes(), 0, text.len()), Some(51));
    }
}
