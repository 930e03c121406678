//! Unites the letters of Cyrillic and of Greek whose cases folding does not.
//!
//! `р` and `Р` differ in the first byte of their UTF-8, as half of each of these alphabets does. If
//! each of them made two strings of what a pattern with flag `i` requires, most words would be more
//! strings than a set may have. So literals have the first byte of the upper-case letter, which
//! folds to that letter in both cases, and so has a copy of the text in which they are looked for.
//! Offsets in the copy are those in the text.

use std::borrow::Cow;

use crate::prefilter::fold::{fold, has_folded};
use crate::prefilter::lengths::MAX_LITERAL;

/// The first bytes of half of the lower-case letters, in Greek and in Cyrillic. The ones before
/// them are those of the upper-case letters. They are not part of other characters.
const LEADS: [u8; 2] = [0xCF, 0xD1];

/// Bytes that are copied beyond a chunk: more than a window and the literal around it have.
const BEYOND: usize = 2 * MAX_LITERAL;

/// Bytes whose memory is kept for the next text.
const KEPT: usize = 1 << 16;

/// Unites one byte of UTF-8.
#[inline]
pub(crate) fn united(byte: u8) -> u8 {
    byte - (u8::from(byte == LEADS[0]) | u8::from(byte == LEADS[1]))
}

/// Whether a folded literal has letters that are united, as far as that is seen.
pub(crate) fn has_united(literal: &[u8]) -> bool {
    let [greek, cyrillic] = LEADS.map(|lead| fold(united(lead)));
    // the first bytes of longer characters are the same, once they are folded
    let is_short = |at: usize| literal.get(at + 2).is_none_or(|byte| byte & 0xC0 != 0x80);
    memchr::memchr2_iter(greek, cyrillic, literal).any(is_short)
}

/// A text in which a literal is looked for that [has such letters](has_united).
pub(crate) fn unite(text: &[u8]) -> Cow<'_, [u8]> {
    match memchr::memchr2(LEADS[0], LEADS[1], text) {
        Some(_) => text.iter().map(|&byte| united(byte)).collect(),
        None => text.into(),
    }
}

/// Where `text` first has the folded `literal`, which is not empty. Slow beside a scan.
pub(crate) fn find_folded(text: &[u8], literal: &[u8]) -> Option<usize> {
    let text = if has_united(literal) { unite(text) } else { text.into() };
    let first = *literal.first()?;
    // a folded byte is of two bytes, with bit 5 or without
    memchr::memchr2_iter(first, first & !0x20, &text).find(|&at| has_folded(&text, at, literal))
}

/// The copy of a text, as far as it is needed. Memory that texts reuse.
#[derive(Debug, Default)]
pub(crate) struct UnitedText {
    /// Empty while nothing that was read has to be united.
    copy: Vec<u8>,
    read: usize,
}

impl UnitedText {
    /// Before the next text.
    pub(crate) fn clear(&mut self) {
        self.copy.clear();
        self.copy.shrink_to(KEPT);
        self.read = 0;
    }

    /// `text`, united up to `end` and as far beyond as literals reach that are found there. The
    /// same text each time, and no smaller end.
    pub(crate) fn up_to<'t>(&'t mut self, text: &'t [u8], end: usize) -> &'t [u8] {
        let end = text.len().min(end + BEYOND);
        let next = text.get(self.read..end).unwrap_or_default();
        self.read = self.read.max(end);
        if self.copy.is_empty() {
            if memchr::memchr2(LEADS[0], LEADS[1], next).is_none() {
                return text;
            }
            self.copy.reserve(text.len());
        }
        let copied = self.copy.len();
        self.copy.extend(text[copied..self.read].iter().map(|&byte| united(byte)));
        &self.copy
    }
}

#[cfg(test)]
mod tests {
    use super::{BEYOND, UnitedText, has_united, unite, united};
    use crate::prefilter::extract::strings::encode;

    fn encoded(c: char) -> Vec<u8> {
        encode(c.into(), &mut [0; 4]).unwrap_or_default().to_vec()
    }

    #[test]
    fn letters_of_cyrillic_and_of_greek_are_the_same_in_both_cases() {
        for upper in ('А'..='Я').chain('Α'..='Ρ').chain('Σ'..='Ω') {
            let lower: Vec<char> = upper.to_lowercase().collect();
            assert_eq!(encoded(upper), encoded(lower[0]), "{upper}");
            assert!(has_united(&encoded(upper)));
        }
        for c in ['a', 'é', '中', '😀', 'ł', 'ד'] {
            assert!(!has_united(&encoded(c)), "{c}");
        }
    }

    #[test]
    fn a_text_is_united_as_far_as_it_is_read() {
        let ascii = "a".repeat(4 * BEYOND);
        for text in [ascii.clone(), ascii.clone() + "р" + &ascii, "рЖω".repeat(500), String::new()]
        {
            let text = text.as_bytes();
            let expected: Vec<u8> = text.iter().map(|&byte| united(byte)).collect();
            let mut copy = UnitedText::default();
            for step in [1, 100, BEYOND, text.len() + 1] {
                copy.clear();
                for end in (0..=text.len()).step_by(step).chain([text.len()]) {
                    let reach = text.len().min(end + BEYOND);
                    assert_eq!(copy.up_to(text, end)[..reach], expected[..reach]);
                }
                assert_eq!(copy.up_to(text, text.len()), expected);
            }
            assert_eq!(*unite(text), expected);
        }
    }
}
