//! The places of a text at which a run can be, block after block, written down.

use std::ops::Range;

use crate::prefilter::shapes::masks::{BLOCK, BLOCK_BYTES};
use crate::prefilter::sieve::Places;

/// As many places of a block are written down without asking how many there are.
const USUAL: usize = 2;

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
    while part.start < part.end && places.has_room() {
        let rest = &text[part.start..];
        let in_part = (part.end - part.start).min(BLOCK);
        let found = match rest.first_chunk() {
            Some(block) => places_of(block),
            None => {
                let mut block = [0; BLOCK_BYTES];
                block[..rest.len()].copy_from_slice(rest);
                places_of(&block)
            }
        };
        let found = found & u64::MAX >> (BLOCK - in_part);
        if found.count_ones() > most {
            break;
        }
        places.add_block::<1, USUAL>(found, part.start);
        part.start += in_part;
    }
}
