//! The sets that the first code units of every match are in, or of all that can follow a loop, and
//! the search for a place where they are.
//!
//! The search tests three of the units, those of the rarest sets, at a whole chunk of offsets at
//! once, by ranges that the compiler turns into vector code; the few offsets that pass are looked
//! at one by one.

use crate::units::char_set::CharSet;
use crate::units::unit::{Unit, UnitRange};

/// Offsets that are tested between two branches.
pub(super) const CHUNK: usize = 32;
/// Offsets that are not worth a chunk.
const FEW: usize = 8;
/// Units that are tested.
const TESTS: usize = 3;
/// Ranges of a test. A set that has more is tested by a larger one.
const RANGES: usize = 3;
/// Bit by which the ASCII letters of one case differ from those of the other.
const CASE: u8 = 0x20;
/// The ASCII characters that have that bit.
const HAS_CASE_BIT: u128 = 0xFFFF_FFFF_0000_0000_FFFF_FFFF_0000_0000;
/// All code units beyond ASCII.
const BEYOND_ASCII: UnitRange = UnitRange { low: 0x80, span: 0xFFFF - 0x80 };

/// What the first code units of every match are, one to [`Opening::MOST`].
#[derive(Clone, Debug)]
pub(crate) struct Opening {
    /// The rarest first.
    places: [Place; Self::MOST],
    len: u8,
    tests: [Test; TESTS],
}

/// The unit at a place of the opening.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    at: u8,
    set: UnitSet,
}

/// A set of code units, of which those beyond ASCII are not told apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct UnitSet {
    /// A bit for each.
    ascii: [u64; 2],
    others: bool,
}

/// Ranges in which the unit at an offset has to be.
#[derive(Clone, Copy, Debug, Default)]
struct Test {
    at: u8,
    /// Bits to set in a unit before it is compared: that of [`CASE`] or none.
    fold: u8,
    ranges: [UnitRange; RANGES],
    others: UnitRange,
}

impl Opening {
    /// More units hardly make a place rarer.
    pub(crate) const MOST: usize = 16;

    /// `sets`: of the first units, as many as are known, up to [`Self::MOST`]. `None` if they say
    /// nothing.
    pub(crate) fn new(sets: &[UnitSet]) -> Option<Self> {
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
        let rarest = known.first().filter(|rarest| rarest.set != UnitSet::ALL)?;
        let tests = std::array::from_fn(|rank| Test::new(known.get(rank).unwrap_or(rarest)));
        Some(Self { places, len: sets.len() as u8, tests })
    }

    /// Its number of code units.
    pub(crate) fn len(&self) -> usize {
        self.len.into()
    }

    /// Whether the text can open a match.
    #[inline]
    pub(crate) fn fits<U: Unit>(&self, text: &[U]) -> bool {
        text.len() >= self.len()
            && self.places[..self.len()]
                .iter()
                .all(|place| place.set.contains(text[usize::from(place.at)].wide()))
    }

    /// The first of as many offsets as `offsets` says at which the text can open a match.
    #[inline(never)]
    pub(crate) fn find<U: Unit>(&self, text: &[U], offsets: usize) -> Option<usize> {
        let offsets = offsets.min((text.len() + 1).checked_sub(self.len())?);
        if offsets <= FEW {
            return (0..offsets).find(|&at| self.fits(&text[at..]));
        }
        let mut at = 0;
        while at < offsets {
            let mut likely = self.likely(&text[at..]);
            while likely != 0 {
                let found = at + likely.trailing_zeros() as usize;
                if found >= offsets {
                    return None;
                }
                if self.fits(&text[found..]) {
                    return Some(found);
                }
                likely &= likely - 1;
            }
            at += CHUNK;
        }
        None
    }

