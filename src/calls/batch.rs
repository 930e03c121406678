//! The failed tests of a `classifyAll`: read when the call is made, copied when their turn comes.
//!
//! Nobody can change a string, so it can wait where it is. Of a batch of any length a few windows are copied at a time: the event loop is
//! never kept for longer, and the copies' memory, a megabyte or two, is used again and again.

use std::collections::VecDeque;

use napi::Env;

use crate::buffers::arena::{Item, TextArena, TextRef};
use crate::calls::environment;
use crate::error::Failure;
use crate::node::array;
use crate::node::value::{Value, in_scope};
use crate::read::error_text;
use crate::read::options::wrong;
use crate::read::test_name;

/// Items that are copied at a time.
pub(crate) const WINDOW: usize = 384;
/// Bytes of texts after which a window has no more items.
const WINDOW_BYTES: usize = 1 << 20;
/// Windows that are copied and not yet judged, at most: while one is judged, the next is there.
const WINDOWS: u32 = 3;
/// If their texts are long.
const LONG_WINDOWS: u32 = 2;

/// What of a `classifyAll` was not copied yet.
pub(crate) struct Batch {
    /// Items of the call.
    count: u32,
    /// The index of the first that was not copied.
    next: u32,
    /// Whether any rule asks for names.
    named: bool,
    /// Names and errors that are no strings, read already: by index, ascending.
    tests: VecDeque<(u32, TextRef)>,
    errors: VecDeque<(u32, Option<TextRef>)>,
    /// How many windows may be on their way.
    windows: u32,
}

/// The strings of a batch: two arrays, by index.
#[derive(Clone, Copy)]
pub(crate) struct Strings<'s> {
    pub(crate) tests: Value<'s>,
    pub(crate) errors: Value<'s>,
}

/// Items to be judged, the next ones of a batch.
pub(crate) struct Window {
    /// The index of the first.
    pub(crate) first: u32,
    pub(crate) items: Vec<Item>,
    pub(crate) texts: TextArena,
}

impl Batch {
    /// Reads the items of a call. `named`: whether any rule asks for names.
    pub(crate) fn read<'s>(
        env: &'s Env,
        items: Value<'s>,
        named: bool,
    ) -> Result<(Self, Strings<'s>), Failure> {
        if !array::is_array(env, items).unwrap_or(false) {
            return Err(wrong(env, "items", "an array", items));
        }
        let count = array::length(items).unwrap_or(0);
        let internal = || Failure::Internal("the items could not be read".into());
        let gathered =
            environment::gather(env)?.gather(items, count, named).map_err(|_| internal())?;
        if let Some(index) = gathered.uint32() {
            return Err(no_item(env, items, index));
        }
        let part = |index| gathered.get_index(index).map_err(|_| internal());
        let strings = Strings { tests: part(0)?, errors: part(1)? };
        let mut batch = Self {
            count,
            next: 0,
            named,
            tests: VecDeque::new(),
            errors: VecDeque::new(),
            windows: WINDOWS,
        };
        // what is no string has memory of its own
        let mut texts = TextArena::default();
        each(env, part(2)?, strings.tests, |index, test| {
            batch.tests.push_back((index, test_name::read(test, &mut texts)));
        })
        .ok_or_else(internal)?;
        each(env, part(3)?, strings.errors, |index, error| {
            batch.errors.push_back((index, error_text::read(env, error, &mut texts)));
        })
        .ok_or_else(internal)?;
        Ok((batch, strings))
    }

    pub(crate) fn len(&self) -> usize {
        self.count as usize
    }

    /// Whether all of it was copied.
    pub(crate) fn deadline_passed(&self) -> bool {
        self.next == self.count
    }

    /// Copies the next items, if there are any, and so many windows are not too many.
    pub(crate) fn window(
        &mut self,
        env: &Env,
        strings: Strings<'_>,
        windows: u32,
    ) -> Option<Window> {
        if self.deadline_passed() || windows >= self.windows {
            return None;
        }
        let mut texts = TextArena::new();
        let first = self.next;
        let mut items = Vec::with_capacity(WINDOW.min((self.count - first) as usize));
        let mut bytes = 0;
        in_scope(env, || {
            while items.len() < WINDOW && bytes < WINDOW_BYTES && self.next < self.count {
                let item = self.item(strings, &mut texts);
                bytes += item.bytes();
                items.push(item);
                self.next += 1;
            }
        });
        self.windows = if bytes < WINDOW_BYTES { WINDOWS } else { LONG_WINDOWS };
        Some(Window { first, items, texts })
    }

    fn item(&mut self, Strings { tests, errors }: Strings<'_>, texts: &mut TextArena) -> Item {
        let index = self.next;
        let test = if self.named {
            at(&mut self.tests, index).unwrap_or_else(|| string(tests, index, texts))
        } else {
            TextRef::empty()
        };
        let error = at(&mut self.errors, index);
        Item { test, error: error.unwrap_or_else(|| Some(string(errors, index, texts))) }
    }
}

/// Hands to `read` the values at `indexes`, one after the other.
fn each<'s>(
    env: &Env,
    indexes: Value<'s>,
    values: Value<'s>,
    mut read: impl FnMut(u32, Value<'s>),
) -> Option<()> {
    (0..array::length(indexes).ok()?).try_for_each(|place| {
        in_scope(env, || {
            let index = indexes.get_index(place).ok()?.uint32()?;
            read(index, values.get_index(index).ok()?);
            Some(())
        })
    })
}

/// What was read of the item at `index`, if it comes next.
fn at<T>(read: &mut VecDeque<(u32, T)>, index: u32) -> Option<T> {
    if read.front()?.0 == index { read.pop_front().map(|(_, value)| value) } else { None }
}

fn string(strings: Value<'_>, index: u32, texts: &mut TextArena) -> TextRef {
    // an array of ours, with a string there
    let string = strings.get_index(index).ok();
    string.and_then(|string| texts.copy(string)).unwrap_or_else(TextRef::empty)
}

/// Why there is no item to be read.
#[cold]
fn no_item<'s>(env: &'s Env, items: Value<'s>, index: u32) -> Failure {
    let place = format!("items[{index}]");
    match items.get_index(index) {
        Ok(item) => wrong(env, &place, "an object { test, error }", item),
        Err(thrown) => {
            Failure::Argument(format!("{place} could not be read: {}", thrown.in_words()))
        }
    }
}
