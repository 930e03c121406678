//! The texts of failed tests, copied on the JavaScript thread.
//!
//! Most are short and Latin-1. They lie one after the other in a few blocks of memory, as V8 has
//! them: a byte for each character, which is half of what UTF-16 takes, and what the engine reads
//! if they are ASCII. So the thousands of texts of a `classifyAll` need neither an allocation nor a
//! conversion each. Whether a text is ASCII the worker finds out. Every other text has an
//! allocation of its own.

use std::mem::{self, MaybeUninit};

use crate::buffers::pool::{self, BufferPool, Buffers};
use crate::node::array;
use crate::node::value::Value;
use matcher::mem::{advise_huge_pages, prefetch, prefetch_for_write};
use matcher::text::RawText;

/// The size of a block, in bytes.
const BLOCK_BYTES: usize = 64 << 10;
/// The usual size of the name and the error of a call, in bytes.
const USUAL_BYTES: usize = 2 << 10;
/// The length from which a text has an allocation of its own, in code units.
/// `lib/api/addon-text.js` has it, too.
pub(crate) const LONG_TEXT_UNITS: usize = BLOCK_BYTES / 2;
/// How much of a long text is probed before it is copied as ASCII, in bytes.
const PROBE_BYTES: usize = 4 << 10;
/// The length up to which a name is tried as ASCII, in code units. Node is slow to find out that it
/// is not.
const SHORT_NAME_UNITS: usize = 256;
/// How much of the next text, or of the room for it, is prefetched, in bytes.
const PREFETCH_BYTES: usize = 4 << 10;

/// A text that was copied.
pub(crate) enum TextRef {
    /// Bytes of a block, each a character of Latin-1.
    Packed {
        block: u32,
        start: u32,
        end: u32,
    },
    /// A part of the joined names of a window.
    Name {
        start: u32,
        end: u32,
    },
    Own(RawText<'static>),
}

/// The joined names of a window. A name is wide if its suites and its title were joined.
enum Names {
    Latin1(Vec<u8>),
    Wide(Vec<u16>),
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
    names: Names,
}

impl Default for Names {
    fn default() -> Self {
        Self::Latin1(Vec::new())
    }
}

impl TextRef {
    /// A text of code units.
    pub(crate) fn of_units(units: Vec<u16>) -> Self {
        Self::Own(RawText::Utf16(units))
    }

    /// An empty text.
    pub(crate) fn empty() -> Self {
        Self::Own(RawText::Plain(&[]))
    }

    /// The size of the text, in bytes.
    pub(crate) fn bytes(&self) -> usize {
        match self {
            Self::Packed { start, end, .. } | Self::Name { start, end } => (end - start) as usize,
            Self::Own(RawText::Ascii(bytes)) => bytes.len(),
            Self::Own(RawText::Plain(bytes)) => bytes.len(),
            Self::Own(RawText::Utf16(units)) => size_of::<u16>() * units.len(),
        }
    }

