//! The texts of failed tests, copied on the JavaScript thread.
//!
//! Most are short and ASCII. They lie one after the other in a few blocks of memory, as bytes,
//! which is half of what UTF-16 takes and what the engine reads: the thousands of texts of a
//! `classifyAll` need neither an allocation nor a conversion each. Every other text has an
//! allocation of its own.

use std::cell::Cell;
use std::mem::{self, MaybeUninit};

use crate::buffers::pool::{self, BufferPool};
use crate::node::array;
use crate::node::value::Value;
use matcher::mem::{advise_huge_pages, prefetch};
use matcher::text::RawText;

/// The size of a block, in bytes.
const BLOCK_BYTES: usize = 64 << 10;
/// The length from which an ASCII text has an allocation of its own, in bytes.
const LONG_TEXT_BYTES: usize = BLOCK_BYTES / 2;
/// How much of a text is probed before it is copied as ASCII, in bytes.
const PROBE_BYTES: usize = 4 << 10;
/// How much of the next text is prefetched while one is classified, in bytes.
const PREFETCH_BYTES: u32 = 4 << 10;

thread_local! {
    /// Whether the last short text was ASCII. A caller that has texts beyond ASCII has many.
    static WAS_ASCII: Cell<bool> = const { Cell::new(true) };
}

/// A text that was copied.
pub(crate) enum TextRef {
    /// Bytes of a block.
    Packed {
        block: u32,
        start: u32,
        end: u32,
    },
    Own(RawText<'static>),
}

/// A failed test, copied.
pub(crate) struct Item {
    pub(crate) test: TextRef,
    /// `None`: null or undefined.
    pub(crate) error: Option<TextRef>,
}

/// The packed texts of a call.
#[derive(Default)]
pub(crate) struct TextArena {
    full: Vec<Vec<u8>>,
    /// The last block. A call with one short text has no other.
    open: Vec<u8>,
    /// The number of blocks that are given back, from the first on.
    finished: usize,
}

impl TextRef {
    /// A text of code units.
    pub(crate) fn of_units(units: Vec<u16>) -> Self {
        Self::Own(RawText::Utf16(units))
    }

    /// An empty text.
    pub(crate) fn empty() -> Self {
        Self::of_units(Vec::new())
    }

    fn bytes(&self) -> usize {
        match self {
            Self::Packed { start, end, .. } => (end - start) as usize,
            Self::Own(RawText::Ascii(bytes)) => bytes.len(),
            Self::Own(RawText::Utf16(units)) => size_of::<u16>() * units.len(),
        }
    }

    fn block(&self) -> Option<u32> {
        match *self {
            Self::Packed { block, .. } => Some(block),
            Self::Own(_) => None,
        }
    }
}

impl Item {
    /// The size of its texts, in bytes.
    pub(crate) fn bytes(&self) -> usize {
        self.test.bytes() + self.error.as_ref().map_or(0, TextRef::bytes)
    }
}

impl TextArena {
    /// An arena whose first block comes from the pool of this JavaScript thread.
    pub(crate) fn new() -> Self {
        Self { open: pool::with(BufferPool::block), ..Self::default() }
    }

    /// Copies a string; `None` if `value` is not one.
    pub(crate) fn copy(&mut self, value: Value<'_>) -> Option<TextRef> {
        let length = value.length()?;
        let mut probe = [MaybeUninit::uninit(); PROBE_BYTES];
        if length >= LONG_TEXT_BYTES {
            if value.starts_with_ascii(&mut probe) {
                let mut text = pool::with(BufferPool::long);
                if value.copy_ascii(length, &mut text) {
                    return Some(TextRef::Own(RawText::Ascii(text.into())));
                }
                pool::with(|pool| pool.put_long(text));
            }
        } else {
            let start = self.make_room(length);
            let ascii = (WAS_ASCII.get() || value.seems_ascii(&mut probe))
                && value.copy_ascii(length, &mut self.open);
            WAS_ASCII.set(ascii);
            if ascii {
                let (block, end) = (self.full.len() as u32, self.open.len() as u32);
                return Some(TextRef::Packed { block, start, end });
            }
        }
        let mut units = pool::with(BufferPool::units);
        value.utf16_into(&mut units).then(|| TextRef::of_units(units))
    }

