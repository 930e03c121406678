//! A text as it comes.

use std::borrow::Cow;

/// A text as it is handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RawText<'t> {
    /// Nothing but ASCII: its bytes are its code units.
    Ascii(Cow<'t, [u8]>),
    /// Any text.
    Utf16(Vec<u16>),
}

impl RawText<'_> {
    /// The text in memory of its own.
    #[must_use]
    pub fn into_owned(self) -> RawText<'static> {
        match self {
            Self::Ascii(bytes) => RawText::Ascii(bytes.into_owned().into()),
            Self::Utf16(units) => RawText::Utf16(units),
        }
    }
}
