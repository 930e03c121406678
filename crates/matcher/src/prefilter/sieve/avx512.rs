//! The kernel for AVX-512: sixteen windows at a time.
//!
//! As that for AVX2 (see there), but one instruction writes the places of the windows that pass,
//! and loads that would read past the end of the text are masked, so that nothing is copied.
//!
//! Table words are gathered by one instruction where that is fast: the lookup takes half as long
//! then. On Zen 4 it takes half as long again, and on Intel's cores before Sapphire Rapids
//! gathering is slow since their microcode of 2023 (Intel, "Gather Data Sampling",
//! INTEL-SA-00828). There the words are loaded one by one.

use std::arch::x86_64::{
    __m512i, _mm_cvtsi32_si128, _mm_insert_epi32, _mm512_add_epi32, _mm512_alignr_epi32,
    _mm512_and_si512, _mm512_andnot_si512, _mm512_castsi128_si512, _mm512_i32gather_epi32,
    _mm512_inserti32x4, _mm512_loadu_si512, _mm512_mask_testn_epi32_mask,
    _mm512_maskz_compress_epi32, _mm512_maskz_loadu_epi8, _mm512_mullo_epi32, _mm512_or_si512,
    _mm512_permutexvar_epi8, _mm512_set1_epi32, _mm512_set1_epi64, _mm512_setr_epi32,
    _mm512_slli_epi32, _mm512_srli_epi32, _mm512_srlv_epi32, _mm512_storeu_si512,
    _mm512_ternarylogic_epi32, _mm512_xor_si512,
};
use std::hint;
use std::ops::Range;

use crate::prefilter::fold::FOLD_4;
use crate::prefilter::hash::MULTIPLIER_32;
use crate::prefilter::lengths::STEP;
use crate::prefilter::sieve::sift::Places;
use crate::prefilter::sieve::table::{OTHER_MULTIPLIER, Sieve, TO_BYTE};

/// Bytes of a register.
const REGISTER: usize = size_of::<__m512i>();

/// Bytes of a table word.
const WORD: i32 = 4;

/// Windows in a register.
const LANES: usize = REGISTER / STEP;

/// Proof that the machine has AVX-512 with the instructions for bytes (BW, VBMI, VBMI2), and BMI1,
/// BMI2, LZCNT and POPCNT. VBMI2 came with Intel's Ice Lake and AMD's Zen 4; earlier cores lower
/// their clock for AVX-512. Only [`Self::detect`] and [`super::Kernel::all`] make one:
///
/// ```compile_fail
/// let forged = known_failures_matcher::prefilter::Avx512 { gathers: false };
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Avx512 {
    /// Whether table words are gathered. Every AVX-512 can, not every one is fast.
    gathers: bool,
}

impl Avx512 {
    /// `None` where one of the features is missing.
    pub fn detect() -> Option<Self> {
        use std::arch::is_x86_feature_detected as has;
        // the features that `sift` and the transcoder enable
        let bits = has!("bmi1") && has!("bmi2") && has!("lzcnt") && has!("popcnt");
        let vectors =
            has!("avx512f") && has!("avx512bw") && has!("avx512vbmi") && has!("avx512vbmi2");
        // FP16 came with Sapphire Rapids
        (bits && vectors).then(|| Self { gathers: has!("avx512fp16") })
    }

    /// Those that the machine can run, whether they are fast or not.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        let both = |_| [true, false].map(|gathers| Self { gathers });
        Self::detect().map(both).into_iter().flatten()
    }

    /// [`Kernel::name`](super::Kernel::name).
    pub(super) fn name(self) -> &'static str {
        if self.gathers { "Avx512Gather" } else { "Avx512" }
    }

    /// [`Kernel::sift`](super::Kernel::sift).
    pub(super) fn sift(
        self,
        sieve: &Sieve,
        text: &[u8],
        windows: &mut Range<usize>,
        places: &mut Places,
    ) {
        // SAFETY: holding an `Avx512` proves that the machine has the features.
        unsafe {
            match (sieve.short, self.gathers) {
                (false, true) => sift::<false, true>(sieve, text, windows, places),
                (false, false) => sift::<false, false>(sieve, text, windows, places),
                (true, true) => sift::<true, true>(sieve, text, windows, places),
                (true, false) => sift::<true, false>(sieve, text, windows, places),
            }
        }
    }
}

