//! Reads `tables.bin`, whose layout `scripts/unicode-tables.mjs` defines.
//!
//! A set is decoded each time that it is needed. That takes some microseconds; keeping all sets
//! would take hundreds of kilobytes.

use super::code_point_set::CodePointSet;
use super::tables::{BLOB, SEQUENCE_LETTERS};

/// A position in the blob.
struct BlobReader {
    position: usize,
}

impl BlobReader {
    fn byte(&mut self) -> u8 {
        let byte = BLOB[self.position];
        self.position += 1;
        byte
    }

    /// LEB128: seven bits a byte, the lowest first.
    fn number(&mut self) -> u32 {
        let mut value = 0;
        for shift in (0..).step_by(7) {
            let byte = self.byte();
            value |= u32::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                break;
            }
        }
        value
    }
}

/// The set that starts at `offset`.
pub(super) fn set(offset: u16) -> CodePointSet {
    let mut reader = BlobReader { position: usize::from(offset) };
    let count = reader.number();
    let mut next = 0;
    CodePointSet::from_ranges((0..count).map(|_| {
        let low = next + reader.number();
        let high = low + reader.number();
        next = high + 1;
        (low, high)
    }))
}

/// Reads the property of strings that starts at `offset`: adds members of one code point to
/// `singles`, longer ones to `strings`.
pub(super) fn sequences(offset: u16, singles: &mut CodePointSet, strings: &mut Vec<Vec<u32>>) {
    let mut reader = BlobReader { position: usize::from(offset) };
    singles.union(&set(reader.number() as u16));
    for &(low, high) in set(reader.number() as u16).ranges() {
        strings.extend((low..=high).map(|c| vec![c, 0xFE0F]));
    }
    let mut previous: Vec<u32> = Vec::new();
    for _ in 0..reader.number() {
        let lengths = reader.byte();
        previous.truncate(usize::from(lengths >> 4));
        for _ in 0..lengths & 15 {
            previous.push(SEQUENCE_LETTERS[reader.number() as usize]);
        }
        strings.push(previous.clone());
    }
}
