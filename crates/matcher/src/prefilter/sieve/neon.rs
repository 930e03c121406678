//! The kernel for NEON, the vectors of 64-bit ARM: four windows at a time, as that for AVX2 (see
//! there).

use std::arch::aarch64::{
    uint32x4_t, vaddvq_u16, vandq_u16, vandq_u32, vbicq_u32, vbslq_u32, vceqzq_u32, vcombine_u16,
    vdupq_n_s32, vdupq_n_u32, vdupq_n_u64, veorq_u32, vextq_u32, vgetq_lane_u32, vld1q_u8,
    vld1q_u16, vmovn_u32, vmulq_u32, vorrq_u32, vqtbl1q_u8, vreinterpretq_u8_u32,
    vreinterpretq_u8_u64, vreinterpretq_u32_u8, vsetq_lane_u32, vshlq_n_u32, vshlq_u32,
    vshrq_n_u32,
};
use std::ops::Range;

use crate::prefilter::fold::FOLD_4;
use crate::prefilter::hash::MULTIPLIER_32;
use crate::prefilter::lengths::STEP;
use crate::prefilter::sieve::sift::{BLOCK_BYTES, GROUP, Places, sift_blocks};
use crate::prefilter::sieve::table::{OTHER_MULTIPLIER, Sieve, TO_BYTE};

/// Bytes of a register.
const REGISTER: usize = size_of::<uint32x4_t>();

const _: () = assert!(2 * REGISTER == GROUP * STEP);

/// Proof that the machine has NEON. Only [`Self::detect`] makes one:
///
/// ```compile_fail
/// let forged = known_failures_matcher::prefilter::Neon(());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Neon(());

impl Neon {
    /// `None` where it is missing, which no system with a standard library allows.
    pub fn detect() -> Option<Self> {
        std::arch::is_aarch64_feature_detected!("neon").then_some(Self(()))
    }

    /// [`Kernel::sift`](super::Kernel::sift).
    pub(super) fn sift(
        self,
        sieve: &Sieve,
        text: &[u8],
        windows: &mut Range<usize>,
        places: &mut Places,
    ) {
        let Self(()) = self;
        // SAFETY: holding a `Neon` proves that the machine has it.
        unsafe {
            if sieve.short {
                sift::<true>(sieve, text, windows, places);
            } else {
                sift::<false>(sieve, text, windows, places);
            }
        }
    }
}

#[target_feature(enable = "neon")]
fn sift<const SHORT: bool>(
    sieve: &Sieve,
    text: &[u8],
    windows: &mut Range<usize>,
    places: &mut Places,
) {
    sift_blocks(text, windows, places, |block, groups| sift_block::<SHORT>(sieve, block, groups));
}

/// The windows that pass, in the first `groups` groups of a block.
#[inline]
#[target_feature(enable = "neon")]
fn sift_block<const SHORT: bool>(sieve: &Sieve, block: &[u8; BLOCK_BYTES], groups: usize) -> u64 {
    let every = |lane: u32| vdupq_n_u32(lane);
    let right = |bits: u32| vdupq_n_s32(-bits.cast_signed());
    let (multiplier, fold, mask) = (every(MULTIPLIER_32), every(FOLD_4), every(sieve.mask));
    let other_multiplier = every(OTHER_MULTIPLIER);
    let (shift, row_bits, own_shift) =
        (right(sieve.shift), right(sieve.row_bits), right(sieve.own_shift));
    let grams = |register: usize| {
        let bytes: &[u8] = &block[register * REGISTER..][..REGISTER];
        // SAFETY: the slice is as long as a register. The load needs no alignment.
        let four = unsafe { vld1q_u8(bytes.as_ptr()) };
        vorrq_u32(vreinterpretq_u32_u8(four), fold)
    };
    let hashed = |grams: uint32x4_t| vmulq_u32(grams, multiplier);
    let look_up = |indexes: uint32x4_t| {
        // SAFETY: the indexes are shifted selectors.
        let word = |index: u32| unsafe { sieve.selected(index) };
        let four = every(word(vgetq_lane_u32::<0>(indexes)));
        let four = vsetq_lane_u32::<1>(word(vgetq_lane_u32::<1>(indexes)), four);
        let four = vsetq_lane_u32::<2>(word(vgetq_lane_u32::<2>(indexes)), four);
        vsetq_lane_u32::<3>(word(vgetq_lane_u32::<3>(indexes)), four)
    };
    // a number of three bits in each byte becomes the bit of that number
    let numbers = every(0x0707_0707);
    let bits = vreinterpretq_u8_u64(vdupq_n_u64(0x8040_2010_0804_0201));
    let (byte_2, byte_3) = (every(0x00FF_0000), every(0xFF00_0000));
    // all ones in the lanes of windows that pass
    let passing = |first: uint32x4_t, next: uint32x4_t| {
        let (own, selector, third, fourth);
        if SHORT {
            own = hashed(vandq_u32(first, mask));
            selector = own;
            third = vmulq_u32(first, other_multiplier);
            fourth = vshlq_n_u32::<3>(third);
        } else {
            let second = vextq_u32::<1>(first, next);
            own = first;
            selector = veorq_u32(first, vshlq_u32(second, row_bits));
            third = vextq_u32::<2>(first, next);
            fourth = vextq_u32::<3>(first, next);
        }
        let found = look_up(vshlq_u32(selector, shift));
        let third = vshrq_n_u32::<{ TO_BYTE[0].cast_signed() }>(third);
        let fourth = vshrq_n_u32::<{ TO_BYTE[1].cast_signed() }>(fourth);
        let all = vbslq_u32(byte_2, third, vshlq_u32(own, own_shift));
        let all = vandq_u32(vbslq_u32(byte_3, fourth, all), numbers);
        let wanted = vreinterpretq_u32_u8(vqtbl1q_u8(bits, vreinterpretq_u8_u32(all)));
        vceqzq_u32(vbicq_u32(wanted, found))
    };
    let prepared = |register: usize| {
        let grams = grams(register);
        if SHORT { grams } else { hashed(grams) }
    };
    // SAFETY: the array is as long as a register.
    let lanes = unsafe { vld1q_u16([1, 2, 4, 8, 16, 32, 64, 128].as_ptr()) };
    let mut passed = 0;
    let mut first = prepared(0);
    for group in 0..groups {
        let (middle, next) = (prepared(2 * group + 1), prepared(2 * group + 2));
        let low = vmovn_u32(passing(first, middle));
        let high = vmovn_u32(passing(middle, next));
        let group_passed = vaddvq_u16(vandq_u16(vcombine_u16(low, high), lanes));
        passed |= u64::from(group_passed) << (group * GROUP);
        first = next;
    }
    passed
}