    /// Copies strings as one text, one behind the other; `None` if `parts` is not an array of them.
    ///
    /// For long texts that V8 would have to join first, in memory that it has to make and collect.
    fn copy_joined(parts: Value<'_>) -> Option<TextRef> {
        if !parts.is_plain_array() {
            return None;
        }
        let count = array::length(parts).ok()?;
        let part = |index| parts.get_index(index).ok();
        let lengths: Vec<usize> =
            (0..count).map(|index| part(index)?.length()).collect::<Option<_>>()?;
        let (total, longest) =
            (lengths.iter().sum::<usize>(), lengths.iter().copied().max().unwrap_or(0));

        let mut text = pool::with(BufferPool::long);
        // `copy_ascii` is fast if there is twice the room
        text.reserve(total + longest + Value::COPY_ASCII_SLACK);
        let mut probe = [MaybeUninit::uninit(); PROBE_BYTES];
        let is_ascii = (0..count).zip(lengths).all(|(index, length)| {
            part(index).is_some_and(|part| {
                part.starts_with_ascii(&mut probe) && part.copy_ascii(length, &mut text)
            })
        });
        if is_ascii {
            return Some(TextRef::Own(RawText::Ascii(text.into())));
        }
        pool::with(|pool| pool.put_long(text));
        let mut units = pool::with(BufferPool::units);
        units.clear();
        units.reserve_exact(total + 1);
        advise_huge_pages(&mut units);
        for index in 0..count {
            part(index)?.append_utf16(&mut units)?;
        }
        Some(TextRef::of_units(units))
    }

    /// Copies an error: a string, or an array of the strings that it consists of. `None`: no error.
    pub(crate) fn copy_error(&mut self, error: Value<'_>) -> Option<TextRef> {
        self.copy(error).or_else(|| Self::copy_joined(error))
    }

    /// Opens a new block if the open one has no room for a text of `length` bytes. Returns where
    /// the text starts.
    fn make_room(&mut self, length: usize) -> u32 {
        if self.open.len() + length + Value::COPY_ASCII_SLACK > BLOCK_BYTES {
            let block = pool::with(BufferPool::block);
            self.full.push(mem::replace(&mut self.open, block));
            self.open.reserve(BLOCK_BYTES);
        }
        self.open.len() as u32
    }

    /// The text.
    pub(crate) fn read(&self, text: TextRef) -> RawText<'_> {
        match text {
            TextRef::Packed { block, start, end } => {
                RawText::Ascii(self.block(block)[start as usize..end as usize].into())
            }
            TextRef::Own(text) => text,
        }
    }

    fn block(&self, block: u32) -> &[u8] {
        self.full.get(block as usize).unwrap_or(&self.open)
    }

    /// Prefetches the item's error, which is in the caches of another core.
    pub(crate) fn prefetch(&self, item: &Item) {
        const CACHE_LINE_BYTES: usize = 64;
        if let Some(TextRef::Packed { block, start, end }) = &item.error {
            let block = self.block(*block);
            let end = *end.min(&(start + PREFETCH_BYTES));
            for at in (*start as usize..end as usize).step_by(CACHE_LINE_BYTES) {
                prefetch(block, at);
            }
        }
    }

    /// Takes a block that no item from `item` on needs; an empty one if there is none. Items must
    /// be passed in the order in which they were copied.
    pub(crate) fn take_finished_block(&mut self, item: &Item) -> Vec<u8> {
        // a name is copied before its error
        let block = item.test.block().or_else(|| item.error.as_ref()?.block());
        if block.is_none_or(|block| self.finished >= block as usize) {
            return Vec::new();
        }
        self.finished += 1;
        mem::take(&mut self.full[self.finished - 1])
    }

    /// The last block.
    pub(crate) fn into_last_block(self) -> Vec<u8> {
        self.open
    }
}
