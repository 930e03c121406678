//! The kernel for NEON: 16 places at a time.

use std::arch::aarch64::{
    uint8x16_t, vandq_u8, vdupq_n_u8, vget_lane_u64, vld1q_u8, vqtbl1q_u8, vreinterpret_u64_u8,
    vreinterpretq_u16_u8, vshrn_n_u16, vshrq_n_u8, vst1q_u8, vtstq_u8,
};
use std::ops::Range;

use crate::prefilter::Neon;
use crate::prefilter::shapes::blocks::add_places;
use crate::prefilter::shapes::masks::{BLOCK, BLOCK_BYTES, Masks};
use crate::prefilter::sieve::Places;

/// [`Masks::places`].
pub(super) fn places(
    _proof: Neon,
    masks: &Masks,
    block: &[u8; BLOCK_BYTES],
    buckets: &mut [u8; BLOCK],
) -> u64 {
    // SAFETY: holding a `Neon` proves that the machine has NEON.
    unsafe { places_compiled(masks, block, buckets) }
}

/// [`add_places`] of these masks.
pub(super) fn add_all(
    _proof: Neon,
    masks: &Masks,
    text: &[u8],
    part: &mut Range<usize>,
    most: u32,
    places: &mut Places,
) {
    // SAFETY: holding a `Neon` proves that the machine has NEON.
    unsafe { add_compiled(masks, text, part, most, places) }
}

#[target_feature(enable = "neon")]
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
#[target_feature(enable = "neon")]
fn places_compiled(masks: &Masks, block: &[u8; BLOCK_BYTES], buckets_at: &mut [u8; BLOCK]) -> u64 {
    let low_bits = vdupq_n_u8(15);
    // SAFETY: the slice has 16 bytes, and the load needs no alignment.
    let load = |bytes: &[u8]| unsafe { vld1q_u8(bytes[..16].as_ptr()) };
    let mut buckets = [vdupq_n_u8(u8::MAX); BLOCK / 16];
    for at in 0..masks.depth {
        let (low, high) = (load(&masks.low[at]), load(&masks.high[at]));
        for (quarter, buckets) in buckets.iter_mut().enumerate() {
            let bytes = load(&block[16 * quarter + at..]);
            let by_low = vqtbl1q_u8(low, vandq_u8(bytes, low_bits));
            let by_high = vqtbl1q_u8(high, vshrq_n_u8::<4>(bytes));
            *buckets = vandq_u8(*buckets, vandq_u8(by_low, by_high));
        }
    }
    for (buckets, at) in buckets.iter().zip(buckets_at.as_chunks_mut::<16>().0) {
        // SAFETY: there are 16 bytes, and the store needs no alignment.
        unsafe { vst1q_u8(at.as_mut_ptr(), *buckets) };
    }
    (0..)
        .zip(buckets)
        .fold(0, |places, (quarter, buckets)| places | u64::from(some(buckets)) << (16 * quarter))
}

/// A bit for each byte that is not 0.
#[target_feature(enable = "neon")]
fn some(bytes: uint8x16_t) -> u16 {
    // four bits for each byte, of which one is kept and moved to its place
    let four = vshrn_n_u16::<4>(vreinterpretq_u16_u8(vtstq_u8(bytes, bytes)));
    let four = vget_lane_u64::<0>(vreinterpret_u64_u8(four));
    (0..16).fold(0, |bits, byte| bits | ((four >> (4 * byte) & 1) as u16) << byte)
}
