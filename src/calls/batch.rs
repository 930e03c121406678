//! The failed tests of a `classifyAll`: read when the call is made, copied when their turn comes.
//!
//! Strings are immutable, so they stay in V8 and are copied in windows of a few hundred. The event
//! loop never waits for longer than a window, and the memory of the copies, a megabyte or two, is
//! used again and again.

use std::collections::VecDeque;

use napi::Env;

use crate::buffers::arena::{Item, TextArena, TextRef};
use crate::calls::bundle::WINDOW_ITEMS;
use crate::calls::promises::Strings;
use crate::error::{Failure, wrong};
use crate::node::array;
use crate::node::scope::in_scope;
use crate::node::value::Value;
use crate::read::error_text;
use crate::read::test_name;

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
    /// Whether a rule needs names.
    named: bool,
    /// Names that are not strings, read already, by ascending index.
    tests: VecDeque<(u32, TextRef)>,
    /// Errors that are not strings, read already, by ascending index.
    errors: VecDeque<(u32, Option<TextRef>)>,
    /// How many windows may be in flight.
    max_windows: u32,
}

/// The next items of a batch, copied.
pub(crate) struct Window {
    /// The index of the first.
    pub(crate) first: u32,
    pub(crate) items: Vec<Item>,
    pub(crate) texts: TextArena,
}

impl Batch {
    /// Reads the items of a call. `named`: whether a rule needs names. `gather`: the script's
    /// function of that name, see [`crate::calls::promises::Function::Gather`].
    pub(crate) fn read<'s>(
        env: &'s Env,
        items: Value<'s>,
        named: bool,
        gather: impl FnOnce(Value<'s>, u32, bool) -> Option<Value<'s>>,
    ) -> Result<(Self, Strings<'s>), Failure> {
        if !array::is_array(env, items).unwrap_or(false) {
            return Err(wrong(env, "items", "an array", items));
        }
        let count = array::length(items).unwrap_or(0);
        let internal = || Failure::Internal("the items could not be read".into());
        let gathered = gather(items, count, named).ok_or_else(internal)?;
        if let Some(index) = gathered.uint32() {
            return Err(not_an_item(env, items, index));
        }
        let part = |index| gathered.get_index(index).map_err(|_| internal());
        let strings = Strings { tests: part(0)?, errors: part(1)? };
        let mut batch = Self {
            count,
            next: 0,
            named,
            tests: VecDeque::new(),
            errors: VecDeque::new(),
            max_windows: WINDOWS,
        };
        // stays empty: what is not a string has an allocation of its own
        let mut texts = TextArena::default();
        for_each(env, part(2)?, strings.tests, |_, index, test| {
            batch.tests.push_back((index, test_name::read(test, &mut texts)));
        })
        .ok_or_else(internal)?;
        for_each(env, part(3)?, strings.errors, |env, index, error| {
            batch.errors.push_back((index, error_text::read(env, error, &mut texts)));
        })
        .ok_or_else(internal)?;
        Ok((batch, strings))
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
        let mut texts = TextArena::new();
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
        Some(Window { first, items, texts })
    }

    fn copy_item(&mut self, Strings { tests, errors }: Strings<'_>, texts: &mut TextArena) -> Item {
        let index = self.next;
        let test = if self.named {
            take(&mut self.tests, index).unwrap_or_else(|| string(tests, index, texts))
        } else {
            TextRef::empty()
        };
        let error = take(&mut self.errors, index);
        Item { test, error: error.unwrap_or_else(|| Some(string(errors, index, texts))) }
    }
}

/// Passes the values at `indexes` to `read`, each in a handle scope of its own.
fn for_each(
    env: &Env,
    indexes: Value<'_>,
    values: Value<'_>,
    mut read: impl FnMut(&Env, u32, Value<'_>) + Send,
) -> Option<()> {
    (0..array::length(indexes).ok()?).try_for_each(|at| {
        in_scope(env, [indexes, values], |env, [indexes, values]| {
            let index = indexes.get_index(at).ok()?.uint32()?;
            read(env, index, values.get_index(index).ok()?);
            Some(())
        })
    })
}

/// What was read of the item at `index`, if it is the next of its kind.
fn take<T>(read: &mut VecDeque<(u32, T)>, index: u32) -> Option<T> {
    if read.front()?.0 == index { read.pop_front().map(|(_, value)| value) } else { None }
}

fn string(strings: Value<'_>, index: u32, texts: &mut TextArena) -> TextRef {
    // the script's array, with a string at the index
    let string = strings.get_index(index).ok();
    string.and_then(|string| texts.copy(string)).unwrap_or_else(TextRef::empty)
}

#[cold]
fn not_an_item<'s>(env: &'s Env, items: Value<'s>, index: u32) -> Failure {
    let place = format!("items[{index}]");
    match items.get_index(index) {
        Ok(item) => wrong(env, &place, "an object { test, error }", item),
        Err(thrown) => {
            Failure::Argument(format!("{place} could not be read: {}", thrown.describe()))
        }
    }
}