    fn block(&self) -> Option<u32> {
        match *self {
            Self::Packed { block, .. } => Some(block),
            Self::Name { .. } | Self::Own(_) => None,
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
    /// For many texts.
    pub(crate) fn of_blocks() -> Self {
        let mut open = pool::with(|pool| pool.block(BLOCK_BYTES));
        open.reserve(BLOCK_BYTES);
        Self { open, ..Self::default() }
    }

    /// Copies the name of a test; `None` if it is not a string.
    pub(crate) fn copy_name(&mut self, name: Value<'_>) -> Option<TextRef> {
        let length = name.length()?;
        if length <= SHORT_NAME_UNITS {
            let start = self.make_room(length);
            if name.copy_ascii(length, &mut self.open) {
                return Some(self.packed_from(start));
            }
        }
        Self::copy_whole_units(name)
    }

    /// Copies a text as `lib/api/addon-text.js` hands it over: a string, which is Latin-1 or long,
    /// or an array of the strings that the text consists of. `None`: there is no text.
    pub(crate) fn copy(&mut self, text: Value<'_>) -> Option<TextRef> {
        match text.length() {
            Some(length) if length < LONG_TEXT_UNITS => self.copy_latin1(text, length),
            Some(length) => Self::copy_long(text, length),
            None => Self::copy_parts(text),
        }
    }

    /// Copies the joined names of a window.
    pub(crate) fn copy_names(&mut self, names: Value<'_>, wide: bool) {
        let length = names.length().unwrap_or(0);
        if length == 0 {
            return;
        }
        self.names = if wide {
            let mut units = pool::with(BufferPool::units);
            names.utf16_into(&mut units);
            Names::Wide(units)
        } else {
            let mut bytes = pool::with(|pool| pool.block(length + Value::COPY_LATIN1_SLACK));
            names.append_latin1(length, &mut bytes);
            Names::Latin1(bytes)
        };
    }

    /// A part of what [`Self::copy_names`] has copied.
    pub(crate) fn name(&self, start: u32, end: u32) -> Option<TextRef> {
        let length = match &self.names {
            Names::Latin1(bytes) => bytes.len(),
            Names::Wide(units) => units.len(),
        };
        (start <= end && end as usize <= length).then_some(TextRef::Name { start, end })
    }

    /// Copies a text of `length` code units that is not Latin-1.
    pub(crate) fn copy_wide(text: Value<'_>, length: usize) -> Option<TextRef> {
        let mut units = pool::with(BufferPool::units);
        units.clear();
        units.reserve(length + 1);
        text.append_utf16(&mut units)?;
        Some(TextRef::of_units(units))
    }

    /// Copies a string of `length` code units that is Latin-1.
    pub(crate) fn copy_latin1(&mut self, text: Value<'_>, length: usize) -> Option<TextRef> {
        let start = self.make_room(length);
        text.append_latin1(length, &mut self.open)?;
        Some(self.packed_from(start))
    }

    /// Prefetches room for the next text, of about `length` bytes: a worker of another core was the
    /// last to read that block.
    pub(crate) fn prefetch_room(&mut self, length: usize) {
        prefetch_for_write(&mut self.open, length.min(PREFETCH_BYTES));
    }

    /// What was written to the open block from `start` on.
    fn packed_from(&self, start: u32) -> TextRef {
        let (block, end) = (self.full.len() as u32, self.open.len() as u32);
        TextRef::Packed { block, start, end }
    }

    pub(crate) fn copy_long(text: Value<'_>, length: usize) -> Option<TextRef> {
        if text.starts_with_ascii(&mut [MaybeUninit::uninit(); PROBE_BYTES]) {
            let mut bytes = pool::with(BufferPool::long);
            if text.copy_ascii(length, &mut bytes) {
                return Some(TextRef::Own(RawText::Ascii(bytes.into())));
            }
            pool::with(|pool| pool.put_long(bytes));
        }
        Self::copy_whole_units(text)
    }

    fn copy_whole_units(text: Value<'_>) -> Option<TextRef> {
        let mut units = pool::with(BufferPool::units);
        text.utf16_into(&mut units).then(|| TextRef::of_units(units))
    }

    /// Copies strings as one text, one behind the other; `None` if `parts` is not an array of them.
    ///
    /// V8 would have to join those of a long text first, in memory that it has to make and collect.
    pub(crate) fn copy_parts(parts: Value<'_>) -> Option<TextRef> {
        if !parts.is_plain_array() {
            return None;
        }
        let count = array::length(parts).ok()?;
        let part = |index| parts.get_index(index).ok();
        let lengths: Vec<usize> =
            (0..count).map(|index| part(index)?.length()).collect::<Option<_>>()?;
        let (total, longest) =
            (lengths.iter().sum::<usize>(), lengths.iter().copied().max().unwrap_or(0));
        if total < LONG_TEXT_UNITS {
            return Self::copy_units(parts, count, total);
        }

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
        Self::copy_units(parts, count, total)
    }

    fn copy_units(parts: Value<'_>, count: u32, total: usize) -> Option<TextRef> {
        let mut units = pool::with(BufferPool::units);
        units.clear();
        units.reserve_exact(total + 1);
        advise_huge_pages(&mut units);
        for index in 0..count {
            parts.get_index(index).ok()?.append_utf16(&mut units)?;
        }
        Some(TextRef::of_units(units))
    }

    /// Opens a new block if the open one has no room for a text of `length` bytes. Returns where
    /// the text starts.
    fn make_room(&mut self, length: usize) -> u32 {
        let bytes = length + Value::COPY_ASCII_SLACK;
        if self.open.capacity() == 0 {
            self.open = pool::with(|pool| pool.block(bytes.max(USUAL_BYTES)));
        } else if self.open.len() + bytes > BLOCK_BYTES {
            let block = pool::with(|pool| pool.block(BLOCK_BYTES));
            self.full.push(mem::replace(&mut self.open, block));
            self.open.reserve(BLOCK_BYTES);
        }
        self.open.len() as u32
    }

    /// The text, if it is in a block and [plain](RawText::Plain), as most are.
    #[inline]
    pub(crate) fn plain(&self, text: &TextRef) -> Option<&[u8]> {
        self.packed(text).filter(|text| RawText::is_plain(text))
    }

    /// The bytes of the text, if it is in a block.
    #[inline]
    pub(crate) fn packed(&self, text: &TextRef) -> Option<&[u8]> {
        let TextRef::Packed { block, start, end } = *text else { return None };
        self.part(block, start, end)
    }

    /// The text.
    pub(crate) fn read(&self, text: TextRef) -> RawText<'_> {
        match text {
            TextRef::Packed { block, start, end } => {
                RawText::of_latin1(&self.block(block)[start as usize..end as usize])
            }
            TextRef::Name { .. } => self.read_name(text, &mut Vec::new()),
            TextRef::Own(text) => text,
        }
    }

    /// The name of a test. `spare`: memory for a copy of it, which is left empty.
    pub(crate) fn read_name(&self, name: TextRef, spare: &mut Vec<u16>) -> RawText<'_> {
        let TextRef::Name { start, end } = name else { return self.read(name) };
        let range = start as usize..end as usize;
        match &self.names {
            Names::Latin1(bytes) => RawText::of_latin1(&bytes[range]),
            Names::Wide(all) => {
                let mut units = mem::take(spare);
                units.clear();
                units.extend_from_slice(&all[range]);
                RawText::Utf16(units)
            }
        }
    }

