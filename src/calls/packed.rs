//! Copies what `pack.js` has packed of a `classifyAll`: descriptions in an array of numbers, and
//! pieces of text.

use crate::buffers::arena::{LONG_TEXT_UNITS, TextArena, TextRef};
use crate::buffers::window::{JOINED, KIND_SHIFT, LATIN1, LONG, NONE, PARTS, WIDE};
use crate::buffers::window::{WindowItems, kind_and_length};
use crate::node::number_buffer::NumberBuffer;
use crate::node::value::Value;

/// The length up to which a string is joined with others, in code units. From there on joining
/// costs more than a call for each.
const SHORT_UNITS: u32 = 512;
/// The length from which a joined text takes no more, in code units. V8 is slow to make one of
/// more than 128 KB.
const GROUP_UNITS: u32 = 32 << 10;

/// The parameters of the script, behind the array of numbers.
pub(crate) const PARAMETERS: [u32; 9] =
    [SHORT_UNITS, GROUP_UNITS, LONG_TEXT_UNITS as u32, KIND_SHIFT, LATIN1, WIDE, LONG, PARTS, NONE];
/// The numbers before those of the items: how many items there are, and whether the joined names
/// are wide.
const HEAD_NUMBERS: usize = 2;

/// The most numbers that the script writes for `items` items.
pub(crate) const fn max_numbers(items: usize) -> usize {
    HEAD_NUMBERS + 2 * items
}

/// What is copied of a window.
pub(crate) struct Copied {
    pub(crate) items: WindowItems,
    pub(crate) texts: TextArena,
}

/// Copies the items of a window. `pieces`: the joined names, then the other texts.
pub(crate) fn copy(pieces: &[Value<'_>], numbers: &NumberBuffer) -> Copied {
    let mut texts = TextArena::of_blocks();
    let mut pieces = pieces.iter().copied();
    if let Some(names) = pieces.next() {
        texts.copy_names(names, numbers.read(1) != 0);
    }
    let descriptions = numbers.read_many(HEAD_NUMBERS, 2 * numbers.read(0) as usize);
    let mut copied = Vec::new();
    // units of the open group of joined errors that are not described yet
    let mut group_left = 0;
    for (index, &description) in descriptions.iter().enumerate() {
        let (kind, length) = kind_and_length(description);
        let is_name = index % 2 == 0;
        match kind {
            JOINED if is_name || length == 0 => continue,
            JOINED if length <= group_left => {
                group_left -= length;
                continue;
            }
            NONE => continue,
            _ => {}
        }
        let text = pieces.next().and_then(|piece| match kind {
            _ if is_name => texts.copy_name(piece),
            JOINED => texts.copy_latin1(piece, piece.length()?),
            LATIN1 => {
                let text = texts.copy_latin1(piece, length as usize);
                // the next one is mostly about as long
                texts.prefetch_room(length as usize);
                text
            }
            WIDE => TextArena::copy_wide(piece, length as usize),
            LONG => TextArena::copy_long(piece, length as usize),
            _ => TextArena::copy_parts(piece),
        });
        let text = text.unwrap_or_else(TextRef::empty);
        if kind == JOINED {
            group_left = (text.bytes() as u32).saturating_sub(length);
        }
        copied.push(text);
    }
    Copied { items: WindowItems::new(descriptions, copied), texts }
}
