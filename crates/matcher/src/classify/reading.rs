//! From an error as it is handed over to the rules that can match it.
//!
//! One pass over the text, chunk by chunk: a chunk is observed (what does the text hold?) and
//! scanned for literals while it is in the innermost cache. Before that, UTF-16 is encoded. Whether
//! a text has ANSI sequences, which most have not, shows on the way too; then it is stripped, and
//! read from the start. After each chunk but the last comes the check for an interrupt.

use std::borrow::Cow;

use crate::matcher::Matcher;
use crate::mem::reserve;
use crate::prefilter::CHUNK_BYTES;
use crate::scratch::Scratch;
use crate::text::{
    Ansi, FrameStripper, RawText, StackFrames, StripText, Stripper, TextOptions, has_introducer,
};
use regexp::text::{TextEncoder, TextScanner, Transcoder};
use regexp::{Haystack, Interrupt, Interruption};

/// The most bytes of UTF-8 that a code unit takes.
const MAX_UNIT_BYTES: usize = 3;

/// An error in UTF-16 that is encoded.
pub(super) struct Encode {
    encoder: TextEncoder,
    ansi: Ansi,
    /// Whether it has to be stripped.
    has_introducer: bool,
}

/// An error from which something is removed.
pub(super) enum Stripping<A, U> {
    Ascii(A),
    Utf16(U),
}

/// An error whose control sequences are removed.
pub(super) type StripAnsi = Stripping<Stripper<u8>, Stripper<u16>>;

/// An error whose stack frames are removed.
pub(super) type StripFrames = Stripping<FrameStripper<u8>, FrameStripper<u16>>;

/// The scan of an error for literals.
pub(super) struct Scan {
    /// `None`: the text's stats are known, or the text is so short that it is read when they are
    /// asked for. Boxed: most texts are.
    scanner: Option<Box<TextScanner>>,
    /// Bytes that are scanned.
    end: usize,
    ansi: Ansi,
    /// Whether it has to be stripped.
    has_introducer: bool,
}

/// The bytes of a text that is not longer than a chunk, and from which nothing has to be removed.
#[inline]
pub(super) fn one_chunk<'t>(text: &RawText<'t>, options: TextOptions) -> Option<&'t [u8]> {
    let (bytes, ansi) = match *text {
        RawText::Plain(bytes) => (bytes, Ansi::Keep),
        RawText::Ascii(Cow::Borrowed(bytes)) => (bytes, options.ansi),
        _ => return None,
    };
    let is_as_it_is = options.stack_frames == StackFrames::Keep
        && bytes.len() <= CHUNK_BYTES
        && (ansi == Ansi::Keep || !has_introducer(bytes, true));
    is_as_it_is.then_some(bytes)
}

impl Encode {
    /// `ansi`: whether introducers are looked for.
    pub(super) fn new(
        units: Vec<u16>,
        ansi: Ansi,
        transcoder: Transcoder,
        scratch: &mut Scratch,
    ) -> Self {
        let mut buffer = scratch.take_utf8();
        buffer.clear();
        reserve(&mut buffer, units.len(), MAX_UNIT_BYTES * units.len());
        let encoder = TextEncoder::new(units, buffer, transcoder);
        Self { encoder, ansi, has_introducer: false }
    }

    #[inline(never)]
    pub(super) fn resume(&mut self, interrupt: &Interrupt<'_>) -> Result<(), Interruption> {
        while self.encoder.encode_chunk() {
            if self.ansi == Ansi::Strip
                && has_introducer(self.encoder.chunk(), self.encoder.is_ascii())
            {
                self.has_introducer = true;
                break;
            }
            if !self.encoder.is_done() {
                interrupt.check()?;
            }
        }
        Ok(())
    }

    pub(super) fn finish(self, scratch: &mut Scratch) -> Result<Haystack<'static>, StripAnsi> {
        if self.has_introducer {
            let (units, bytes) = self.encoder.into_buffers();
            scratch.keep_utf8(bytes);
            return Err(StripAnsi::Utf16(Stripper::new(units)));
        }
        Ok(self.encoder.into())
    }
}

