//! A text as the engines read it: the UTF-16 that JavaScript has, and UTF-8 for the automata.
//!
//! One pass makes the UTF-8 and notes the text's traits: what it holds that could make UTF-8 automata and ECMAScript's
//! code units disagree. Of a text that is given as UTF-8 the UTF-16 is made when it is asked for.

use memchr::memmem;
use once_cell::unsync::OnceCell;

use super::utf16::{combine, is_lead, is_trail};
use crate::limits::MAX_TEXT_UNITS;

/// ASCII units that are written at once.
const CHUNK: usize = 16;

/// What a text holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "independent facts about a text")]
pub(super) struct Traits {
    /// Nothing but ASCII.
    pub(super) ascii: bool,
    /// Surrogates, in pairs or alone.
    pub(super) surrogates: bool,
    /// Surrogates without their other half. Their UTF-8 is not valid.
    pub(super) lone_surrogates: bool,
    /// Line terminators besides `\n`.
    pub(super) other_line_ends: bool,
}

/// A text that patterns are run on.
#[derive(Clone, Debug)]
pub struct Haystack {
    units: OnceCell<Vec<u16>>,
    length: usize,
    /// UTF-8; a lone surrogate is encoded as if it were a character (three bytes).
    bytes: Vec<u8>,
    traits: Traits,
}

impl Haystack {
    /// Takes a text over. Of one longer than [`MAX_TEXT_UNITS`] the rest is cut off.
    pub fn new(mut units: Vec<u16>) -> Self {
        units.truncate(MAX_TEXT_UNITS);
        let (bytes, traits) = match narrowed(&units) {
            Some(bytes) => {
                let traits = ascii_traits(&bytes);
                (bytes, traits)
            }
            None => encoded(&units),
        };
        Self { length: units.len(), units: OnceCell::with_value(units), bytes, traits }
    }

    /// A text in UTF-8. Of one that is longer than [`MAX_TEXT_UNITS`] the rest is cut off.
    pub fn from_utf8(text: &str) -> Self {
        if text.len() > MAX_TEXT_UNITS {
            return Self::new(text.encode_utf16().take(MAX_TEXT_UNITS).collect());
        }
        let bytes = text.as_bytes().to_vec();
        let traits = if text.is_ascii() { ascii_traits(&bytes) } else { utf8_traits(&bytes) };
        let length = if traits.ascii { bytes.len() } else { utf16_length(&bytes) };
        Self { units: OnceCell::new(), length, bytes, traits }
    }

    /// The text in UTF-16.
    pub fn units(&self) -> &[u16] {
        // given as UTF-16, or valid
        self.units.get_or_init(|| match str::from_utf8(&self.bytes) {
            Ok(text) if !self.traits.ascii => text.encode_utf16().collect(),
            _ => self.bytes.iter().map(|&byte| byte.into()).collect(),
        })
    }

    /// Its length in UTF-16 units.
    pub fn length(&self) -> usize {
        self.length
    }

    /// The memory of the text in UTF-16, empty if it was never needed.
    pub(crate) fn into_units(self) -> Vec<u16> {
        self.units.into_inner().unwrap_or_default()
    }

    /// The text in UTF-8, lone surrogates in three bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(super) fn traits(&self) -> Traits {
        self.traits
    }

    /// The UTF-16 offset of a UTF-8 one, which lies between characters.
    pub(super) fn utf16_offset(&self, byte_offset: usize) -> u32 {
        if self.traits.ascii {
            return byte_offset as u32;
        }
        utf16_length(&self.bytes[..byte_offset]) as u32
    }
}

fn ascii_traits(text: &[u8]) -> Traits {
    let other_line_ends = memchr::memchr(b'\r', text).is_some();
    Traits { ascii: true, other_line_ends, ..Traits::default() }
}

/// The traits of valid UTF-8 that is not ASCII.
fn utf8_traits(text: &[u8]) -> Traits {
    let separators = || memmem::find_iter(text, b"\xE2\x80").map(|at| text[at + 2]);
    let other_line_ends = memchr::memchr(b'\r', text).is_some()
        || separators().any(|last| matches!(last, 0xA8 | 0xA9));
    let surrogates = text.iter().fold(0, |most, &byte| byte.max(most)) >= 0xF0;
    Traits { ascii: false, surrogates, lone_surrogates: false, other_line_ends }
}