#[target_feature(enable = "avx512f,avx512bw,avx512vbmi,bmi1,bmi2,lzcnt,popcnt")]
fn sift<const SHORT: bool, const GATHERS: bool>(
    sieve: &Sieve,
    text: &[u8],
    windows: &mut Range<usize>,
    places: &mut Places,
) {
    let every = |lane: u32| _mm512_set1_epi32(lane.cast_signed());
    let (multiplier, fold, mask) = (every(MULTIPLIER_32), every(FOLD_4), every(sieve.mask));
    let other_multiplier = every(OTHER_MULTIPLIER);
    let (shift, row_bits, own_shift) =
        (every(sieve.shift), every(sieve.row_bits), every(sieve.own_shift));
    let grams = |at: usize| {
        let bytes = if at + REGISTER <= text.len() {
            // SAFETY: the bytes are in the text. The load needs no alignment.
            unsafe { _mm512_loadu_si512(text.as_ptr().add(at).cast()) }
        } else {
            let left = u64::MAX.checked_shr((REGISTER - text.len().saturating_sub(at)) as u32);
            // SAFETY: only bytes of the text are read: where the mask is 0 there is no access.
            unsafe {
                _mm512_maskz_loadu_epi8(left.unwrap_or(0), text.as_ptr().wrapping_add(at).cast())
            }
        };
        _mm512_or_si512(bytes, fold)
    };
    let hashed = |grams: __m512i| _mm512_mullo_epi32(grams, multiplier);
    let look_up = |indexes: __m512i| {
        if GATHERS {
            let words = sieve.words().as_ptr().cast();
            // SAFETY: the indexes are shifted selectors, which are less than the number of words.
            return unsafe { _mm512_i32gather_epi32::<WORD>(indexes, words) };
        }
        let mut all = [0_u32; LANES];
        // SAFETY: the array is as long as a register.
        unsafe { _mm512_storeu_si512(all.as_mut_ptr().cast(), indexes) };
        // the compiler would extract the lanes one by one, two instructions for each
        let all = hint::black_box(&all);
        // SAFETY: the indexes are shifted selectors.
        let word = |lane: usize| unsafe { sieve.selected(all[lane]) }.cast_signed();
        let four = |first: usize| {
            let four = _mm_cvtsi32_si128(word(first));
            let four = _mm_insert_epi32::<1>(four, word(first + 1));
            let four = _mm_insert_epi32::<2>(four, word(first + 2));
            _mm_insert_epi32::<3>(four, word(first + 3))
        };
        let found = _mm512_castsi128_si512(four(0));
        let found = _mm512_inserti32x4::<1>(found, four(4));
        let found = _mm512_inserti32x4::<2>(found, four(8));
        _mm512_inserti32x4::<3>(found, four(12))
    };
    let bits = _mm512_set1_epi64(0x8040_2010_0804_0201_u64.cast_signed());
    let (byte_2, byte_3) = (every(0x00FF_0000), every(0xFF00_0000));
    let step = every(REGISTER as u32);
    let lanes = _mm512_setr_epi32(0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44, 48, 52, 56, 60);
    let Range { start: mut at, end } = *windows;
    let mut ats = _mm512_add_epi32(every(at as u32), lanes);
    let mut count = places.count;
    let mut first = grams(at);
    if !SHORT {
        first = hashed(first);
    }
    while at < end {
        let Some(room) = places.all.get_mut(count..count + LANES) else { break };
        let windows_left = u16::MAX >> (LANES - (end - at).div_ceil(STEP).min(LANES));
        let (next, own, selector, third, fourth);
        if SHORT {
            next = grams(at + REGISTER);
            own = hashed(_mm512_and_si512(first, mask));
            selector = own;
            third = _mm512_mullo_epi32(first, other_multiplier);
            fourth = _mm512_slli_epi32::<3>(third);
        } else {
            next = hashed(grams(at + REGISTER));
            let second = _mm512_alignr_epi32::<1>(next, first);
            own = first;
            third = _mm512_alignr_epi32::<2>(next, first);
            fourth = _mm512_alignr_epi32::<3>(next, first);
            selector = _mm512_xor_si512(first, _mm512_srlv_epi32(second, row_bits));
        }
        let found = look_up(_mm512_srlv_epi32(selector, shift));
        let third = _mm512_srli_epi32::<{ TO_BYTE[0] }>(third);
        let fourth = _mm512_srli_epi32::<{ TO_BYTE[1] }>(fourth);
        // the first operand selects, bit by bit, from the second or from the third
        let all =
            _mm512_ternarylogic_epi32::<0xCA>(byte_2, third, _mm512_srlv_epi32(own, own_shift));
        let all = _mm512_ternarylogic_epi32::<0xCA>(byte_3, fourth, all);
        // the lower six bits of each byte select a byte, and three of them would
        let wanted = _mm512_permutexvar_epi8(all, bits);
        let missing = _mm512_andnot_si512(found, wanted);
        let passed = _mm512_mask_testn_epi32_mask(windows_left, missing, missing);
        let passing = _mm512_maskz_compress_epi32(passed, ats);
        // SAFETY: the slice is as long as a register.
        unsafe { _mm512_storeu_si512(room.as_mut_ptr().cast(), passing) };
        count += passed.count_ones() as usize;
        ats = _mm512_add_epi32(ats, step);
        first = next;
        at += REGISTER;
    }
    places.count = count;
    windows.start = at;
}
