//! The kernel for AVX-512: 64 places at a time.

use std::arch::x86_64::{
    _mm_loadu_si128, _mm512_and_si512, _mm512_broadcast_i32x4, _mm512_loadu_si512,
    _mm512_set1_epi8, _mm512_shuffle_epi8, _mm512_srli_epi16, _mm512_storeu_si512,
    _mm512_ternarylogic_epi64, _mm512_test_epi8_mask,
};
use std::ops::Range;

use crate::prefilter::Avx512;
use crate::prefilter::shapes::blocks::add_places;
use crate::prefilter::shapes::masks::{BLOCK, BLOCK_BYTES, Masks};
use crate::prefilter::sieve::Places;

/// [`Masks::places`].
pub(super) fn places(
    _proof: Avx512,
    masks: &Masks,
    block: &[u8; BLOCK_BYTES],
    buckets: &mut [u8; BLOCK],
) -> u64 {
    // SAFETY: holding an `Avx512` proves that the machine has the features.
    unsafe { places_compiled(masks, block, buckets) }
}

/// [`add_places`] of these masks.
pub(super) fn add_all(
    _proof: Avx512,
    masks: &Masks,
    text: &[u8],
    part: &mut Range<usize>,
    most: u32,
    places: &mut Places,
) {
    // SAFETY: holding an `Avx512` proves that the machine has the features.
    unsafe { add_compiled(masks, text, part, most, places) }
}

#[target_feature(enable = "avx512f,avx512bw,bmi1,bmi2,lzcnt,popcnt")]
fn add_compiled(
    masks: &Masks,
    text: &[u8],
    part: &mut Range<usize>,
    most: u32,
    places: &mut Places,
) {
    add_places(text, part, most, places, |block| places_compiled(masks, block, &mut [0; BLOCK]));
}

#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
fn places_compiled(masks: &Masks, block: &[u8; BLOCK_BYTES], buckets_at: &mut [u8; BLOCK]) -> u64 {
    /// The truth table of "and" of three.
    const AND: i32 = 0x80;
    let low_bits = _mm512_set1_epi8(15);
    let table = |table: &[u8; 16]| {
        // SAFETY: a table has 16 bytes, and the load needs no alignment.
        _mm512_broadcast_i32x4(unsafe { _mm_loadu_si128(table.as_ptr().cast()) })
    };
    let mut buckets = _mm512_set1_epi8(-1);
    for at in 0..masks.depth {
        let bytes: &[u8] = &block[at..][..BLOCK];
        // SAFETY: the slice has 64 bytes, and the load needs no alignment.
        let bytes = unsafe { _mm512_loadu_si512(bytes.as_ptr().cast()) };
        let by_low = _mm512_shuffle_epi8(table(&masks.low[at]), _mm512_and_si512(bytes, low_bits));
        let shifted = _mm512_and_si512(_mm512_srli_epi16::<4>(bytes), low_bits);
        let by_high = _mm512_shuffle_epi8(table(&masks.high[at]), shifted);
        buckets = _mm512_ternarylogic_epi64::<AND>(buckets, by_low, by_high);
    }
    // SAFETY: there are 64 bytes, and the store needs no alignment.
    unsafe { _mm512_storeu_si512(buckets_at.as_mut_ptr().cast(), buckets) };
    _mm512_test_epi8_mask(buckets, buckets)
}
