//! From UTF-16 to UTF-8 and back. Lone surrogates are legal in JavaScript's strings: in UTF-8 they
//! take three bytes, as if they were characters (WTF-8).
//!
//! A text is converted block by block into memory on the stack, which has room for all that a
//! block can become: so the code for a block neither asks for room nor clears any, and a text
//! takes no more memory than it needs.

use super::blocks::BLOCK;
pub use super::blocks::{Encoded, MAX_BYTES, MAX_UNITS, Utf8Block, Utf16Block};
use super::portable;

/// The code that converts blocks. The crate has code that runs everywhere, which is the default;
/// its user can bring some that needs features of the CPU.
#[derive(Clone, Copy, Debug)]
pub struct Transcoder {
    /// Writes at most [`MAX_UNITS`] as UTF-8 and tells what there is of it.
    pub encode: fn(&[u16], &mut Utf8Block) -> Encoded,
    /// Writes at most [`MAX_BYTES`], whole characters, as UTF-16 and tells how many code units they
    /// are. They are UTF-8, lone surrogates in three bytes. What becomes of others is left open,
    /// but they give no more units than they are.
    pub decode: fn(&[u8], &mut Utf16Block) -> usize,
}

impl Default for Transcoder {
    fn default() -> Self {
        Self { encode: portable::encode, decode: portable::decode }
    }
}

impl Transcoder {
    /// Appends `units` to `bytes` as UTF-8. Returns what they hold, and how many bytes they are.
    pub fn push_utf8(&self, mut units: &[u16], bytes: &mut Vec<u8>) -> Encoded {
        let mut block: Utf8Block = [0; _];
        let mut all = Encoded::default();
        while !units.is_empty() {
            let (first, rest) = units.split_at(whole_characters(units, BLOCK));
            let Encoded { length, surrogates, lone_surrogates, separators } =
                (self.encode)(first, &mut block);
            bytes.extend_from_slice(&block[..length]);
            all.length += length;
            all.surrogates |= surrogates;
            all.lone_surrogates |= lone_surrogates;
            all.separators |= separators;
            units = rest;
        }
        all
    }

    /// Appends a text in UTF-8, lone surrogates in three bytes, to `units`.
    pub fn push_utf16(&self, mut text: &[u8], units: &mut Vec<u16>) {
        let mut block: Utf16Block = [0; _];
        while !text.is_empty() {
            let mut end = text.len().min(MAX_BYTES);
            // a character has three bytes besides its first
            while end > MAX_BYTES - 3 && text.get(end).is_some_and(|byte| byte & 0xC0 == 0x80) {
                end -= 1;
            }
            let (first, rest) = text.split_at(end);
            let count = (self.decode)(first, &mut block);
            units.extend_from_slice(&block[..count]);
            text = rest;
        }
    }
}

/// How many of the first `most` units are whole characters, or one more.
pub(super) fn whole_characters(units: &[u16], most: usize) -> usize {
    match units.get(most) {
        Some(&trail) if super::combine(units[most - 1], trail).is_some() => most + 1,
        Some(_) => most,
        None => units.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The UTF-8 of a text by way of its characters.
    fn by_characters(units: &[u16]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for one in char::decode_utf16(units.iter().copied()) {
            match one {
                Ok(c) => bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
                Err(lone) => {
                    let unit = lone.unpaired_surrogate();
                    let tail = |shift: u32| 0x80 | (unit >> shift & 0x3F) as u8;
                    bytes.extend([0xE0 | (unit >> 12) as u8, tail(6), tail(0)]);
                }
            }
        }
        bytes
    }

    fn check(units: &[u16]) {
        let (transcoder, expected) = (Transcoder::default(), by_characters(units));
        let (mut bytes, mut back) = (vec![1], vec![1]);
        let encoded = transcoder.push_utf8(units, &mut bytes);
        assert_eq!((bytes[0], &bytes[1..]), (1, &*expected), "{units:x?}");
        let is_surrogate = |unit: &u16| (0xD800..0xE000).contains(unit);
        let of_lone = |one: Result<char, _>| one.is_err();
        assert_eq!(
            encoded,
            Encoded {
                length: expected.len(),
                surrogates: units.iter().any(is_surrogate),
                lone_surrogates: char::decode_utf16(units.iter().copied()).any(of_lone),
                separators: units.iter().any(|unit| matches!(unit, 0x2028 | 0x2029)),
            },
            "{units:x?}"
        );
        transcoder.push_utf16(&expected, &mut back);
        assert_eq!((back[0], &back[1..]), (1, units), "{units:x?}");
    }

    #[test]
    fn every_unit_goes_and_comes_back() {
        let all: Vec<u16> = (0..=u16::MAX).collect();
        check(&all);
        for &unit in &all {
            check(&[0x61, unit, 0x444]);
        }
        for c in ('\u{10000}'..=char::MAX).step_by(0x3F1) {
            check(c.encode_utf16(&mut [0; 2]));
        }
    }

    #[test]
    fn whatever_stands_side_by_side_goes_and_comes_back() {
        /// The first and the last unit of each length in UTF-8, and all that is special.
        const KINDS: [u16; 14] = [
            0x61, 0x0A, 0x7F, 0x80, 0x444, 0x7FF, 0x800, 0x2028, 0x65E5, 0xFFFF, 0xD800, 0xDBFF,
            0xDC00, 0xDFFF,
        ];
        for first in KINDS {
            for second in KINDS {
                for third in KINDS {
                    let mut units = vec![0x61; 40];
                    for at in [0, 13, 14, 15, 16, 29, 30, 31, 37] {
                        units[at..at + 3].copy_from_slice(&[first, second, third]);
                        check(&units);
                        check(&units[..at + 3]);
                        units[at..at + 3].fill(0x61);
                    }
                }
            }
        }
        for length in 2 * BLOCK - 4..2 * BLOCK + 4 {
            for kind in KINDS {
                check(&vec![kind; length]);
            }
            check(&[0xD83D, 0xDE00].repeat(length / 2));
            check(&[&[0x61][..], &[0xD83D, 0xDE00].repeat(length / 2)].concat());
        }
    }
}
