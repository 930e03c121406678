//! Texts that are kept, many in one block of memory.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use once_cell::sync::OnceCell;

use super::Transcoder;

/// The most bytes before a text in its block.
const MOST: usize = 1 << 24;

/// A text that is kept, such as the source of a pattern. Clones share it.
///
/// It is in UTF-8, lone surrogates in three bytes, in a [block](TextBlock) with others: a list
/// keeps three such texts for each rule, and most are shorter than what an allocation takes.
#[derive(Clone, Debug, Default)]
pub struct SharedText {
    block: Arc<OnceCell<Vec<u8>>>,
    start: u32,
    length: u32,
}

impl SharedText {
    /// Of a text without lone surrogates.
    pub fn of_str(text: &str) -> Self {
        TextBlock::default().add(|bytes| bytes.extend_from_slice(text.as_bytes()))
    }

    /// Whether it is the empty one.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Its bytes. None as long as its block is not complete.
    pub fn bytes(&self) -> &[u8] {
        let all = self.block.get().map_or(&[][..], Vec::as_slice);
        all.get(self.start as usize..(self.start + self.length) as usize).unwrap_or_default()
    }

    /// Its UTF-16 code units.
    pub fn units(&self) -> Vec<u16> {
        let mut units = Vec::with_capacity(self.length as usize);
        self.append_to(&mut units);
        units
    }

    /// Appends its code units.
    pub(crate) fn append_to(&self, units: &mut Vec<u16>) {
        let bytes = self.bytes();
        if bytes.is_ascii() {
            units.extend(bytes.iter().map(|&byte| u16::from(byte)));
        } else {
            Transcoder::default().push_utf16(bytes, units);
        }
    }
}

impl<T: AsRef<[u16]>> From<T> for SharedText {
    fn from(units: T) -> Self {
        TextBlock::default().add_units(units.as_ref())
    }
}

impl PartialEq for SharedText {
    fn eq(&self, other: &Self) -> bool {
        self.bytes() == other.bytes()
    }
}

impl Eq for SharedText {}

impl Hash for SharedText {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.bytes().hash(state);
    }
}

/// A block of memory for texts, one after the other. They are there once it is dropped.
#[derive(Debug, Default)]
pub struct TextBlock {
    bytes: Vec<u8>,
    block: Arc<OnceCell<Vec<u8>>>,
}

impl TextBlock {
    /// Adds the text that `write` appends to the bytes, in UTF-8, lone surrogates in three bytes
    /// and surrogate pairs in four.
    pub fn add(&mut self, write: impl FnOnce(&mut Vec<u8>)) -> SharedText {
        if self.bytes.len() > MOST {
            *self = Self::default();
        }
        let start = self.bytes.len();
        write(&mut self.bytes);
        let length = (self.bytes.len() - start) as u32;
        SharedText { block: Arc::clone(&self.block), start: start as u32, length }
    }

    /// Adds a text in UTF-16.
    pub fn add_units(&mut self, units: &[u16]) -> SharedText {
        self.add(|bytes| _ = Transcoder::default().push_utf8(units, bytes))
    }
}

impl Drop for TextBlock {
    fn drop(&mut self) {
        let mut bytes = std::mem::take(&mut self.bytes);
        bytes.shrink_to_fit();
        // it is set here only
        let _ = self.block.set(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, SharedText, TextBlock};

    #[test]
    fn it_gives_back_the_units_that_it_was_made_of() {
        let parts: [&[u16]; 6] =
            [&[], &[0x61], &[0xE9, 0x416], &[0xD83D], &[0xDE00], &[0x20AC, 0xD83D, 0xDE00]];
        let mut block = TextBlock::default();
        let mut texts = Vec::new();
        for one in parts {
            for other in parts {
                let units = [one, other].concat();
                assert_eq!(SharedText::from(&units).units(), units);
                if let Ok(text) = String::from_utf16(&units) {
                    assert_eq!(SharedText::of_str(&text), SharedText::from(&units));
                }
                texts.push((block.add_units(&units), units));
            }
        }
        drop(block);
        for (text, units) in texts {
            assert_eq!((text.units(), text.is_empty()), (units.clone(), units.is_empty()));
            assert_eq!(text, SharedText::from(units));
        }
    }

    #[test]
    fn a_block_ends_before_offsets_overflow() {
        let mut block = TextBlock::default();
        let long = block.add(|bytes| bytes.resize(MOST + 1, b'a'));
        let next = block.add(|bytes| bytes.push(b'b'));
        assert!(!SharedText::default().bytes().iter().chain(next.bytes()).any(|_| true));
        drop(block);
        assert_eq!((long.bytes().len(), next.bytes()), (MOST + 1, &b"b"[..]));
    }
}
