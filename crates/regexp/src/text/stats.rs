//! What is known of a text, and the offsets that follow from it.

use super::flags::TextFlags;
use super::utf16::utf16_length;

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
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Mark {
    pub(crate) byte: u32,
    pub(crate) unit: u32,
}

impl TextStats {
    /// Of ASCII without line terminators besides `\n`.
    pub(crate) fn of_ascii(length: usize) -> Self {
        let flags = TextFlags { ascii: true, ..TextFlags::default() };
        Self { flags, length, marks: Vec::new() }
    }

    /// The UTF-16 offset of a UTF-8 one, which lies between two characters of `bytes`.
    pub(crate) fn utf16_offset(&self, bytes: &[u8], offset: usize) -> u32 {
        if self.flags.ascii {
            return offset as u32;
        }
        let Mark { byte, unit } = self.mark_before(offset);
        unit + utf16_length(&bytes[byte as usize..offset]) as u32
    }

    /// The last mark that is not after an offset, in bytes.
    pub(crate) fn mark_before(&self, offset: usize) -> Mark {
        let after = self.marks.partition_point(|mark| mark.byte as usize <= offset);
        after.checked_sub(1).map_or(Mark::default(), |at| self.marks[at])
    }
}
