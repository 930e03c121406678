//! A text as it comes.

use std::borrow::Cow;

use super::plain::is_plain;

/// A text as it is handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RawText<'t> {
    /// Nothing but ASCII: its bytes are its code units.
    Ascii(Cow<'t, [u8]>),
    /// ASCII without ESC and carriage returns, as most texts are: nobody needs to look for control
    /// sequences or for line terminators besides `\n`.
    Plain(&'t [u8]),
    /// Any text.
    Utf16(Vec<u16>),
}

impl<'t> RawText<'t> {
    /// A text of Latin-1 characters. What it holds is found out in one pass: for a short text in
    /// the caches of another core, that is most of what it costs to read it.
    ///
    /// Inlined, so that the text is not written to memory and copied from there at once, which
    /// stalls.
    #[inline]
    pub fn of_latin1(text: &'t [u8]) -> Self {
        if Self::is_plain(text) { Self::Plain(text) } else { Self::of_other_latin1(text) }
    }

    /// Whether a text of Latin-1 characters is [`Self::Plain`].
    pub fn is_plain(text: &[u8]) -> bool {
        is_plain(text)
    }

    #[inline(never)]
    fn of_other_latin1(text: &'t [u8]) -> Self {
        if text.is_ascii() {
            Self::Ascii(text.into())
        } else {
            Self::Utf16(text.iter().map(|&byte| u16::from(byte)).collect())
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

    /// More than are looked at together.
    const LENGTHS: usize = 100;

    #[test]
    fn latin1_is_told_wherever_a_character_is() {
        for length in (0..LENGTHS).chain([1000]) {
            let text = vec![b'a'; length];
            assert_eq!(RawText::of_latin1(&text), RawText::Plain(&text));
            for at in 0..length {
                let with = |byte| [&text[..at], &[byte], &text[at + 1..]].concat();
                for other in [with(0x1B), with(b'\r')] {
                    assert_eq!(RawText::of_latin1(&other), RawText::Ascii((&other[..]).into()));
                }
                for byte in [0x80, 0x9B, 0xFF] {
                    let latin1 = with(byte);
                    let units = latin1.iter().map(|&byte| u16::from(byte)).collect();
                    assert_eq!(RawText::of_latin1(&latin1), RawText::Utf16(units));
                }
            }
        }
    }
}