    fn block(&self, block: u32) -> &[u8] {
        self.full.get(block as usize).unwrap_or(&self.open)
    }

    /// A part of a block, if the block has it.
    #[inline]
    fn part(&self, block: u32, start: u32, end: u32) -> Option<&[u8]> {
        self.block(block).get(start as usize..end as usize)
    }

    /// Prefetches a part of a block, which is in the caches of another core.
    pub(crate) fn prefetch(&self, block: u32, start: u32, end: u32) {
        if let Some(part) = self.part(block, start, end) {
            prefetch_start(part);
        }
    }

    /// Prefetches a text.
    pub(crate) fn prefetch_text(&self, text: &TextRef) {
        match text {
            &TextRef::Packed { block, start, end } => self.prefetch(block, start, end),
            TextRef::Own(RawText::Ascii(bytes)) => prefetch_start(bytes),
            TextRef::Own(RawText::Plain(bytes)) => prefetch_start(bytes),
            TextRef::Own(RawText::Utf16(units)) => prefetch_start(units),
            TextRef::Name { .. } => {}
        }
    }

    /// Takes a block that no item from `item` on needs, if there is one. Items must be passed in
    /// the order in which they were copied.
    #[inline]
    pub(crate) fn take_finished_block(&mut self, item: &Item) -> Option<Vec<u8>> {
        // a name is copied before its error
        let block = item.test.block().or_else(|| item.error.as_ref()?.block());
        if block.is_none_or(|block| self.finished >= block as usize) {
            return None;
        }
        self.finished += 1;
        self.full.get_mut(self.finished - 1).map(mem::take)
    }

    /// The memory of the last block and that of the joined names.
    pub(crate) fn into_last_buffers(self) -> [Buffers; 2] {
        let names = match self.names {
            Names::Latin1(block) => Buffers { block, ..Buffers::default() },
            Names::Wide(units) => Buffers { units: [units, Vec::new()], ..Buffers::default() },
        };
        [Buffers { block: self.open, ..Buffers::default() }, names]
    }
}

/// Prefetches the start of a text.
fn prefetch_start<T>(text: &[T]) {
    const CACHE_LINE_BYTES: usize = 64;
    let end = text.len().min(PREFETCH_BYTES / size_of::<T>());
    for at in (0..end).step_by(CACHE_LINE_BYTES / size_of::<T>()) {
        prefetch(text, at);
    }
}
