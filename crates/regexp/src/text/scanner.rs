//! Reads a text in UTF-8 for what it holds.

use memchr::memmem;

use super::flags::TextFlags;
use super::stats::{Mark, TextStats};
use super::utf16::utf16_length;

/// Reads a text in UTF-8, chunk by chunk. A caller that reads the text anyway takes the
/// scanner along: a chunk is in the innermost cache then.
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
