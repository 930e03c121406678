//! Case variants that hardly a text has.
//!
//! Under flag `i`, `о` is also U+1C82; with `u`, `k` is also the Kelvin sign. If each of them made
//! another string of what a pattern requires, a few common letters would be too many strings, and
//! what is left would be short and in every text. So literals are extracted as if these variants
//! did not exist. It is noted which of them a pattern has, and a text with one of those can match
//! whatever the literals say.

/// The variants, ascending: characters that are equal to a common letter in some mode of `i`, and
/// are not the letter in its other case.
pub(crate) const VARIANTS: [char; 26] = [
    '\u{B5}',   // μ
    '\u{17F}',  // s
    '\u{345}',  // ι
    '\u{3D0}',  // β
    '\u{3D1}',  // θ
    '\u{3D5}',  // φ
    '\u{3D6}',  // π
    '\u{3F0}',  // κ
    '\u{3F1}',  // ρ
    '\u{3F4}',  // θ
    '\u{3F5}',  // ε
    '\u{1C80}', // в
    '\u{1C81}', // д
    '\u{1C82}', // о
    '\u{1C83}', // с
    '\u{1C84}', // т
    '\u{1C85}', // т
    '\u{1C86}', // ъ
    '\u{1C87}', // ѣ
    '\u{1C88}', // ꙋ
    '\u{1E9B}', // ṡ
    '\u{1E9E}', // ß
    '\u{1FBE}', // ι
    '\u{2126}', // ω
    '\u{212A}', // k
    '\u{212B}', // å
];

/// Some of [`VARIANTS`], a bit for each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Variants(u32);

impl Variants {
    /// The variant that a character is; none if it is not.
    pub(crate) fn of(c: u32) -> Self {
        let found = VARIANTS.binary_search_by_key(&c, |&variant| variant.into());
        found.map_or(Self::default(), |at| Self(1 << at))
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Those of either.
    pub(crate) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Those of both.
    pub(crate) fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The variants themselves.
    pub(crate) fn characters(self) -> impl Iterator<Item = char> {
        VARIANTS.into_iter().filter(move |&c| !self.and(Self::of(c.into())).is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::{VARIANTS, Variants};

    #[test]
    fn a_character_is_its_own_variant_or_none() {
        assert!(VARIANTS.is_sorted());
        for c in VARIANTS {
            assert_eq!(Variants::of(c.into()).characters().collect::<Vec<_>>(), [c]);
        }
        for c in ['k', 'K', 'о', 'О', 'ς'] {
            assert!(Variants::of(c.into()).is_empty());
        }
        let all = VARIANTS.into_iter().map(|c| Variants::of(c.into()));
        let all = all.reduce(Variants::or).unwrap_or_default();
        assert_eq!(all.characters().collect::<Vec<_>>(), VARIANTS);
    }
}
