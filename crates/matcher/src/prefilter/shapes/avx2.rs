//! The kernel for AVX2: 32 places at a time.

use std::arch::x86_64::{
    _mm_loadu_si128, _mm256_and_si256, _mm256_broadcastsi128_si256, _mm256_cmpeq_epi8,
    _mm256_loadu_si256, _mm256_movemask_epi8, _mm256_set1_epi8, _mm256_setzero_si256,
    _mm256_shuffle_epi8, _mm256_srli_epi16, _mm256_storeu_si256,
};
use std::ops::Range;

use crate::prefilter::Avx2;
use crate::prefilter::shapes::blocks::add_places;
use crate::prefilter::shapes::masks::{BLOCK, BLOCK_BYTES, Masks};
use crate::prefilter::sieve::Places;

/// [`Masks::places`].
pub(super) fn places(
    _proof: Avx2,
    masks: &Masks,
    block: &[u8; BLOCK_BYTES],
    buckets: &mut [u8; BLOCK],
) -> u64 {
    // SAFETY: holding an `Avx2` proves that the machine has AVX2.
    unsafe { places_compiled(masks, block, buckets) }
}

/// [`add_places`] of these masks.
pub(super) fn add_all(
    _proof: Avx2,
    masks: &Masks,
    text: &[u8],
    part: &mut Range<usize>,
    most: u32,
    places: &mut Places,
) {
    // SAFETY: holding an `Avx2` proves that the machine has the features.
    unsafe { add_compiled(masks, text, part, most, places) }
}

#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
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
#[target_feature(enable = "avx2")]
fn places_compiled(masks: &Masks, block: &[u8; BLOCK_BYTES], buckets_at: &mut [u8; BLOCK]) -> u64 {
    let low_bits = _mm256_set1_epi8(15);
    let table = |table: &[u8; 16]| {
        // SAFETY: a table has 16 bytes, and the load needs no alignment.
        _mm256_broadcastsi128_si256(unsafe { _mm_loadu_si128(table.as_ptr().cast()) })
    };
    let mut buckets = [_mm256_set1_epi8(-1); BLOCK / 32];
    for at in 0..masks.depth {
        let (low, high) = (table(&masks.low[at]), table(&masks.high[at]));
        for (half, buckets) in buckets.iter_mut().enumerate() {
            let bytes: &[u8] = &block[32 * half + at..][..32];
            // SAFETY: the slice has 32 bytes, and the load needs no alignment.
            let bytes = unsafe { _mm256_loadu_si256(bytes.as_ptr().cast()) };
            let by_low = _mm256_shuffle_epi8(low, _mm256_and_si256(bytes, low_bits));
            let shifted = _mm256_srli_epi16::<4>(bytes);
            let by_high = _mm256_shuffle_epi8(high, _mm256_and_si256(shifted, low_bits));
            *buckets = _mm256_and_si256(*buckets, _mm256_and_si256(by_low, by_high));
        }
    }
    for (buckets, at) in buckets.iter().zip(buckets_at.as_chunks_mut::<32>().0) {
        // SAFETY: there are 32 bytes, and the store needs no alignment.
        unsafe { _mm256_storeu_si256(at.as_mut_ptr().cast(), *buckets) };
    }
    let none = |buckets| _mm256_cmpeq_epi8(buckets, _mm256_setzero_si256());
    let some = |buckets| u64::from(!_mm256_movemask_epi8(none(buckets)).cast_unsigned());
    some(buckets[0]) | some(buckets[1]) << 32
}
