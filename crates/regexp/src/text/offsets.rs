//! Offsets in bytes become offsets in code units: many of them, in any order.

use super::CHUNK;
use super::stats::{Mark, TextStats};
use super::utf16::utf16_length;

/// Bytes of a block: what is counted again for each offset in it is half of that.
const BLOCK: usize = 64;

/// Blocks of a part of the text. Offsets behind them take longer.
const BLOCKS: usize = CHUNK / BLOCK;

/// The offsets of one text.
pub(super) struct Offsets<'t> {
    bytes: &'t [u8],
    stats: &'t TextStats,
    /// Where the part begins that `units` is about.
    part: Mark,
    /// Code units of the part before each of its blocks, up to the one at `known`.
    units: [u16; BLOCKS],
    known: usize,
}

impl<'t> Offsets<'t> {
    pub(super) fn new(bytes: &'t [u8], stats: &'t TextStats) -> Self {
        Self { bytes, stats, part: Mark::default(), units: [0; BLOCKS], known: 0 }
    }

    /// The UTF-16 offset of the character that a byte is in; the length of the text behind its end.
    /// Also the lead byte of that character.
    pub(super) fn unit_at(&mut self, byte: u32) -> (u32, u8) {
        let mut byte = byte as usize;
        if byte >= self.bytes.len() {
            return (self.stats.length as u32, 0);
        }
        while byte > 0 && self.bytes[byte] & 0xC0 == 0x80 {
            byte -= 1;
        }
        let part = self.stats.mark_before(byte);
        if part.byte != self.part.byte {
            (self.part, self.known) = (part, 0);
        }
        let part_bytes = &self.bytes[part.byte as usize..];
        let in_part = byte - part.byte as usize;
        let block = (in_part / BLOCK).min(BLOCKS - 1);
        while self.known < block {
            let next = utf16_length(&part_bytes[self.known * BLOCK..][..BLOCK]);
            self.units[self.known + 1] = self.units[self.known] + next as u16;
            self.known += 1;
        }
        let in_block = utf16_length(&part_bytes[block * BLOCK..in_part]) as u32;
        (part.unit + u32::from(self.units[block]) + in_block, self.bytes[byte])
    }
}
