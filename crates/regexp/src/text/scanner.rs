//! Reads a text in UTF-8 for what it holds.

use memchr::memmem;

use super::CHUNK;
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
        if self.is_ascii {
            self.flags.other_line_ends |= memchr::memchr(b'\r', chunk).is_some();
            self.units += chunk.len();
        } else {
            self.observe_unknown(text, end);
        }
        self.end = end;
    }

    fn observe_unknown(&mut self, text: &[u8], end: usize) {
        if self.end > 0 {
            self.marks.push(Mark { byte: self.end as u32, unit: self.units as u32 });
        }
        let chunk = &text[self.end..end];
        if is_plain(chunk) {
            self.units += chunk.len();
            return;
        }
        self.flags.other_line_ends |= memchr::memchr(b'\r', chunk).is_some();
        if chunk.is_ascii() {
            self.units += chunk.len();
        } else {
            self.observe_beyond_ascii(text, end);
        }
    }

    fn observe_beyond_ascii(&mut self, text: &[u8], end: usize) {
        let chunk = &text[self.end..end];
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

/// What there is in a text, read at once. `is_ascii`: as its owner says.
#[inline(never)]
pub(crate) fn read(text: &[u8], is_ascii: bool) -> TextStats {
    let mut scanner = TextScanner::new(is_ascii);
    while scanner.end < text.len() {
        scanner.observe(text, text.len().min(scanner.end + CHUNK));
    }
    scanner.into_stats()
}

/// Whether `text` is ASCII without carriage returns, as most texts are. Both at once, because a
/// short text is read faster than two functions are called.
pub(crate) fn is_plain(text: &[u8]) -> bool {
    /// Bytes that are looked at without a branch in between, which the compiler vectorises.
    const LANES: usize = 32;
    let look_at = |[mut all, mut returns]: [[u8; LANES]; 2], block: &[u8; LANES]| {
        for lane in 0..LANES {
            all[lane] |= block[lane];
            returns[lane] |= u8::from(block[lane] == b'\r');
        }
        [all, returns]
    };
    let (blocks, rest) = text.as_chunks();
    let seen = blocks.iter().fold([[0; LANES]; 2], look_at);
    let [all, returns] = if let Some(last) = text.last_chunk() {
        // it overlaps the last whole block
        look_at(seen, last)
    } else {
        let mut block = [0; LANES];
        block[..rest.len()].copy_from_slice(rest);
        look_at(seen, &block)
    };
    all.is_ascii() && returns == [0; LANES]
}

#[cfg(test)]
mod tests {
    use super::is_plain;

    #[test]
    fn a_byte_is_seen_wherever_it_is() {
        for length in 0..70 {
            let plain = vec![b'x'; length];
            assert!(is_plain(&plain), "{length}");
            for (at, byte) in (0..length).flat_map(|at| [b'\r', 0x80, 0x8D].map(|byte| (at, byte)))
            {
                let mut text = plain.clone();
                text[at] = byte;
                assert!(!is_plain(&text), "{at} of {length}");
            }
        }
    }
}
