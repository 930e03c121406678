//! A text block by block, and the places at which a run can be written down.

use std::ops::Range;

use crate::prefilter::shapes::masks::{BLOCK, BLOCK_BYTES};
use crate::prefilter::sieve::Places;

/// As many places of a block are written down without asking how many there are.
const USUAL: usize = 2;

/// The block that `text` starts with. `end`: memory for it where the text is shorter; 0 stands for
/// what it lacks.
#[inline]
pub(super) fn block_of<'b>(
    text: &'b [u8],
    end: &'b mut [u8; BLOCK_BYTES],
) -> &'b [u8; BLOCK_BYTES] {
    text.first_chunk().unwrap_or_else(|| {
        end.fill(0);
        end[..text.len()].copy_from_slice(text);
        end
    })
}

/// Adds to `places` those of `part` that `places_of` finds in a block. Returns when all are added,
/// when there may be no more room, or before a block with more than `most` places; `part` is what
/// is left then.
#[inline(always)]
#[expect(clippy::inline_always, reason = "it is compiled for the instruction set of its caller")]
pub(super) fn add_places(
    text: &[u8],
    part: &mut Range<usize>,
    most: u32,
    places: &mut Places,
    places_of: impl Fn(&[u8; BLOCK_BYTES]) -> u64,
) {
    let mut end = [0; BLOCK_BYTES];
    while part.start < part.end && places.has_room() {
        let in_part = (part.end - part.start).min(BLOCK);
        let found = places_of(block_of(&text[part.start..], &mut end));
        let found = found & u64::MAX >> (BLOCK - in_part);
        if found.count_ones() > most {
            break;
        }
        places.add_block::<1, USUAL>(found, part.start);
        part.start += in_part;
    }
}
