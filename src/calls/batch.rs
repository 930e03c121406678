//! The failed tests of a `classifyAll`: read when the call is made, copied when their turn comes.
//!
//! Strings are immutable, so they stay in V8 and are copied in windows of up to a thousand. The
//! event loop never waits for longer than a window, and the memory of the copies, a megabyte or
//! two, is used again and again.

use crate::buffers::arena::TextArena;
use crate::buffers::window::WindowItems;
use crate::calls::packed::Copied;
use crate::calls::promises::Strings;
use crate::node::array;
use crate::queue::in_force::InForce;

/// The size of its texts, in bytes, at which a window takes no more items.
pub(crate) const WINDOW_BYTES: usize = 1 << 20;
/// Windows that are copied and have no verdicts yet, at most: the next one is there when one ends.
const WINDOWS: u32 = 3;
/// The same while windows end at [`WINDOW_BYTES`].
const LONG_WINDOWS: u32 = 2;

/// What of a `classifyAll` is not copied yet.
pub(crate) struct Batch {
    /// The number of items of the call.
    count: u32,
    /// The index of the first item that is not copied.
    next: u32,
    in_force: InForce,
    /// Whether a rule needs names.
    named: bool,
    /// How many windows may be in flight.
    max_windows: u32,
}

/// The items of a batch that are to be packed.
pub(crate) struct Range {
    /// The index of the first.
    pub(crate) first: u32,
    /// Whether their names are needed.
    pub(crate) named: bool,
}

/// The next items of a batch, copied.
pub(crate) struct Window {
    /// The index of the first.
    pub(crate) first: u32,
    pub(crate) items: WindowItems,
    pub(crate) texts: TextArena,
    pub(crate) in_force: InForce,
}

impl Batch {
    /// The items of a call. `strings`: two arrays of the package's own, of one length.
    pub(crate) fn new(Strings { errors, .. }: Strings<'_>, in_force: InForce) -> Self {
        let count = array::length(errors).unwrap_or(0);
        let named = in_force.needs_names();
        Self { count, next: 0, in_force, named, max_windows: WINDOWS }
    }

    /// The number of items.
    pub(crate) fn count(&self) -> u32 {
        self.count
    }

    /// Whether all items are copied.
    pub(crate) fn is_copied(&self) -> bool {
        self.next == self.count
    }

    /// What is to be packed of the next items. `None` if there are none, or if `in_flight` windows
    /// are enough.
    pub(crate) fn next_window(&self, in_flight: u32) -> Option<Range> {
        let is_due = !self.is_copied() && in_flight < self.max_windows;
        is_due.then_some(Range { first: self.next, named: self.named })
    }

    /// Takes over the next items, which are copied.
    pub(crate) fn take_window(&mut self, copied: Copied) -> Window {
        let Copied { items, texts } = copied;
        let first = self.next;
        self.next = self.count.min(first + items.len() as u32);
        let bytes = items.bytes();
        self.max_windows = if bytes < WINDOW_BYTES { WINDOWS } else { LONG_WINDOWS };
        Window { first, items, texts, in_force: self.in_force.clone() }
    }
}
