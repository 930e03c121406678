//! The kernel for AVX2: eight windows at a time.
//!
//! Windows are four bytes apart, so a 256-bit register of text *is* the first 4-grams of eight
//! windows. One instruction hashes them all. Each 4-gram is hashed once: the second 4-grams of
//! eight windows are the first ones of the windows after them, a lane further.

use std::arch::x86_64::{
    __m256i, _mm256_add_epi32, _mm256_alignr_epi8, _mm256_and_si256, _mm256_andnot_si256,
    _mm256_blend_epi16, _mm256_castsi256_ps, _mm256_cmpeq_epi32, _mm256_extract_epi64,
    _mm256_i32gather_epi32, _mm256_loadu_si256, _mm256_movemask_ps, _mm256_mullo_epi32,
    _mm256_or_si256, _mm256_permute2x128_si256, _mm256_set1_epi32, _mm256_set1_epi64x,
    _mm256_setr_epi32, _mm256_setzero_si256, _mm256_shuffle_epi8, _mm256_sllv_epi32,
    _mm256_srli_epi32, _mm256_srlv_epi32, _mm256_xor_si256,
};

use crate::prefilter::fold::FOLD_4;
use crate::prefilter::hash::MULTIPLIER_32;
use crate::prefilter::lengths::STEP;
use crate::prefilter::sieve::sift::{BLOCK, BLOCK_BYTES, GROUP, Passed, Sift, SiftTask};
use crate::prefilter::sieve::table::{JOIN, Sieve};

/// Bytes of a register, and of a group's first 4-grams.
const REGISTER: usize = size_of::<__m256i>();

const _: () = assert!(REGISTER == GROUP * STEP);

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

    /// Runs `task`, compiled for these features. `GATHER`: whether one instruction loads eight
    /// table words.
    #[inline]
    pub(super) fn run<const GATHER: bool>(self, task: impl SiftTask) {
        // SAFETY: holding an `Avx2` proves that the machine has the features.
        unsafe { run_compiled::<GATHER>(self, task) }
    }
}

/// The whole scan, and not only the sieve, is full of shifts and counts of bits. Every x86-64 has
/// instructions for them, and those with AVX2 have much better ones.
#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
fn run_compiled<const GATHER: bool>(avx2: Avx2, task: impl SiftTask) {
    task.run(Lookup::<GATHER>(avx2));
}

/// The lookup, with the proof that it can run.
#[derive(Clone, Copy)]
struct Lookup<const GATHER: bool>(Avx2);

impl<const GATHER: bool> Sift for Lookup<GATHER> {
    #[inline]
    fn sift(self, sieve: &Sieve, block: &[u8; BLOCK_BYTES], groups: usize) -> Passed {
        let Self(Avx2(())) = self;
        // SAFETY: holding an `Avx2` proves that the machine has AVX2.
        unsafe { sift::<GATHER>(sieve, block, groups) }
    }
}

