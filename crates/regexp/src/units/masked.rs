//! A string whose units may differ in some bits, as letters do under `i`, and the search for it.

use crate::units::opening::{CHUNK, UnitSet, bits};
use crate::units::unit::Unit;

/// The most units that are split in two: that takes a look at each way to do so.
const MOST_SPLIT: usize = 4;

/// A code unit, or one of several: those of two [`Masked`]. Some others may be among them, too.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct MaskedUnit {
    /// Twice the same, if one is enough.
    any: [Masked; 2],
    /// How unlikely they are at a place: a binary logarithm.
    rarity: u8,
}

/// The units that become `unit` where the bits of `mask` are set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Masked {
    mask: u16,
    unit: u16,
}

/// Two to [`MaskedString::MOST`] units, one after the other.
#[derive(Debug)]
pub(crate) struct MaskedString {
    /// The two rarest of them, which are tested at many places at once.
    probes: [Probe; 2],
    units: Box<[MaskedUnit]>,
}

/// One of the units, and where it is among them.
#[derive(Clone, Copy, Debug)]
struct Probe {
    at: u8,
    any: [Masked; 2],
}

/// A [`Masked`] in the width of a text.
#[derive(Clone, Copy, PartialEq)]
struct Narrow<U> {
    mask: u16,
    unit: U,
}

impl MaskedUnit {
    /// One of `units`, which are at least one.
    #[inline(never)]
    pub(crate) fn new(units: &[u16]) -> Self {
        let rarity = 10 - (UnitSet::of_units(units).weight() | 1).ilog2() as u8;
        Self { any: Masked::two(units), rarity }
    }

    #[inline]
    fn is(self, unit: u16) -> bool {
        self.any.iter().any(|any| unit | any.mask == any.unit)
    }
}

impl Masked {
    /// The units, and as few others as possible.
    fn of(units: impl Iterator<Item = u16>) -> Self {
        let (mut all, mut any) = (u16::MAX, 0);
        for unit in units {
            (all, any) = (all & unit, any | unit);
        }
        Self { mask: any & !all, unit: any }
    }

    /// The same with two, which tell more apart: a letter may have a variant far from its two cases
    /// (Kelvin sign, Cyrillic `о`), and these may differ in more than one bit (Cyrillic `р`).
    fn two(units: &[u16]) -> [Self; 2] {
        let only = Self::of(units.iter().copied());
        let (mut best, mut least) = ([only; 2], only.count());
        // each way to split them, by the units that are in the other half. The first one is not
        let ways = if units.len() <= MOST_SPLIT { 1 << (units.len() - 1) } else { 1 };
        for way in 1..ways {
            // there is nothing to gain
            if least <= units.len() as u32 {
                break;
            }
            let half = |is_other: bool| {
                let is_in = move |at: usize| (way << 1 >> at & 1 == 1) == is_other;
                let units = units.iter().enumerate();
                Self::of(units.filter(|&(at, _)| is_in(at)).map(|(_, &unit)| unit))
            };
            let halves = [half(false), half(true)];
            let count = halves[0].count() + halves[1].count();
            if count < least {
                (best, least) = (halves, count);
            }
        }
        best
    }

    /// How many units these are.
    fn count(self) -> u32 {
        1 << self.mask.count_ones()
    }

    /// The same in this width; `None` if no text of this width has one of them.
    #[inline]
    fn narrow<U: Unit>(self) -> Option<Narrow<U>> {
        let unit = U::narrow(self.unit & !self.mask)?.with_bits(self.mask);
        Some(Narrow { mask: self.mask, unit })
    }
}

impl Probe {
    /// The units in this width; `None` if there are none.
    #[inline]
    fn narrow<U: Unit>(self) -> Option<[Narrow<U>; 2]> {
        match self.any.map(Masked::narrow) {
            [Some(one), Some(other)] => Some([one, other]),
            [only, None] | [None, only] => only.map(|only| [only; 2]),
        }
    }

    /// The first of the units that are tested.
    #[inline]
    fn chunk<U>(self, text: &[U]) -> Option<&[U; CHUNK]> {
        text[self.at.into()..].first_chunk()
    }
}

impl<U: Unit> Narrow<U> {
    #[inline]
    fn is(self, unit: U) -> bool {
        unit.with_bits(self.mask) == self.unit
    }
}

impl MaskedString {
    /// More units hardly make a string rarer.
    pub(crate) const MOST: usize = 24;

    /// `units`: two to [`Self::MOST`].
    pub(crate) fn new(units: &[MaskedUnit]) -> Self {
        let mut rarest = [0, 0];
        for at in 1..units.len() {
            let is_rarer = |than: usize| units[at].rarity > units[than].rarity;
            if is_rarer(rarest[0]) {
                rarest = [at, rarest[0]];
            } else if rarest[1] == rarest[0] || is_rarer(rarest[1]) {
                rarest[1] = at;
            }
        }
        let probes = rarest.map(|at| Probe { at: at as u8, any: units[at].any });
        Self { probes, units: units.into() }
    }

    /// Its number of code units.
    pub(crate) fn len(&self) -> usize {
        self.units.len()
    }

    /// How unlikely the string is at a place: a binary logarithm.
    pub(crate) fn rarity(&self) -> u32 {
        self.units.iter().map(|unit| u32::from(unit.rarity)).sum()
    }

