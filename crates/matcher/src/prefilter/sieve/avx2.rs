//! The kernel for AVX2: eight windows at a time.
//!
//! Windows are four bytes apart, so a 256-bit register of text *is* the first 4-grams of eight
//! windows. One instruction hashes them all. Each 4-gram is hashed once: the second 4-grams of
//! eight windows are the first ones of the windows after them, a lane further.
//!
//! A block is sifted in two passes: what its windows look up, then the look-ups. Between them the
//! indexes of words are in memory, from where each is loaded. To extract them from a register takes
//! two instructions each, in the units that have most to do; and as a look-up takes long, few of
//! the next windows could begin meanwhile. On Zen 3 a gather takes as long as the extracting.

use std::arch::x86_64::{
    __m256i, _mm256_alignr_epi8, _mm256_and_si256, _mm256_andnot_si256, _mm256_blend_epi16,
    _mm256_blendv_epi8, _mm256_castsi256_ps, _mm256_cmpeq_epi32, _mm256_loadu_si256,
    _mm256_movemask_ps, _mm256_mullo_epi32, _mm256_or_si256, _mm256_permute2x128_si256,
    _mm256_set1_epi32, _mm256_set1_epi64x, _mm256_setr_epi32, _mm256_setzero_si256,
    _mm256_shuffle_epi8, _mm256_slli_epi32, _mm256_srli_epi32, _mm256_srlv_epi32, _mm256_xor_si256,
};
use std::hint::black_box;
use std::mem::MaybeUninit;
use std::ops::Range;

use crate::prefilter::fold::FOLD_4;
use crate::prefilter::hash::MULTIPLIER_32;
use crate::prefilter::lengths::STEP;
use crate::prefilter::sieve::sift::{BLOCK, BLOCK_BYTES, GROUP, Places, sift_blocks};
use crate::prefilter::sieve::table::{OTHER_MULTIPLIER, Sieve, TO_BYTE};

/// Bytes of a register, and of a group's first 4-grams.
const REGISTER: usize = size_of::<__m256i>();

const _: () = assert!(REGISTER == GROUP * STEP);

/// What the windows of a group look up.
#[derive(Clone, Copy)]
struct LookUp {
    /// The index of a word for each window.
    indexes: __m256i,
    /// The bits that the word must have.
    wanted: __m256i,
}

/// Proof that the machine has AVX2 and BMI1, BMI2, LZCNT and POPCNT, the instructions for bits that
/// came with it. Only [`Self::detect`] makes one:
///
/// ```compile_fail
/// let forged = known_failures_matcher::prefilter::Avx2(());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Avx2(());

impl Avx2 {
    /// `None` where one of the features is missing.
    pub fn detect() -> Option<Self> {
        use std::arch::is_x86_feature_detected as has;
        // the features that `run_compiled` enables
        let all = has!("avx2") && has!("bmi1") && has!("bmi2") && has!("lzcnt") && has!("popcnt");
        all.then_some(Self(()))
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
        // SAFETY: holding an `Avx2` proves that the machine has the features.
        unsafe {
            if sieve.short {
                sift::<true>(sieve, text, windows, places);
            } else {
                sift::<false>(sieve, text, windows, places);
            }
        }
    }
}

#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
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
#[target_feature(enable = "avx2")]
#[expect(clippy::needless_range_loop, reason = "an iterator makes the short sieve a tenth slower")]
fn sift_block<const SHORT: bool>(sieve: &Sieve, block: &[u8; BLOCK_BYTES], groups: usize) -> u64 {
    let every = |lane: u32| _mm256_set1_epi32(lane.cast_signed());
    let (multiplier, fold, mask) = (every(MULTIPLIER_32), every(FOLD_4), every(sieve.mask));
    let other_multiplier = every(OTHER_MULTIPLIER);
    let (shift, row_bits, own_shift) =
        (every(sieve.shift), every(sieve.row_bits), every(sieve.own_shift));
    let grams = |group: usize| {
        let bytes: &[u8] = &block[group * REGISTER..][..REGISTER];
        #[expect(clippy::cast_ptr_alignment, reason = "the load needs none")]
        // SAFETY: the slice is as long as a register.
        let eight = unsafe { _mm256_loadu_si256(bytes.as_ptr().cast::<__m256i>()) };
        _mm256_or_si256(eight, fold)
    };
    let hashed = |grams: __m256i| _mm256_mullo_epi32(grams, multiplier);
    // a number of three bits in each byte becomes the bit of that number
    let numbers = _mm256_set1_epi32(0x0707_0707);
    let bits = _mm256_set1_epi64x(0x8040_2010_0804_0201_u64.cast_signed());
    let byte_3 = every(0xFF00_0000);
    let mut look_ups = [MaybeUninit::uninit(); BLOCK / GROUP];
    let mut first = grams(0);
    if !SHORT {
        first = hashed(first);
    }
    for group in 0..groups {
        let (next, own, selector, third, fourth);
        if SHORT {
            next = if group + 1 < groups { grams(group + 1) } else { first };
            own = hashed(_mm256_and_si256(first, mask));
            selector = own;
            third = _mm256_mullo_epi32(first, other_multiplier);
            fourth = _mm256_slli_epi32::<3>(third);
        } else {
            next = hashed(grams(group + 1));
            let across = _mm256_permute2x128_si256::<0x21>(first, next);
            let second = _mm256_alignr_epi8::<4>(across, first);
            own = first;
            third = _mm256_alignr_epi8::<8>(across, first);
            fourth = _mm256_alignr_epi8::<12>(across, first);
            selector = _mm256_xor_si256(first, _mm256_srlv_epi32(second, row_bits));
        }
        let third = _mm256_srli_epi32::<{ TO_BYTE[0].cast_signed() }>(third);
        let fourth = _mm256_srli_epi32::<{ TO_BYTE[1].cast_signed() }>(fourth);
        let upper = _mm256_blendv_epi8(third, fourth, byte_3);
        let all = _mm256_blend_epi16::<0xAA>(_mm256_srlv_epi32(own, own_shift), upper);
        look_ups[group].write(LookUp {
            indexes: _mm256_srlv_epi32(selector, shift),
            wanted: _mm256_shuffle_epi8(bits, _mm256_and_si256(all, numbers)),
        });
        first = next;
    }
    // without it the compiler takes the indexes from the registers that they were in
    let look_ups = black_box(&look_ups);
    let mut passed = 0;
    for (group, look_up) in look_ups[..groups].iter().enumerate() {
        // SAFETY: the first `groups` of them have been written.
        let LookUp { indexes, wanted } = unsafe { look_up.assume_init_ref() };
        // SAFETY: eight numbers of 32 bits are as long as a register, and need less alignment.
        let indexes: &[u32; GROUP] = unsafe { &*(&raw const *indexes).cast() };
        // SAFETY: the indexes are shifted selectors.
        let word = |at: usize| unsafe { sieve.selected(indexes[at]) }.cast_signed();
        let found = _mm256_setr_epi32(
            word(0),
            word(1),
            word(2),
            word(3),
            word(4),
            word(5),
            word(6),
            word(7),
        );
        let missing = _mm256_andnot_si256(found, *wanted);
        let none = _mm256_cmpeq_epi32(missing, _mm256_setzero_si256());
        let group_passed = _mm256_movemask_ps(_mm256_castsi256_ps(none)).cast_unsigned();
        passed |= u64::from(group_passed) << (group * GROUP);
    }
    passed
}
