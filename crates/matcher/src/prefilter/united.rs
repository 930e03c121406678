//! Unites the letters of Cyrillic and of Greek whose cases folding does not.
//!
//! `р` and `Р` differ in the first byte of their UTF-8, as half of each of these alphabets does. If
//! each of them made two strings of what a pattern with flag `i` requires, most words would be more
//! strings than a set may have. So where [that pays](uniting_pays), literals have the first byte of
//! the upper-case letter, which folds to that letter in both cases, and so has a copy of the text
//! in which they are looked for. Offsets in the copy are those in the text.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use crate::prefilter::lengths::MAX_LITERAL;
use regexp::text::SharedText;

/// The first bytes of half of the lower-case letters, in Greek and in Cyrillic. The ones before
/// them are those of the upper-case letters. They are not part of other characters.
const LEADS: [u8; 2] = [0xCF, 0xD1];

/// The code units of these scripts.
const SCRIPTS: RangeInclusive<u16> = 0x370..=0x52F;

/// Bytes that are copied beyond a chunk: more than a window and the literal around it have.
const BEYOND: usize = 2 * MAX_LITERAL;

/// Bytes whose memory is kept for the next text.
const KEPT: usize = 1 << 16;

/// Unites one byte of UTF-8.
#[inline]
pub(crate) fn united(byte: u8) -> u8 {
    byte - (u8::from(byte == LEADS[0]) | u8::from(byte == LEADS[1]))
}

/// What a pattern has to do with such letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Letters {
    /// It has none.
    None,
    /// It has some, and tells their cases apart.
    Cased,
    /// It has some, and ignores their case.
    Caseless,
}

impl Letters {
    /// Of a pattern's source.
    pub(crate) fn of_source(source: &SharedText, ignores_case: bool) -> Self {
        let has = |source: &SharedText| source.units().iter().any(|unit| SCRIPTS.contains(unit));
        Self::new(!source.bytes().is_ascii() && has(source), ignores_case)
    }

    /// `are_there`: whether it has some, or perhaps other letters beyond ASCII.
    pub(crate) fn new(are_there: bool, ignores_case: bool) -> Self {
        match (are_there, ignores_case) {
            (false, _) => Self::None,
            (true, false) => Self::Cased,
            (true, true) => Self::Caseless,
        }
    }
}

/// Whether to unite the letters of a list with these patterns. United letters are told apart less,
/// and texts have to be copied: patterns that do not gain by it lose.
pub(crate) fn uniting_pays(patterns: impl Iterator<Item = Letters>) -> bool {
    let (mut caseless, mut cased) = (0, 0);
    for letters in patterns {
        match letters {
            Letters::None => {}
            Letters::Cased => cased += 1,
            Letters::Caseless => caseless += 1,
        }
    }
    caseless > cased
}

/// A text in which united literals are looked for.
pub(crate) fn unite(text: &[u8]) -> Cow<'_, [u8]> {
    match memchr::memchr2(LEADS[0], LEADS[1], text) {
        Some(_) => text.iter().map(|&byte| united(byte)).collect(),
        None => text.into(),
    }
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
    use super::{BEYOND, Letters, UnitedText, unite, united, uniting_pays};
    use crate::prefilter::fold::fold;
    use regexp::text::SharedText;

    #[test]
    fn letters_of_cyrillic_and_of_greek_are_the_same_in_both_cases() {
        let encoded = |text: &str| -> Vec<u8> { text.bytes().map(united).map(fold).collect() };
        for upper in ('А'..='Я').chain('Α'..='Ρ').chain('Σ'..='Ω') {
            let [upper, lower] = [upper.to_string(), upper.to_lowercase().to_string()];
            assert_eq!(encoded(&upper), encoded(&lower), "{upper}");
            let letters = |text: &str, ignores_case| {
                Letters::of_source(&SharedText::of_str(text), ignores_case)
            };
            assert_eq!(letters(&upper, true), Letters::Caseless);
            assert_eq!(letters(&format!("a{lower}"), false), Letters::Cased);
        }
        for text in ["a", "é", "中", "😀", "ł", "ד"] {
            assert!(text.bytes().all(|byte| united(byte) == byte), "{text}");
            let units: Vec<u16> = text.encode_utf16().collect();
            assert_eq!(Letters::of_source(&units.into(), true), Letters::None);
        }
    }

    #[test]
    fn uniting_pays_where_most_patterns_ignore_case() {
        use Letters::{Cased, Caseless, None};
        assert!(!uniting_pays([None, None].into_iter()));
        assert!(!uniting_pays([None, Caseless, Cased].into_iter()));
        assert!(uniting_pays([Caseless, None, Cased, None, Caseless].into_iter()));
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