/// The length in UTF-16 units.
fn utf16_length(text: &[u8]) -> usize {
    let characters = text.iter().filter(|&&byte| byte & 0xC0 != 0x80).count();
    let pairs = text.iter().filter(|&&byte| byte >= 0xF0).count();
    characters + pairs
}

/// The text as ASCII, if it is that.
fn narrowed(units: &[u16]) -> Option<Vec<u8>> {
    let bytes: Vec<u8> = units.iter().map(|&unit| unit as u8).collect();
    let all = units.iter().fold(0, |all, unit| all | unit);
    (all < 0x80).then_some(bytes)
}

fn encoded(units: &[u16]) -> (Vec<u8>, Traits) {
    let mut bytes = Vec::with_capacity(units.len() + units.len() / 2);
    let mut traits = Traits::default();
    let mut at = 0;
    while let Some(&unit) = units.get(at) {
        if let Some(chunk) = units[at..].first_chunk::<CHUNK>()
            && chunk.iter().fold(0, |all, unit| all | unit) < 0x80
        {
            traits.other_line_ends |= chunk.contains(&0x0D);
            bytes.extend(chunk.map(|unit| unit as u8));
            at += CHUNK;
            continue;
        }
        at += 1;
        let mut c = u32::from(unit);
        if is_lead(unit) || is_trail(unit) {
            traits.surrogates = true;
            if let Some(pair) = units.get(at).and_then(|&trail| combine(unit, trail)) {
                c = pair;
                at += 1;
            } else {
                traits.lone_surrogates = true;
            }
        }
        traits.other_line_ends |= matches!(c, 0x0D | 0x2028 | 0x2029);
        push_utf8(&mut bytes, c);
    }
    (bytes, traits)
}

/// UTF-8 for any number below 0x110000: `char` does not take surrogates.
fn push_utf8(bytes: &mut Vec<u8>, c: u32) {
    let tail = |shift: u32| 0x80 | (c >> shift & 0x3F) as u8;
    match c {
        0..0x80 => bytes.push(c as u8),
        0x80..0x800 => bytes.extend([0xC0 | (c >> 6) as u8, tail(0)]),
        0x800..0x1_0000 => bytes.extend([0xE0 | (c >> 12) as u8, tail(6), tail(0)]),
        _ => bytes.extend([0xF0 | (c >> 18) as u8, tail(12), tail(6), tail(0)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_go_back_to_utf16() {
        let text: Vec<u16> = "aé\u{2028}😀z".encode_utf16().chain([0xD800, 0x62]).collect();
        let haystack = Haystack::new(text.clone());
        for at in (0..=text.len()).filter(|&at| at != 4) {
            let before = Haystack::new(text[..at].to_vec());
            assert_eq!(haystack.utf16_offset(before.bytes().len()), at as u32);
        }
    }

    #[test]
    fn a_text_in_utf8_is_the_text_in_utf16() {
        let long = "at é: ".repeat(40);
        let texts = ["", "abc", "a\r\n", "é", "\u{2028}", "\u{2030}", "😀\r", &*long];
        for text in texts.into_iter().chain((0..long.len()).filter_map(|at| long.get(at..))) {
            let (from_units, from_utf8) =
                (Haystack::new(text.encode_utf16().collect()), Haystack::from_utf8(text));
            assert_eq!(from_utf8.length(), from_units.length());
            assert_eq!(from_utf8.units(), from_units.units());
            assert_eq!(from_utf8.bytes(), from_units.bytes());
            assert_eq!(from_utf8.traits(), from_units.traits());
        }
    }

    #[test]
    fn traits_tell_what_a_text_holds() {
        let traits = |text: &[u16]| Haystack::new(text.to_vec()).traits();
        let none = Traits::default();
        assert_eq!(traits(&[]), Traits { ascii: true, ..none });
        assert_eq!(traits(&[0x0D]), Traits { ascii: true, other_line_ends: true, ..none });
        assert_eq!(traits(&[0xE9]), none);
        assert_eq!(traits(&[0x2029]), Traits { other_line_ends: true, ..none });
        assert_eq!(traits(&[0xD83D, 0xDE00]), Traits { surrogates: true, ..none });
        assert_eq!(
            traits(&[0xDE00, 0xD83D]),
            Traits { surrogates: true, lone_surrogates: true, ..none }
        );
    }
}
