//! A text as the engines read it: the UTF-16 that JavaScript has, and UTF-8 for the automata.
//!
//! One pass makes the UTF-8 and notes the text's traits: what it holds that could make UTF-8 automata and ECMAScript's
//! code units disagree.

use super::utf16::{combine, is_lead, is_trail};
use crate::limits::MAX_TEXT_UNITS;

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
    units: Vec<u16>,
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
                let other_line_ends = memchr::memchr(b'\r', &bytes).is_some();
                (bytes, Traits { ascii: true, other_line_ends, ..Traits::default() })
            }
            None => encoded(&units),
        };
        Self { units, bytes, traits }
    }

    /// The text in UTF-16.
    pub fn units(&self) -> &[u16] {
        &self.units
    }

    /// The text in UTF-8, lone surrogates in three bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The text, if all of it is ASCII.
    pub(super) fn ascii(&self) -> Option<&[u8]> {
        self.traits.ascii.then_some(&*self.bytes)
    }

    pub(super) fn traits(&self) -> Traits {
        self.traits
    }

    /// The UTF-16 offset of a UTF-8 one, which lies between characters.
    pub(super) fn utf16_offset(&self, byte_offset: usize) -> u32 {
        if self.traits.ascii {
            return byte_offset as u32;
        }
        let before = &self.bytes[..byte_offset];
        let characters = before.iter().filter(|&&byte| byte & 0xC0 != 0x80).count();
        let pairs = before.iter().filter(|&&byte| byte >= 0xF0).count();
        (characters + pairs) as u32
    }
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
