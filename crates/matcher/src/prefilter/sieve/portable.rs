//! The reference kernel: one window after the other.

use crate::prefilter::fold::FOLD_4;
use crate::prefilter::lengths::STEP;
use crate::prefilter::sieve::sift::{BLOCK, BLOCK_BYTES, GROUP, Passed, Sift};
use crate::prefilter::sieve::table::{Sieve, bit_pair, hash, hash_of_window, own_bits};

/// Needs nothing of the CPU.
#[derive(Clone, Copy)]
pub(super) struct Portable;

impl Sift for Portable {
    #[inline]
    fn sift(self, sieve: &Sieve, block: &[u8; BLOCK_BYTES], groups: usize) -> Passed {
        let (grams, _) = block.as_chunks::<STEP>();
        let (whole, partial) = sieve.tables();
        let [whole_shift, partial_shift] = sieve.shifts;
        let gram = |at: usize| u32::from_le_bytes(grams[at]) | FOLD_4;
        let pass = |word: u32, low: u32, high: u32| {
            u64::from((bit_pair(low) | bit_pair(high) << 16) & !word == 0)
        };
        let mut passed = Passed::default();
        let (mut first, mut second, mut third) = (hash(gram(0)), hash(gram(1)), hash(gram(2)));
        for at in 0..(groups * GROUP).min(BLOCK) {
            let fourth = hash(gram(at + 3));
            let window = hash_of_window([first, second, third, fourth]);
            let word = whole[(window >> whole_shift) as usize];
            passed.whole |= pass(word, third, fourth) << at;
            let own = if sieve.single_gram { hash(gram(at) & sieve.mask) } else { first };
            let [low, own_high] = own_bits(own, sieve.row_bits);
            let high = if sieve.single_gram { own_high } else { third };
            let word = partial[((own ^ sieve.place_in_row(second)) >> partial_shift) as usize];
            passed.partial |= pass(word, low, high) << at;
            (first, second, third) = (second, third, fourth);
        }
        passed
    }
}
