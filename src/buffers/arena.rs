//! The texts of failed tests, copied on the JavaScript thread.
//!
//! Most are ASCII and short. Those lie one behind the other in few pieces of memory, as bytes, which is half of what UTF-16
//! takes and what the engine reads: thousands of them in a `classifyAll` cost neither an allocation each nor a conversion. Any other
//! text has memory of its own.

use std::cell::Cell;
use std::mem::{self, MaybeUninit};

use crate::buffers::pool::{self, BufferPool};
use crate::node::value::Value;
use matcher::mem::prefetch;
use matcher::text::RawText;

/// Bytes of a piece of memory.
const PIECE: usize = 64 << 10;
/// Bytes from which on an ASCII text has memory of its own.
const LONG: usize = PIECE / 2;

/// How much of a text is looked at before it is taken for ASCII, in bytes.
const BEGINNING: usize = 4 << 10;
/// Bytes of the next text that are asked for while one is judged.
const EXPECTED: u32 = 4 << 10;

thread_local! {
    /// Whether the last short text was ASCII. Whoever has texts beyond ASCII has more of them.
    static WAS_ASCII: Cell<bool> = const { Cell::new(true) };
}

/// A text that was copied.
pub(crate) enum TextRef {
    /// In a piece of memory.
    Packed {
        piece: u32,
        begin: u32,
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

/// Where the packed texts of a call are.
#[derive(Default)]
pub(crate) struct TextArena {
    full: Vec<Vec<u8>>,
    /// The last piece. A call with one short text has no other.
    open: Vec<u8>,
    /// Pieces that nobody reads any more, from the first on.
    spent: usize,
}

impl TextRef {
    /// A text of code units.
    pub(crate) fn of_units(units: Vec<u16>) -> Self {
        Self::Own(RawText::Utf16(units))
    }

    fn bytes(&self) -> usize {
        match self {
            Self::Packed { begin, end, .. } => (end - begin) as usize,
            Self::Own(RawText::Ascii(bytes)) => bytes.len(),
            Self::Own(RawText::Utf16(units)) => size_of::<u16>() * units.len(),
        }
    }

    fn piece(&self) -> Option<u32> {
        match *self {
            Self::Packed { piece, .. } => Some(piece),
            Self::Own(_) => None,
        }
    }

    /// An empty text.
    pub(crate) fn empty() -> Self {
        Self::of_units(Vec::new())
    }
}

impl Item {
    /// Bytes of its texts.
    pub(crate) fn bytes(&self) -> usize {
        self.test.bytes() + self.error.as_ref().map_or(0, TextRef::bytes)
    }
}

impl TextArena {
    /// In memory that is left over, if there is some. On a JavaScript thread.
    pub(crate) fn new() -> Self {
        Self { open: pool::with(BufferPool::piece), ..Self::default() }
    }

    /// Copies a string; `None` if it is none.
    pub(crate) fn copy(&mut self, value: Value<'_>) -> Option<TextRef> {
        let length = value.length()?;
        let mut beginning = [MaybeUninit::uninit(); BEGINNING];
        if length >= LONG {
            if value.begins_with_ascii(&mut beginning) {
                let mut text = pool::with(BufferPool::long);
                if value.copy_ascii(length, &mut text) {
                    return Some(TextRef::Own(RawText::Ascii(text.into())));
                }
                pool::with(|spares| spares.put_long(text));
            }
        } else {
            let begin = self.make_room(length);
            let ascii = (WAS_ASCII.get() || value.seems_ascii(&mut beginning))
                && value.copy_ascii(length, &mut self.open);
            WAS_ASCII.set(ascii);
            if ascii {
                let (piece, end) = (self.full.len() as u32, self.open.len() as u32);
                return Some(TextRef::Packed { piece, begin, end });
            }
        }
        let mut units = pool::with(BufferPool::units);
        value.utf16_into(&mut units).then(|| TextRef::of_units(units))
    }

    /// Opens a new piece if the open one has no room for a text of that length. Says where the text begins.
    fn make_room(&mut self, length: usize) -> u32 {
        if self.open.len() + length + Value::COPY_ASCII_SLACK > PIECE {
            let piece = pool::with(BufferPool::piece);
            self.full.push(mem::replace(&mut self.open, piece));
            self.open.reserve(PIECE);
        }
        self.open.len() as u32
    }

    /// What was copied.
    pub(crate) fn read(&self, slot: TextRef) -> RawText<'_> {
        match slot {
            TextRef::Packed { piece, begin, end } => {
                RawText::Ascii(self.piece(piece)[begin as usize..end as usize].into())
            }
            TextRef::Own(text) => text,
        }
    }

    fn piece(&self, piece: u32) -> &[u8] {
        self.full.get(piece as usize).unwrap_or(&self.open)
    }

    /// The item's error will be read soon: it is in another core's caches.
    pub(crate) fn expect(&self, item: &Item) {
        const CACHE_LINE: usize = 64;
        if let Some(TextRef::Packed { piece, begin, end }) = &item.error {
            let piece = self.piece(*piece);
            let end = *end.min(&(begin + EXPECTED));
            for at in (*begin as usize..end as usize).step_by(CACHE_LINE) {
                prefetch(piece, at);
            }
        }
    }

    /// Gives back a piece of memory that is before those of `item`, whose turn it is, if there is one.
    pub(crate) fn spent_before(&mut self, item: &Item) -> Vec<u8> {
        // a name is copied before its error
        let piece = item.test.piece().or_else(|| item.error.as_ref()?.piece());
        if piece.is_none_or(|piece| self.spent >= piece as usize) {
            return Vec::new();
        }
        self.spent += 1;
        mem::take(&mut self.full[self.spent - 1])
    }

    /// Gives back the last piece. Nothing of it can be read any more.
    pub(crate) fn into_last(self) -> Vec<u8> {
        self.open
    }
}
