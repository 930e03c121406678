//! Small sets of folded byte strings.
//!
//! Bounded, so that a pattern can neither multiply out nor grow beyond use: an operation whose result would be over a
//! bound says so, and its caller says less about the pattern.

use super::fold::fold;

/// Strings in a set. A set of many is a poor filter: each must be looked for.
const MAX_STRINGS: usize = 16;

/// Strings that a class of characters stands for, letters in two cases being one: neither the ten digits.
const MAX_CHARACTERS: usize = 8;

/// Bytes of one string. Longer ones would not be rarer in practice.
pub(super) const MAX_BYTES: usize = 128;

/// A set of folded byte strings, one after the other in one buffer. A string may be in it twice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Strings {
    bytes: Vec<u8>,
    ends: Vec<u32>,
}

impl Strings {
    /// The set of the empty string: what is known where nothing is.
    pub(super) fn nothing() -> Self {
        Self { bytes: Vec::new(), ends: vec![0] }
    }

    /// The encodings of some characters, `None` if one of them has none (a surrogate) or they are too many. Characters
    /// that fold to the same bytes are one.
    pub(super) fn of_characters(characters: impl Iterator<Item = u32>) -> Option<Self> {
        let mut strings = Self::default();
        for c in characters {
            let mut buffer = [0; 4];
            let encoded = encode(c, &mut buffer)?;
            if !strings.iter().any(|string| string == encoded) {
                if strings.ends.len() == MAX_CHARACTERS {
                    return None;
                }
                strings.push(encoded);
            }
        }
        (!strings.ends.is_empty()).then_some(strings)
    }

    fn push(&mut self, string: &[u8]) {
        self.bytes.extend_from_slice(string);
        self.ends.push(self.bytes.len() as u32);
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &[u8]> {
        let begins = std::iter::once(0).chain(self.ends.iter().copied());
        begins.zip(&self.ends).map(|(begin, &end)| &self.bytes[begin as usize..end as usize])
    }

    /// Whether it has one string.
    pub(super) fn is_single(&self) -> bool {
        self.ends.len() == 1
    }

    pub(super) fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Whether it has the empty string, so that every text contains one of the set.
    pub(super) fn has_empty(&self) -> bool {
        self.iter().any(<[u8]>::is_empty)
    }

    /// Appends each of `other` to each of these. Says whether the result is within the bounds; if not, nothing is done.
    #[must_use]
    pub(super) fn append(&mut self, other: &Self) -> bool {
        let longest = |strings: &Self| strings.iter().map(<[u8]>::len).max().unwrap_or(0);
        if self.ends.len() * other.ends.len() > MAX_STRINGS
            || longest(self) + longest(other) > MAX_BYTES
        {
            return false;
        }
        if let ([end], [_]) = (&mut self.ends[..], &other.ends[..]) {
            self.bytes.extend_from_slice(&other.bytes);
            *end = self.bytes.len() as u32;
            return true;
        }
        let mut product = Self::default();
        for head in self.iter() {
            for tail in other.iter() {
                product.bytes.extend_from_slice(head);
                product.push(tail);
            }
        }
        *self = product;
        true
    }

    /// Appends one character's encoding to each. As with [`Self::append`].
    #[must_use]
    pub(super) fn append_character(&mut self, encoded: &[u8]) -> bool {
        if let [end] = &mut self.ends[..] {
            let fits = self.bytes.len() + encoded.len() <= MAX_BYTES;
            if fits {
                self.bytes.extend_from_slice(encoded);
                *end = self.bytes.len() as u32;
            }
            return fits;
        }
        let mut other = Self::default();
        other.push(encoded);
        self.append(&other)
    }

    /// Adds the strings of `other`. As with [`Self::append`].
    #[must_use]
    pub(super) fn unite(&mut self, other: &Self) -> bool {
        let fits = self.ends.len() + other.ends.len() <= MAX_STRINGS;
        if fits {
            for string in other.iter() {
                self.push(string);
            }
        }
        fits
    }

    /// Adds the empty string. As with [`Self::append`].
    #[must_use]
    pub(super) fn unite_empty(&mut self) -> bool {
        self.has_empty() || self.unite(&Self::nothing())
    }
}

/// A character's folded UTF-8; `None` for a surrogate.
pub(super) fn encode(c: u32, buffer: &mut [u8; 4]) -> Option<&[u8]> {
    let encoded = char::from_u32(c)?.encode_utf8(buffer).len();
    let encoded = &mut buffer[..encoded];
    for byte in &mut *encoded {
        *byte = fold(*byte);
    }
    Some(encoded)
}

#[cfg(test)]
mod tests {
    use super::{MAX_BYTES, MAX_STRINGS, Strings};

    fn strings(texts: &[&str]) -> Strings {
        let mut strings = Strings::default();
        for text in texts {
            strings.push(text.as_bytes());
        }
        strings
    }

    #[test]
    fn a_product_keeps_the_order_of_its_parts() {
        let mut product = strings(&["a", "bc"]);
        assert!(product.append(&strings(&["", "d"])));
        assert_eq!(product, strings(&["a", "ad", "bc", "bcd"]));
        assert!(product.append_character(b"e"));
        assert_eq!(product, strings(&["ae", "ade", "bce", "bcde"]));
    }

    #[test]
    fn what_would_be_over_a_bound_changes_nothing() {
        let long = "x".repeat(MAX_BYTES);
        let mut set = strings(&[&long]);
        assert!(!set.append(&strings(&["y"])));
        assert!(!set.append_character(b"y"));
        assert!(set.append(&Strings::nothing()));
        let mut set = strings(&["a"; MAX_STRINGS]);
        assert!(!set.append(&strings(&["a", "b"])));
        assert!(!set.unite(&strings(&["a"])));
        assert!(!set.unite_empty());
        assert_eq!(set, strings(&["a"; MAX_STRINGS]));
    }

    #[test]
    fn characters_that_fold_alike_are_one() {
        let of = |text: &str| Strings::of_characters(text.chars().map(u32::from));
        assert_eq!(of("Aa"), Some(strings(&["a"])));
        assert_eq!(of("ÉéЖж").map(|set| set.ends.len()), Some(2));
        assert_eq!(of("kK\u{212A}").map(|set| set.ends.len()), Some(2));
        assert_eq!(Strings::of_characters([0xD800].into_iter()), None);
        assert_eq!(Strings::of_characters('0' as u32..='z' as u32), None);
        assert_eq!(of(""), None);
    }
}
