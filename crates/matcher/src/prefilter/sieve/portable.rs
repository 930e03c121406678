//! The reference kernel: one window after the other.

use std::ops::Range;

use crate::prefilter::fold::FOLD_4;
use crate::prefilter::lengths::STEP;
use crate::prefilter::sieve::sift::{GROUP, Places, sift_blocks};
use crate::prefilter::sieve::table::Sieve;

pub(super) fn sift(sieve: &Sieve, text: &[u8], windows: &mut Range<usize>, places: &mut Places) {
    sift_blocks(text, windows, places, |block, groups| {
        let (grams, _) = block.as_chunks::<STEP>();
        let gram = |at: usize| u32::from_le_bytes(grams[at]) | FOLD_4;
        let mut passed = 0;
        for at in 0..groups * GROUP {
            let window = [gram(at), gram(at + 1), gram(at + 2), gram(at + 3)];
            passed |= u64::from(sieve.passes(window)) << at;
        }
        passed
    });
}
