//! Code units as a text holds them: sixteen bits each, or eight where all of the text is ASCII, as most error texts are.

use crate::units::needle::Prefix;

/// A code unit.
pub(crate) trait Unit: Copy + Eq {
    /// It as ECMAScript has it.
    fn wide(self) -> u16;

    /// A unit of ECMAScript's, if a text of these can have it.
    fn narrow(unit: u16) -> Option<Self>;

    /// What a text of these must have where a match begins; `None` if it cannot have it.
    fn prefix(prefix: &Prefix) -> Option<&[Self]>;

    /// Those of some units that a text of these can have, one of them repeated in the place of the others. `None` if it can
    /// have none.
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
}
