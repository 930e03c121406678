//! The failed tests of a `classifyAll`: read when the call is made, copied when their turn comes.
//!
//! Strings are immutable, so they stay in V8 and are copied in windows of a few hundred. The event
//! loop never waits for longer than a window, and the memory of the copies, a megabyte or two, is
//! used again and again.

use napi::Env;

use crate::buffers::arena::{Item, TextArena, TextRef};
use crate::calls::bundle::WINDOW_ITEMS;
use crate::calls::promises::Strings;
use crate::node::array;
use crate::node::scope::in_scope;
use crate::node::value::Value;
use crate::queue::in_force::InForce;

/// The size of its texts, in bytes, at which a window takes no more items.
const WINDOW_BYTES: usize = 1 << 20;
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

/// The next items of a batch, copied.
pub(crate) struct Window {
    /// The index of the first.
    pub(crate) first: u32,
    pub(crate) items: Vec<Item>,
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

    /// Copies the next items. `None` if there are none, or if `in_flight` windows are enough.
    pub(crate) fn copy_window(
        &mut self,
        env: &Env,
        Strings { tests, errors }: Strings<'_>,
        in_flight: u32,
    ) -> Option<Window> {
        if self.is_copied() || in_flight >= self.max_windows {
            return None;
        }
        let mut texts = TextArena::default();
        let first = self.next;
        let mut items = Vec::with_capacity(WINDOW_ITEMS.min((self.count - first) as usize));
        let mut bytes = 0;
        in_scope(env, [tests, errors], |_, [tests, errors]| {
            while items.len() < WINDOW_ITEMS && bytes < WINDOW_BYTES && !self.is_copied() {
                let item = self.copy_item(Strings { tests, errors }, &mut texts);
                bytes += item.bytes();
                items.push(item);
                self.next += 1;
            }
        });
        self.max_windows = if bytes < WINDOW_BYTES { WINDOWS } else { LONG_WINDOWS };
        Some(Window { first, items, texts, in_force: self.in_force.clone() })
    }

    fn copy_item(&mut self, Strings { tests, errors }: Strings<'_>, texts: &mut TextArena) -> Item {
        let index = self.next;
        let test = if self.named { value_at(tests, index) } else { None };
        let test = test.and_then(|test| texts.copy_name(test)).unwrap_or_else(TextRef::empty);
        let error = value_at(errors, index).and_then(|error| texts.copy(error));
        Item { test, error }
    }
}

fn value_at(strings: Value<'_>, index: u32) -> Option<Value<'_>> {
    strings.get_index(index).ok()
}
