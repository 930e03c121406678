//! Case variants that hardly a text has.
//!
//! Under flag `i`, `μ` is also the micro sign; with `u`, `k` is also the Kelvin sign. If each of
//! them made another string of what a pattern requires, a few common letters would be too many
//! strings, and what is left would be short and in every text. So literals are extracted as if
//! these variants did not exist. It is noted which of them a pattern has. In a text with one of
//! those its literals are looked for with the letters in place of the variants (`respelled`).

/// The variants, ascending: characters that are equal to a common letter in some mode of `i`, and
/// are not the letter in its other case. Each with that letter.
const VARIANTS: [(char, char); 26] = [
    ('\u{B5}', 'μ'),
    ('\u{17F}', 's'),
    ('\u{345}', 'ι'),
    ('\u{3D0}', 'β'),
    ('\u{3D1}', 'θ'),
    ('\u{3D5}', 'φ'),
    ('\u{3D6}', 'π'),
    ('\u{3F0}', 'κ'),
    ('\u{3F1}', 'ρ'),
    ('\u{3F4}', 'θ'),
    ('\u{3F5}', 'ε'),
    ('\u{1C80}', 'в'),
    ('\u{1C81}', 'д'),
    ('\u{1C82}', 'о'),
    ('\u{1C83}', 'с'),
    ('\u{1C84}', 'т'),
    ('\u{1C85}', 'т'),
    ('\u{1C86}', 'ъ'),
    ('\u{1C87}', 'ѣ'),
    ('\u{1C88}', 'ꙋ'),
    ('\u{1E9B}', 'ṡ'),
    ('\u{1E9E}', 'ß'),
    ('\u{1FBE}', 'ι'),
    ('\u{2126}', 'ω'),
    ('\u{212A}', 'k'),
    ('\u{212B}', 'å'),
];

/// Some of [`VARIANTS`], a bit for each, and [`Self::KEPT`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Variants(u32);

impl Variants {
    /// Not one of them, but that a pattern has literals with one, or that it takes one for another
    /// letter than its own. Its literals may not be in a text with the letters in place.
    pub(crate) const KEPT: Self = Self(1 << (u32::BITS - 1));

    /// The variant that a character is; none if it is not.
    pub(crate) fn of(c: u32) -> Self {
        if c < 0x80 {
            return Self::default();
        }
        let found = VARIANTS.binary_search_by_key(&c, |&(variant, _)| variant.into());
        found.map_or(Self::default(), |at| Self(1 << at))
    }

    /// What is to be noted if a literal has this character.
    pub(crate) fn kept(c: u32) -> Self {
        if Self::of(c).is_empty() { Self::default() } else { Self::KEPT }
    }

    /// Whether there are none.
    pub(crate) fn is_empty(self) -> bool {
        self.and(Self(!Self::KEPT.0)).0 == 0
    }

    /// Whether they have [`Self::KEPT`].
    pub(crate) fn has_kept(self) -> bool {
        self.and(Self::KEPT) == Self::KEPT
    }

    /// Those of either.
    pub(crate) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Those of both.
    pub(crate) fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The variants themselves, each with its letter.
    pub(crate) fn pairs(self) -> impl Iterator<Item = (char, char)> {
        VARIANTS.into_iter().filter(move |&(c, _)| !self.and(Self::of(c.into())).is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::{VARIANTS, Variants};

    #[test]
    fn a_character_is_its_own_variant_or_none() {
        assert!(VARIANTS.is_sorted());
        for (c, letter) in VARIANTS {
            assert_eq!(Variants::of(c.into()).pairs().collect::<Vec<_>>(), [(c, letter)]);
        }
        for c in ['k', 'K', 'о', 'О', 'ς'] {
            assert!(Variants::of(c.into()).is_empty());
        }
        let all = VARIANTS.into_iter().map(|(c, _)| Variants::of(c.into()));
        let all = all.reduce(Variants::or).unwrap_or_default();
        assert_eq!(all.pairs().collect::<Vec<_>>(), VARIANTS);
        assert!(!all.has_kept() && all.or(Variants::KEPT).has_kept());
        assert!(Variants::KEPT.is_empty());
    }
}
