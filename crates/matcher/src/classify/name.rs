//! A test's name. Few rules ask for it, so it is read when the first one does.

use std::mem;

use crate::text::RawText;
use regexp::text::{CHUNK, TextEncoder, TextScanner, Transcoder};
use regexp::{Haystack, Interrupt, Interruption};

// what a name is read with is boxed: most names are not read
pub(super) enum Name<'t> {
    Raw(RawText<'t>),
    Utf8(&'t str),
    Encode(Box<TextEncoder>),
    Scan(Box<Haystack<'t>>, TextScanner),
    Read(Box<Haystack<'t>>),
}

impl<'t> Name<'t> {
    /// Reads the name, unless interrupted.
    #[inline(never)]
    pub(super) fn read(
        &mut self,
        interrupt: &Interrupt<'_>,
    ) -> Result<&Haystack<'t>, Interruption> {
        while !matches!(self, Self::Read(_)) {
            match self {
                Self::Raw(_) | Self::Utf8(_) | Self::Read(_) => {}
                Self::Encode(encoder) => {
                    while encoder.encode_chunk() && !encoder.is_done() {
                        interrupt.check()?;
                    }
                }
                Self::Scan(name, scanner) => {
                    let bytes = name.bytes();
                    while scanner.end() < bytes.len() {
                        scanner.observe(bytes, bytes.len().min(scanner.end() + CHUNK));
                        if scanner.end() < bytes.len() {
                            interrupt.check()?;
                        }
                    }
                }
            }
            *self = match mem::replace(self, Self::Utf8("")) {
                Self::Raw(RawText::Utf16(units)) => {
                    let transcoder = Transcoder::default();
                    Self::Encode(TextEncoder::new(units, Vec::new(), transcoder).into())
                }
                Self::Raw(RawText::Ascii(bytes)) => Self::scan(Haystack::from_ascii(bytes)),
                Self::Raw(RawText::Plain(bytes)) => Self::scan(Haystack::from_ascii(bytes.into())),
                Self::Utf8(name) => Self::scan(Haystack::from_utf8(name)),
                Self::Encode(encoder) => Self::Read(Box::new(Haystack::from(*encoder))),
                Self::Scan(name, scanner) => {
                    name.set_stats(scanner);
                    Self::Read(name)
                }
                Self::Read(name) => Self::Read(name),
            };
        }
        match self {
            Self::Read(name) => Ok(name),
            _ => unreachable!("the loop ends when it is read"),
        }
    }

    fn scan(name: Haystack<'t>) -> Self {
        match name.scanner() {
            Some(scanner) => Self::Scan(name.into(), scanner),
            None => Self::Read(name.into()),
        }
    }

    pub(super) fn into_owned(self) -> Name<'static> {
        match self {
            Self::Raw(name) => Name::Raw(name.into_owned()),
            Self::Utf8(name) => Name::scan(Haystack::from_utf8(name).into_owned()),
            Self::Encode(encoder) => Name::Encode(encoder),
            Self::Scan(name, scanner) => Name::Scan(Box::new(name.into_owned()), scanner),
            Self::Read(name) => Name::Read(Box::new(name.into_owned())),
        }
    }

    /// Takes the memory that the name was handed over in, if it was in UTF-16. Only once it is no
    /// longer needed.
    pub(super) fn take_units(&mut self) -> Vec<u16> {
        match self {
            Self::Raw(RawText::Utf16(units)) => mem::take(units),
            Self::Raw(RawText::Ascii(_) | RawText::Plain(_)) | Self::Utf8(_) => Vec::new(),
            Self::Encode(_) => match mem::replace(self, Self::Utf8("")) {
                Self::Encode(encoder) => encoder.into_buffers().0,
                _ => Vec::new(),
            },
            Self::Scan(name, _) | Self::Read(name) => name.take_buffers().0,
        }
    }
}