impl<A: StripText<Unit = u8>, U: StripText<Unit = u16>> Stripping<A, U> {
    pub(super) fn new(text: RawText<'_>) -> Self {
        match text {
            RawText::Ascii(bytes) => Self::Ascii(A::new(bytes.into_owned())),
            RawText::Plain(bytes) => Self::Ascii(A::new(bytes.to_vec())),
            RawText::Utf16(units) => Self::Utf16(U::new(units)),
        }
    }

    /// [`Self::new`]. `scratch`: has memory for a text that is borrowed.
    pub(super) fn new_in(text: RawText<'_>, scratch: &mut Scratch) -> Self {
        let RawText::Ascii(Cow::Borrowed(bytes)) = text else { return Self::new(text) };
        let mut copy = scratch.take_utf8();
        copy.clear();
        copy.extend_from_slice(bytes);
        Self::Ascii(A::new(copy))
    }

    #[inline(never)]
    pub(super) fn resume(&mut self, interrupt: &Interrupt<'_>) -> Result<(), Interruption> {
        loop {
            let is_done = match self {
                Self::Ascii(stripper) => stripper.strip_chunk(),
                Self::Utf16(stripper) => stripper.strip_chunk(),
            };
            if is_done {
                return Ok(());
            }
            interrupt.check()?;
        }
    }

    /// What is left of the text.
    pub(super) fn finish(self) -> RawText<'static> {
        match self {
            Self::Ascii(stripper) => RawText::Ascii(stripper.into_text().into()),
            Self::Utf16(stripper) => RawText::Utf16(stripper.into_text()),
        }
    }
}

impl Scan {
    /// `ansi`: whether introducers are looked for. The text is ASCII then.
    pub(super) fn new(ansi: Ansi) -> Self {
        Self { scanner: None, end: 0, ansi, has_introducer: false }
    }

    /// Whether nothing is scanned yet of a text that is no longer than a chunk, and from which
    /// nothing has to be removed.
    #[inline]
    pub(super) fn is_short(&self, text: &Haystack<'_>) -> bool {
        self.end == 0 && self.ansi == Ansi::Keep && text.bytes().len() <= CHUNK_BYTES
    }

    /// The literals that were found are in the scratch.
    pub(super) fn holds_scratch(&self) -> bool {
        self.end > 0
    }

    /// Whether an introducer was found: the text has to be stripped.
    pub(super) fn has_introducer(&self) -> bool {
        self.has_introducer
    }

    /// `text`: the same each time.
    pub(super) fn resume(
        &mut self,
        text: &Haystack<'_>,
        matcher: &Matcher,
        scratch: &mut Scratch,
        interrupt: &Interrupt<'_>,
    ) -> Result<(), Interruption> {
        let prefilter = matcher.prefilter();
        let bytes = text.bytes();
        if self.end == 0 {
            if bytes.len() > CHUNK_BYTES {
                self.scanner = text.scanner().map(Box::new);
            }
            prefilter.begin_scan(bytes.len(), &mut scratch.prefilter);
        }
        while self.end < bytes.len() {
            let chunk = self.end..bytes.len().min(self.end + CHUNK_BYTES);
            if self.ansi == Ansi::Strip && has_introducer(&bytes[chunk.clone()], true) {
                self.has_introducer = true;
                break;
            }
            if let Some(scanner) = &mut self.scanner {
                scanner.observe(bytes, chunk.end);
            }
            self.end = chunk.end;
            prefilter.scan_chunk(bytes, chunk, &mut scratch.prefilter);
            if self.end < bytes.len() {
                interrupt.check()?;
            }
        }
        Ok(())
    }

    /// Once the text is scanned: tells it what it holds.
    pub(super) fn finish(&mut self, text: &Haystack<'_>) {
        if let Some(scanner) = self.scanner.take() {
            text.set_stats(*scanner);
        }
    }
}
