//! Code units as a text stores them: sixteen bits each, or eight where the whole text is ASCII.

use crate::units::needle::Prefix;

/// A code unit.
pub(crate) trait Unit: Copy + Eq {
    /// The unit in 16 bits, as ECMAScript has it.
    fn wide(self) -> u16;

    /// The unit in this width; `None` if no text of this width can hold it.
    fn narrow(unit: u16) -> Option<Self>;

    /// The prefix in this width; `None` if no text of this width can hold it.
    fn prefix(prefix: &Prefix) -> Option<&[Self]>;

    /// The unit with those of the bits set that this width has.
    fn with_bits(self, bits: u16) -> Self;

    /// Where a set of units has it: an ASCII character at its own place, any other unit at one of
    /// 64 places, by its lowest bits. These tell the letters of a script apart, as most scripts'
    /// are side by side.
    fn index(self) -> u8;

    /// Those of `units` that a text of this width can hold, one of them repeated in place of the
    /// others. `None` if it can hold none of them.
    fn narrow_all<const N: usize>(units: [u16; N]) -> Option<[Self; N]> {
        let any = units.iter().find_map(|&unit| Self::narrow(unit))?;
        Some(units.map(|unit| Self::narrow(unit).unwrap_or(any)))
    }
}

impl Unit for u16 {
    #[inline]
    fn wide(self) -> u16 {
        self
    }

    #[inline]
    fn narrow(unit: u16) -> Option<Self> {
        Some(unit)
    }

    fn prefix(prefix: &Prefix) -> Option<&[Self]> {
        Some(prefix.units())
    }

    #[inline]
    fn with_bits(self, bits: u16) -> Self {
        self | bits
    }

    #[inline]
    fn index(self) -> u8 {
        (self & 0x3F | (self >> 6).min(2) << 6) as u8
    }
}

impl Unit for u8 {
    #[inline]
    fn wide(self) -> u16 {
        self.into()
    }

    #[inline]
    fn narrow(unit: u16) -> Option<Self> {
        u8::try_from(unit).ok().filter(u8::is_ascii)
    }

    fn prefix(prefix: &Prefix) -> Option<&[Self]> {
        prefix.ascii()
    }

    #[inline]
    fn with_bits(self, bits: u16) -> Self {
        self | bits as u8
    }

    #[inline]
    fn index(self) -> u8 {
        self
    }
}