    /// The last of as many offsets from the start of `text` at which it can open a match.
    #[inline(never)]
    pub(crate) fn find_last<U: Unit>(&self, text: &[U], offsets: usize) -> Option<usize> {
        let mut end = offsets.min((text.len() + 1).checked_sub(self.len())?);
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
        let chunk = |test: &Test| text[usize::from(test.at)..].first_chunk::<CHUNK>();
        let [Some(first), Some(second), Some(third)] = self.tests.each_ref().map(chunk) else {
            return u32::MAX;
        };
        let [one, other, another] = &self.tests;
        let mut passes = [0_u8; CHUNK];
        for at in 0..CHUNK {
            let all = one.passes(first[at]) & other.passes(second[at]) & another.passes(third[at]);
            passes[at] = all.into();
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
    const ALL: Self = Self { ascii: [u64::MAX; 2], others: true };

    pub(crate) fn add_unit(&mut self, unit: u16) {
        match unit {
            0..0x80 => self.ascii[usize::from(unit / 64)] |= 1 << (unit % 64),
            _ => self.others = true,
        }
    }

    pub(crate) fn add_set(&mut self, set: &CharSet) {
        for (word, more) in self.ascii.iter_mut().zip(set.ascii()) {
            *word |= more;
        }
        self.others |= set.has_others();
    }

    #[inline]
    fn contains(self, unit: u16) -> bool {
        match self.ascii.get(usize::from(unit / 64)) {
            Some(word) => word >> (unit % 64) & 1 == 1,
            None => self.others,
        }
    }

    fn bits(self) -> u128 {
        u128::from(self.ascii[1]) << 64 | u128::from(self.ascii[0])
    }

    /// How likely a unit is one of them.
    pub(super) fn weight(self) -> u32 {
        let mut weight = if self.others { OTHERS_WEIGHT } else { 0 };
        let mut rest = self.bits();
        while rest != 0 {
            weight += u32::from(WEIGHTS[rest.trailing_zeros() as usize]);
            rest &= rest - 1;
        }
        weight
    }
}

impl Test {
    /// Passed by every unit of the set, and by few others.
    fn new(&Place { at, set }: &Place) -> Self {
        let (mut fold, mut ranges) = (0, ranges_of(set.bits()));
        if ranges.len() > RANGES {
            let folded =
                ranges_of(set.bits() & HAS_CASE_BIT | (set.bits() & !HAS_CASE_BIT) << CASE);
            if folded.len() < ranges.len() {
                (fold, ranges) = (CASE, folded);
            }
        }
        while ranges.len() > RANGES {
            let gap = |at: &usize| ranges[at + 1].0 - ranges[*at].1;
            let narrowest = (0..ranges.len() - 1).min_by_key(gap).unwrap_or(0);
            ranges[narrowest].1 = ranges.remove(narrowest + 1).1;
        }
        let others = set.others.then_some(BEYOND_ASCII);
        let ranges = ranges
            .iter()
            .map(|&(low, high)| UnitRange { low: low.into(), span: (high - low).into() });
        let any = others.or(ranges.clone().next()).unwrap_or_default();
        let mut test = Self { at, fold, ranges: [any; RANGES], others: any };
        test.ranges.iter_mut().zip(ranges).for_each(|(to, from)| *to = from);
        test
    }

    #[inline]
    fn passes<U: Unit>(&self, unit: U) -> bool {
        let folded = unit.with_bits(self.fold.into());
        let within = |any, range: &UnitRange| any | folded.is_in(*range);
        self.ranges.iter().chain([&self.others]).fold(false, within)
    }
}

/// The runs of bits, each with its first and its last one.
fn ranges_of(mut bits: u128) -> Vec<(u8, u8)> {
    let mut ranges = Vec::with_capacity(RANGES + 1);
    let mut low = 0;
    while bits != 0 {
        let gap = bits.trailing_zeros();
        let length = (bits >> gap).trailing_ones();
        low += gap;
        ranges.push((low as u8, (low + length - 1) as u8));
        low += length;
        bits = bits.checked_shr(gap + length).unwrap_or(0);
    }
    ranges
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

/// Of all that is not ASCII.
const OTHERS_WEIGHT: u32 = 50;

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
            &[(0, 0xFFFF)],
            &[],
        ]
        .map(set)
        .to_vec()
    }

    #[test]
    fn a_place_is_found_if_every_unit_is_in_its_set() {
        let wide: Vec<u16> =
            "a0_C\n#~é\u{7f}x9Hs@!".encode_utf16().chain([0xD800]).cycle().take(150).collect();
        let narrow: Vec<u8> =
            wide.iter().filter_map(|&unit| u8::try_from(unit).ok()).filter(u8::is_ascii).collect();
        let sets = sets();
        for first in &sets {
            for second in &sets {
                for third in &sets {
                    let opening = [*first, *second, *third];
                    for len in 1..=opening.len() {
                        check(&opening[..len], &wide);
                        check(&opening[..len], &narrow);
                    }
                }
            }
        }
    }

    fn check<U: Unit + std::fmt::Debug>(sets: &[UnitSet], text: &[U]) {
        let fits = |at: usize| {
            let units = text.get(at..at + sets.len());
            units.is_some_and(|units| {
                sets.iter().zip(units).all(|(set, unit)| set.contains(unit.wide()))
            })
        };
        let Some(opening) = Opening::new(sets) else {
            assert!(sets.iter().all(|&set| set == UnitSet::ALL), "it says something: {sets:?}");
            return;
        };
        for from in [0, 1, 40, 70] {
            for offsets in [0, 1, 31, 33, 80, text.len()] {
                let wanted = (from..text.len().min(from + offsets)).find(|&at| fits(at));
                let found = opening.find(&text[from..], offsets).map(|at| from + at);
                assert_eq!(found, wanted, "{sets:?} from {from}, {offsets}");
                let wanted = (from..text.len().min(from + offsets)).rfind(|&at| fits(at));
                let found = opening.find_last(&text[from..], offsets).map(|at| from + at);
                assert_eq!(found, wanted, "the last of {sets:?} from {from}, {offsets}");
            }
        }
        assert!((0..text.len()).all(|at| opening.fits(&text[at..]) == fits(at)), "{sets:?}");
    }
}
