//! What a text holds, as far as it decides which engine may read it.

use memchr::memmem;

use super::utf16::utf16_length;

/// What a text holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "independent facts about a text")]
pub(crate) struct TextFlags {
    /// Nothing but ASCII.
    pub(crate) ascii: bool,
    /// Surrogates, in pairs or alone.
    pub(crate) surrogates: bool,
    /// Surrogates without their other half. Their UTF-8 is not valid.
    pub(crate) lone_surrogates: bool,
    /// Line terminators besides `\n`.
    pub(crate) other_line_ends: bool,
}

/// What is known of a text that has been read to its end.
#[derive(Clone, Debug)]
pub(crate) struct TextStats {
    pub(crate) flags: TextFlags,
    /// In UTF-16 code units.
    pub(crate) length: usize,
    /// Ascending. Not used for ASCII, where both offsets are the same.
    pub(crate) marks: Vec<Mark>,
}

/// A place of which both offsets are known.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    pub(crate) byte: u32,
    pub(crate) unit: u32,
}

impl TextStats {
    /// The UTF-16 offset of a UTF-8 one, which lies between two characters of `bytes`.
    pub(crate) fn utf16_offset(&self, bytes: &[u8], offset: usize) -> u32 {
        if self.flags.ascii {
            return offset as u32;
        }
        let after = self.marks.partition_point(|mark| mark.byte as usize <= offset);
        let before = after.checked_sub(1).map_or(Mark { byte: 0, unit: 0 }, |at| self.marks[at]);
        before.unit + utf16_length(&bytes[before.byte as usize..offset]) as u32
    }
}

/// Reads a text in UTF-8, chunk by chunk. Whoever goes through the text anyway takes the scanner
/// along: a chunk is in the innermost cache then.
///
/// [`Haystack::scanner`](crate::Haystack::scanner) starts one, and
/// [`Haystack::set_stats`](crate::Haystack::set_stats) takes its result.
#[derive(Clone, Debug)]
pub struct TextScanner {
    /// In bytes.
    end: usize,
    units: usize,
    marks: Vec<Mark>,
    /// Whether the text is ASCII, as its owner says.
    is_ascii: bool,
    /// What there is up to `end`.
    flags: TextFlags,
}

impl TextScanner {
    pub(crate) fn new(is_ascii: bool) -> Self {
        let flags = TextFlags { ascii: true, ..TextFlags::default() };
        Self { end: 0, units: 0, marks: Vec::new(), is_ascii, flags }
    }

    /// Where the next chunk starts, in bytes.
    pub fn end(&self) -> usize {
        self.end
    }

    /// Reads `text` from where it stands to `end`. The text is the whole text each time.
    pub fn observe(&mut self, text: &[u8], end: usize) {
        let chunk = &text[self.end..end];
        self.flags.other_line_ends |= memchr::memchr(b'\r', chunk).is_some();
        if self.is_ascii {
            self.units += chunk.len();
        } else {
            self.observe_beyond_ascii(text, end);
        }
        self.end = end;
    }

    fn observe_beyond_ascii(&mut self, text: &[u8], end: usize) {
        if self.end > 0 {
            self.marks.push(Mark { byte: self.end as u32, unit: self.units as u32 });
        }
        let chunk = &text[self.end..end];
        if chunk.is_ascii() {
            self.units += chunk.len();
            return;
        }
        self.units += utf16_length(chunk);
        self.flags.ascii = false;
        self.flags.surrogates |= chunk.iter().fold(0, |most, &byte| byte.max(most)) >= 0xF0;
        // a separator may have started in the chunk before
        let chunk = &text[self.end.saturating_sub(2)..end];
        self.flags.other_line_ends |= memmem::find_iter(chunk, b"\xE2\x80")
            .any(|at| matches!(chunk.get(at + 2), Some(0xA8 | 0xA9)));
    }

    pub(crate) fn into_stats(self) -> TextStats {
        let Self { units: length, marks, flags, .. } = self;
        TextStats { flags, length, marks }
    }
}