#[target_feature(enable = "avx2")]
fn sift<const GATHER: bool>(sieve: &Sieve, block: &[u8; BLOCK_BYTES], groups: usize) -> Passed {
    let every = |lane: u32| _mm256_set1_epi32(lane.cast_signed());
    let (multiplier, fold, mask) = (every(MULTIPLIER_32), every(FOLD_4), every(sieve.mask));
    let (whole, partial) = sieve.tables();
    let [whole_shift, partial_shift] = sieve.shifts.map(every);
    let row_bits = every(sieve.row_bits);
    // `bit_pair` of `own_bits`: one shift instead of two
    let (low_shift, high_shift) = (every(21 - sieve.row_bits), every(sieve.row_bits - 1));
    let grams = |group: usize| {
        let bytes: &[u8] = &block[group * REGISTER..][..REGISTER];
        #[expect(clippy::cast_ptr_alignment, reason = "the load needs none")]
        // SAFETY: the slice is as long as a register.
        let eight = unsafe { _mm256_loadu_si256(bytes.as_ptr().cast::<__m256i>()) };
        _mm256_or_si256(eight, fold)
    };
    let hashed = |grams: __m256i| _mm256_mullo_epi32(grams, multiplier);
    let joined = |hash: __m256i, rest: __m256i| {
        _mm256_add_epi32(hash, _mm256_srli_epi32::<{ JOIN.cast_signed() }>(rest))
    };
    // Indexes are hashes shifted right by the table's shift, `32 - bits`. `Sieve::tables` gives
    // tables of `1 << bits` words, so each index is less than `words.len()`; and as `bits` is less
    // than 32, none is negative as an `i32`.
    let look_up = |words: &[u32], indexes: __m256i| {
        if GATHER {
            // SAFETY: each index is less than `words.len()`, see above.
            return unsafe { _mm256_i32gather_epi32::<4>(words.as_ptr().cast(), indexes) };
        }
        let word = |index: i64| {
            let index = index.cast_unsigned() as u32 as usize;
            debug_assert!(index < words.len());
            // SAFETY: the index is less than `words.len()`, see above.
            unsafe { words.get_unchecked(index).cast_signed() }
        };
        let pairs = (
            _mm256_extract_epi64::<0>(indexes),
            _mm256_extract_epi64::<1>(indexes),
            _mm256_extract_epi64::<2>(indexes),
            _mm256_extract_epi64::<3>(indexes),
        );
        _mm256_setr_epi32(
            word(pairs.0),
            word(pairs.0 >> 32),
            word(pairs.1),
            word(pairs.1 >> 32),
            word(pairs.2),
            word(pairs.2 >> 32),
            word(pairs.3),
            word(pairs.3 >> 32),
        )
    };
    // a number of three bits in each byte becomes the bit of that number
    let numbers = _mm256_set1_epi32(0x0707_0707);
    let bits = _mm256_set1_epi64x(0x8040_2010_0804_0201_u64.cast_signed());
    // which words have all four bits; their numbers are in the lower two bytes of `low` and in the
    // upper two of `high`
    let pass = |words: __m256i, low: __m256i, high: __m256i| {
        let both = _mm256_blend_epi16::<0xAA>(low, high);
        let wanted = _mm256_shuffle_epi8(bits, _mm256_and_si256(both, numbers));
        let missing = _mm256_andnot_si256(words, wanted);
        let none = _mm256_cmpeq_epi32(missing, _mm256_setzero_si256());
        u64::from(_mm256_movemask_ps(_mm256_castsi256_ps(none)).cast_unsigned())
    };
    let mut passed = Passed::default();
    let mut own = grams(0);
    let mut first = hashed(own);
    for group in 0..groups.min(BLOCK / GROUP) {
        let next_own = grams(group + 1);
        let next = hashed(next_own);
        let across = _mm256_permute2x128_si256::<0x21>(first, next);
        let second = _mm256_alignr_epi8::<4>(across, first);
        let third = _mm256_alignr_epi8::<8>(across, first);
        let fourth = _mm256_alignr_epi8::<12>(across, first);
        let window = joined(first, joined(second, joined(third, fourth)));
        let words = look_up(whole, _mm256_srlv_epi32(window, whole_shift));
        let (low, high) = (_mm256_srli_epi32::<21>(third), _mm256_srli_epi32::<5>(fourth));
        passed.whole |= pass(words, low, high) << (group * GROUP);
        let (own_hash, selector, high) = if sieve.single_gram {
            let masked = hashed(_mm256_and_si256(own, mask));
            (masked, masked, _mm256_sllv_epi32(masked, high_shift))
        } else {
            let in_row = _mm256_srlv_epi32(second, row_bits);
            (first, _mm256_xor_si256(first, in_row), _mm256_srli_epi32::<5>(third))
        };
        let words = look_up(partial, _mm256_srlv_epi32(selector, partial_shift));
        let low = _mm256_srlv_epi32(own_hash, low_shift);
        passed.partial |= pass(words, low, high) << (group * GROUP);
        (own, first) = (next_own, next);
    }
    passed
}
