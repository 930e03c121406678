//! A string whose units may differ in some bits, as letters do under `i`, and the search for it.

use crate::units::opening::{CHUNK, UnitSet, bits};
use crate::units::unit::Unit;

/// A code unit, or one of several: those that become `unit` where the bits of `mask` are set. Some
/// others may do so, too.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct MaskedUnit {
    mask: u16,
    unit: u16,
    /// How unlikely they are at a place: a binary logarithm.
    rarity: u8,
}

/// Two to [`MaskedString::MOST`] units, one after the other.
#[derive(Debug)]
pub(crate) struct MaskedString {
    /// The two rarest of them, which are tested at many places at once.
    probes: [Probe; 2],
    units: Box<[MaskedUnit]>,
}

/// One of the units, and where it is among them.
#[derive(Clone, Copy, Debug, Default)]
struct Probe {
    at: u8,
    rarity: u8,
    mask: u16,
    unit: u16,
}

impl MaskedUnit {
    /// One of `units`, which are at least one.
    #[inline(never)]
    pub(crate) fn new(units: &[u16]) -> Self {
        let (mut all, mut any, mut set) = (u16::MAX, 0, UnitSet::default());
        for &unit in units {
            (all, any) = (all & unit, any | unit);
            set.add_unit(unit);
        }
        Self { mask: any & !all, unit: any, rarity: 10 - (set.weight() | 1).ilog2() as u8 }
    }

    #[inline]
    fn is(self, unit: u16) -> bool {
        unit | self.mask == self.unit
    }
}

impl Probe {
    /// The units in this width, with the bits of the mask set; `None` if there are none.
    #[inline]
    fn narrow<U: Unit>(self) -> Option<U> {
        Some(U::narrow(self.unit & !self.mask)?.with_bits(self.mask))
    }

    /// The first of the units that are tested.
    #[inline]
    fn chunk<U>(self, text: &[U]) -> Option<&[U; CHUNK]> {
        text[self.at.into()..].first_chunk()
    }
}

impl MaskedString {
    /// More units hardly make a string rarer.
    pub(crate) const MOST: usize = 24;

    /// `units`: two to [`Self::MOST`].
    pub(crate) fn new(units: &[MaskedUnit]) -> Self {
        let mut probes = [Probe::default(); 2];
        for (at, &MaskedUnit { mask, unit, rarity }) in (0..).zip(units) {
            let mut one = Probe { at, rarity, mask, unit };
            for probe in &mut probes {
                if probe.rarity < one.rarity {
                    std::mem::swap(probe, &mut one);
                }
            }
        }
        Self { probes, units: units.into() }
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
        let mut from = from;
        while from < end {
            // the last chunk begins where there are enough units
            let at = from.min(places.saturating_sub(CHUNK));
            let mut likely = match (one.chunk(&text[at..]), other.chunk(&text[at..])) {
                (Some(firsts), Some(seconds)) => {
                    let mut passes = [0_u8; CHUNK];
                    for at in 0..CHUNK {
                        let both = (firsts[at].with_bits(one.mask) == first)
                            & (seconds[at].with_bits(other.mask) == second);
                        passes[at] = both.into();
                    }
                    bits(passes)
                }
                _ => u32::MAX,
            };
            likely &= u32::MAX << (from - at);
            while likely != 0 {
                let found = at + likely.trailing_zeros() as usize;
                if found >= places {
                    return Err(to);
                }
                let units = &text[found..][..self.units.len()];
                if self.units.iter().zip(units).all(|(own, unit)| own.is(unit.wide())) {
                    return Ok(found);
                }
                likely &= likely - 1;
            }
            from = at + CHUNK;
        }
        Err(from.max(to))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check<U: Unit>(text: &[U]) {
        let any_case = |c: u8| MaskedUnit::new(&[c.into(), c.to_ascii_uppercase().into()]);
        let (a, b, one) = (any_case(b'a'), any_case(b'b'), MaskedUnit::new(&[0x31]));
        let k = MaskedUnit::new(&[0x4B, 0x6B, 0x212A]);
        for units in [&[a, b][..], &[a, a, b], &[one, a], &[b, k], &[one, one, a, b, k]] {
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

    #[test]
    fn every_place_is_found_in_texts_of_every_length() {
        let pieces = ["ab", "x", "AaB", "1A", "bK", "yyyyyyyyyyyyyyyy", "11aBk", "-"];
        for seed in 0..40 {
            let chosen = |at: usize| pieces[(at * at + seed * at + seed / 3) % pieces.len()];
            let text: String = (0..seed / 2).map(chosen).collect();
            check(text.as_bytes());
            let text = text.replace("bK", "b\u{212A}");
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
