//! A text as it comes.

use std::borrow::Cow;

use super::ansi::ESC;

/// Bytes that are looked at without a branch in between, which the compiler vectorises.
const LANES: usize = 32;

/// A text as it is handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RawText<'t> {
    /// Nothing but ASCII: its bytes are its code units.
    Ascii(Cow<'t, [u8]>),
    /// ASCII without ESC: nobody needs to look for control sequences.
    Plain(&'t [u8]),
    /// Any text.
    Utf16(Vec<u16>),
}

impl<'t> RawText<'t> {
    /// A text of Latin-1 characters. What it holds is found out in one pass: for a short text in
    /// the caches of another core, that is most of what it costs to read it.
    pub fn of_latin1(text: &'t [u8]) -> Self {
        let (mut all, mut escapes) = ([0; LANES], [0; LANES]);
        let mut look_at = |block: &[u8; LANES]| {
            for lane in 0..LANES {
                all[lane] |= block[lane];
                escapes[lane] |= u8::from(block[lane] == ESC as u8);
            }
        };
        let (blocks, rest) = text.as_chunks();
        blocks.iter().for_each(&mut look_at);
        if let Some(last) = text.last_chunk() {
            look_at(last);
        } else {
            let mut block = [0; LANES];
            block[..rest.len()].copy_from_slice(rest);
            look_at(&block);
        }
        if !all.is_ascii() {
            Self::Utf16(text.iter().map(|&byte| u16::from(byte)).collect())
        } else if escapes == [0; LANES] {
            Self::Plain(text)
        } else {
            Self::Ascii(text.into())
        }
    }

    /// The text in memory of its own.
    #[must_use]
    pub fn into_owned(self) -> RawText<'static> {
        match self {
            Self::Ascii(bytes) => RawText::Ascii(bytes.into_owned().into()),
            Self::Plain(bytes) => RawText::Ascii(bytes.to_vec().into()),
            Self::Utf16(units) => RawText::Utf16(units),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin1_is_told_wherever_a_character_is() {
        for length in (0..3 * LANES).chain([1000]) {
            let text = vec![b'a'; length];
            assert_eq!(RawText::of_latin1(&text), RawText::Plain(&text));
            for at in 0..length {
                let with = |byte| [&text[..at], &[byte], &text[at + 1..]].concat();
                let escape = with(0x1B);
                assert_eq!(RawText::of_latin1(&escape), RawText::Ascii((&escape[..]).into()));
                for byte in [0x80, 0x9B, 0xFF] {
                    let latin1 = with(byte);
                    let units = latin1.iter().map(|&byte| u16::from(byte)).collect();
                    assert_eq!(RawText::of_latin1(&latin1), RawText::Utf16(units));
                }
            }
        }
    }
}
