//! A text as it comes.

use std::borrow::Cow;

use regexp::Haystack;

/// A text as it is handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RawText<'t> {
    /// Nothing but ASCII: its bytes are its code units.
    Ascii(Cow<'t, [u8]>),
    /// Any text.
    Utf16(Vec<u16>),
}

impl<'t> RawText<'t> {
    /// The text as the engines read it. The rest of one that is longer than [`crate::limits::MAX_TEXT_UNITS`] is cut off.
    pub fn into_haystack(self) -> Haystack<'t> {
        match self {
            Self::Ascii(bytes) => Haystack::of_ascii(bytes),
            Self::Utf16(units) => Haystack::new(units),
        }
    }

    /// In code units.
    #[allow(clippy::len_without_is_empty, reason = "nobody asks")]
    pub fn len(&self) -> usize {
        match self {
            Self::Ascii(bytes) => bytes.len(),
            Self::Utf16(units) => units.len(),
        }
    }

    /// The text in memory of its own.
    #[must_use]
    pub fn into_owned(self) -> RawText<'static> {
        match self {
            Self::Ascii(bytes) => RawText::Ascii(bytes.into_owned().into()),
            Self::Utf16(units) => RawText::Utf16(units),
        }
    }
}
