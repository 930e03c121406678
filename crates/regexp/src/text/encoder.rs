//! From UTF-16 to a haystack, chunk by chunk.

use super::CHUNK;
use super::flags::TextFlags;
use super::stats::{Mark, TextStats};
use super::transcoder::{Encoded, Transcoder, whole_characters};
use crate::limits::MAX_TEXT_UNITS;

/// Code units of a chunk: as many bytes as [`CHUNK`], and at least half as many of UTF-8.
const CHUNK_UNITS: usize = CHUNK / size_of::<u16>();

/// Encodes a text in UTF-16 chunk by chunk: between two of them it can be suspended, or given up.
///
/// `Haystack::from` takes it over.
#[derive(Debug)]
pub struct TextEncoder {
    units: Vec<u16>,
    /// Code units that are encoded.
    end: usize,
    /// Where the last chunk starts, in bytes.
    chunk: usize,
    bytes: Vec<u8>,
    flags: TextFlags,
    marks: Vec<Mark>,
    transcoder: Transcoder,
}

impl TextEncoder {
    /// Takes a text over. A text longer than [`MAX_TEXT_UNITS`] is cut there. `buffer`: memory for
    /// the text in UTF-8.
    pub fn new(mut units: Vec<u16>, mut buffer: Vec<u8>, transcoder: Transcoder) -> Self {
        units.truncate(MAX_TEXT_UNITS);
        buffer.clear();
        buffer.reserve(units.len());
        let flags = TextFlags { ascii: true, ..TextFlags::default() };
        Self { units, end: 0, chunk: 0, bytes: buffer, flags, marks: Vec::new(), transcoder }
    }

    /// Encodes the next chunk, whole characters of it. `false`: there was none left.
    pub fn encode_chunk(&mut self) -> bool {
        if self.is_done() {
            return false;
        }
        let start = self.end;
        self.chunk = self.bytes.len();
        if start > 0 {
            self.marks.push(Mark { byte: self.chunk as u32, unit: start as u32 });
        }
        let rest = &self.units[start..];
        let chunk = &rest[..whole_characters(rest, CHUNK_UNITS)];
        let Encoded { length, surrogates, lone_surrogates, separators } =
            self.transcoder.push_utf8(chunk, &mut self.bytes);
        self.end = start + chunk.len();
        self.flags.ascii &= length == chunk.len();
        self.flags.surrogates |= surrogates;
        self.flags.lone_surrogates |= lone_surrogates;
        self.flags.other_line_ends |= separators | memchr::memchr(b'\r', self.chunk()).is_some();
        true
    }

    /// The UTF-8 of the last chunk.
    pub fn chunk(&self) -> &[u8] {
        &self.bytes[self.chunk..]
    }

    /// Whether all of the text is encoded.
    pub fn is_done(&self) -> bool {
        self.end == self.units.len()
    }

    /// Whether all that is encoded is ASCII.
    pub fn is_ascii(&self) -> bool {
        self.flags.ascii
    }

    /// The text in UTF-16 and the buffer for UTF-8.
    pub fn into_buffers(self) -> (Vec<u16>, Vec<u8>) {
        (self.units, self.bytes)
    }

    /// What is known of the text, its UTF-16 and its UTF-8. Encodes what is left.
    pub(super) fn finish(mut self) -> (TextStats, Vec<u16>, Vec<u8>) {
        while self.encode_chunk() {}
        let Self { units, bytes, flags, marks, .. } = self;
        (TextStats { flags, length: units.len(), marks }, units, bytes)
    }
}