    /// The first offset from `from` on at which the string is. Only those before `to` must be
    /// looked at: where nothing is found, the error is an offset from `to` on before which it is
    /// nowhere.
    #[inline(never)]
    pub(crate) fn find<U: Unit>(&self, text: &[U], from: usize, to: usize) -> Result<usize, usize> {
        let places = (text.len() + 1).saturating_sub(self.units.len());
        let end = to.min(places);
        let [one, other] = self.probes;
        let (Some(first), Some(second)) = (one.narrow(), other.narrow()) else {
            return Err(to);
        };
        // of letters in ASCII, and of what has no case
        let are_single = first[0] == first[1] && second[0] == second[1];
        let mut from = from;
        while from < end {
            // the last chunk begins where there are enough units
            let at = from.min(places.saturating_sub(CHUNK));
            let mut found_at = match (one.chunk(&text[at..]), other.chunk(&text[at..])) {
                (Some(firsts), Some(seconds)) if are_single => {
                    likely(firsts, [first[0]], seconds, [second[0]])
                }
                (Some(firsts), Some(seconds)) => likely(firsts, first, seconds, second),
                _ => u32::MAX,
            };
            found_at &= u32::MAX << (from - at);
            while found_at != 0 {
                let found = at + found_at.trailing_zeros() as usize;
                if found >= places {
                    return Err(to);
                }
                let units = &text[found..][..self.units.len()];
                if self.units.iter().zip(units).all(|(own, unit)| own.is(unit.wide())) {
                    return Ok(found);
                }
                found_at &= found_at - 1;
            }
            from = at + CHUNK;
        }
        Err(from.max(to))
    }
}

/// A bit for each place where the one unit is any of some and the other any of others.
#[inline]
fn likely<U: Unit, const N: usize>(
    firsts: &[U; CHUNK],
    first: [Narrow<U>; N],
    seconds: &[U; CHUNK],
    second: [Narrow<U>; N],
) -> u32 {
    let is_any = |any: &[Narrow<U>; N], unit| any.iter().fold(false, |is, one| is | one.is(unit));
    let mut passes = [0_u8; CHUNK];
    for at in 0..CHUNK {
        let both = is_any(&first, firsts[at]) & is_any(&second, seconds[at]);
        passes[at] = both.into();
    }
    bits(passes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check<U: Unit>(text: &[U]) {
        let any_case = |c: u8| MaskedUnit::new(&[c.into(), c.to_ascii_uppercase().into()]);
        let (a, b, one) = (any_case(b'a'), any_case(b'b'), MaskedUnit::new(&[0x31]));
        let k = MaskedUnit::new(&[0x4B, 0x6B, 0x212A]);
        let [te, er] = [&[0x422, 0x442, 0x1C84, 0x1C85][..], &[0x420, 0x440]].map(MaskedUnit::new);
        for units in [
            &[a, b][..],
            &[a, a, b],
            &[one, a],
            &[b, k],
            &[one, one, a, b, k],
            &[te, er],
            &[er, a, te],
            &[k, er, te],
        ] {
            let string = MaskedString::new(units);
            let fits = |at: usize| {
                let found = text.get(at..at + units.len());
                found.is_some_and(|found| {
                    units.iter().zip(found).all(|(own, unit)| own.is(unit.wide()))
                })
            };
            for from in 0..text.len() {
                for to in from + 1..=text.len() {
                    match string.find(text, from, to) {
                        Ok(at) => assert_eq!((from..text.len()).find(|&at| fits(at)), Some(at)),
                        Err(at) => assert!(at >= to && !(from..at).any(fits), "{from}, {to}: {at}"),
                    }
                }
            }
        }
    }

    /// A letter with its case, and with its variants in other blocks.
    #[test]
    fn few_units_are_taken_for_one_of_a_letter() {
        for letter in ["Aa", "оОᲂ", "рР", "тТᲄᲅ", "σΣς", "θΘϑϴ", "kK\u{212A}", "ss\u{17F}S", "x"]
        {
            let units: Vec<u16> = letter.encode_utf16().collect();
            let masked = MaskedUnit::new(&units);
            let taken: Vec<u16> = (0..=u16::MAX).filter(|&unit| masked.is(unit)).collect();
            assert!(units.iter().all(|unit| taken.contains(unit)), "{letter}");
            assert!(taken.len() <= 10, "{letter}: {taken:x?}");
        }
    }

    #[test]
    fn more_units_than_a_letter_has_are_taken() {
        let units: Vec<u16> = (0x41..0x4A).collect();
        let masked = MaskedUnit::new(&units);
        assert!(units.iter().all(|&unit| masked.is(unit)));
    }

    #[test]
    fn every_place_is_found_in_texts_of_every_length() {
        let pieces = ["ab", "x", "AaB", "1A", "bK", "yyyyyyyyyyyyyyyy", "11aBk", "-"];
        for seed in 0..40 {
            let chosen = |at: usize| pieces[(at * at + seed * at + seed / 3) % pieces.len()];
            let text: String = (0..seed / 2).map(chosen).collect();
            check(text.as_bytes());
            let text = text.replace("bK", "b\u{212A}тРkРᲄ").replace("11a", "рAТ");
            check(&text.encode_utf16().collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_unit_beyond_ascii_is_in_no_ascii_text() {
        let units = [0x61, 0x416].map(|unit| MaskedUnit::new(&[unit]));
        assert_eq!(MaskedString::new(&units).find(b"aa a".as_slice(), 0, 3), Err(3));
        assert_eq!(MaskedString::new(&units).find(&[0x61_u16, 0x416], 0, 1), Ok(0));
    }
}
