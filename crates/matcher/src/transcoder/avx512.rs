//! The transcoder for AVX-512: 32 code units, or 64 bytes, at a time.
//!
//! For each unit, or for each byte that may be the last of a unit, a lane has what it becomes. One
//! instruction of VBMI2 then moves together what is valid of that. So there are no tables, and a
//! text of many scripts takes no longer than one of a single script (R. Clausecker, D. Lemire,
//! "Transcoding Unicode Characters with AVX-512 Instructions", 2023).

use std::arch::x86_64::{
    __m512i, _mm256_storeu_si256, _mm512_add_epi32, _mm512_alignr_epi32, _mm512_and_si512,
    _mm512_castsi512_si256, _mm512_cmpeq_epi16_mask, _mm512_cmpeq_epi32_mask,
    _mm512_cmpge_epu8_mask, _mm512_cmplt_epi8_mask, _mm512_cmplt_epu8_mask,
    _mm512_cmplt_epu32_mask, _mm512_cvtepi16_epi8, _mm512_cvtepu16_epi32,
    _mm512_extracti64x4_epi64, _mm512_loadu_si512, _mm512_mask_blend_epi32, _mm512_mask_mov_epi8,
    _mm512_mask_mov_epi32, _mm512_mask_srli_epi32, _mm512_mask_sub_epi8,
    _mm512_maskz_compress_epi8, _mm512_maskz_loadu_epi8, _mm512_maskz_loadu_epi16,
    _mm512_maskz_mov_epi8, _mm512_maskz_or_epi32, _mm512_movepi8_mask,
    _mm512_multishift_epi64_epi8, _mm512_or_si512, _mm512_permutexvar_epi64, _mm512_set1_epi8,
    _mm512_set1_epi16, _mm512_set1_epi32, _mm512_set1_epi64, _mm512_setr_epi64,
    _mm512_setzero_si512, _mm512_slli_epi16, _mm512_slli_epi32, _mm512_srli_epi16,
    _mm512_storeu_si512, _mm512_ternarylogic_epi32, _mm512_test_epi8_mask, _mm512_test_epi16_mask,
    _mm512_unpackhi_epi8, _mm512_unpacklo_epi8,
};

use crate::prefilter::Avx512;
use regexp::text::Transcoder;
use regexp::text::transcoder::{Encoded, MAX_BYTES, MAX_UNITS, Utf8Block, Utf16Block};

/// Code units and bytes of a register.
const UNITS: usize = size_of::<__m512i>() / size_of::<u16>();
const BYTES: usize = size_of::<__m512i>();

/// Code units of half a register.
const HALF: usize = UNITS / 2;

/// Truth tables: `a & b | c`, and what the first operand selects, bit by bit.
const AND_OR: i32 = 0xEA;
const SELECT: i32 = 0xCA;

pub(super) fn transcoder(_proof: Avx512) -> Transcoder {
    Transcoder {
        // SAFETY: holding an `Avx512` proves that the machine has the features.
        encode: |units, bytes| unsafe { encode(units, bytes) },
        // SAFETY: as above.
        decode: |text, units| unsafe { decode(text, units) },
    }
}

/// So many ones.
fn ones(count: usize) -> u32 {
    u32::MAX.checked_shr(u32::BITS - count.min(UNITS) as u32).unwrap_or(0)
}

#[target_feature(enable = "avx512f,avx512bw,avx512vbmi,avx512vbmi2,bmi1,bmi2,lzcnt,popcnt")]
fn encode(units: &[u16], bytes: &mut Utf8Block) -> Encoded {
    assert!(units.len() <= MAX_UNITS, "no more than there is room for");
    let mut encoded = Encoded::default();
    let (mut at, mut end) = (0, 0);
    let mut separators = 0;
    while at < units.len() {
        let count = (units.len() - at).min(UNITS);
        let lanes = ones(count);
        // SAFETY: only units of the slice are read: where the mask is 0 there is no access.
        let wide = unsafe { _mm512_maskz_loadu_epi16(lanes, units.as_ptr().add(at).cast::<i16>()) };
        debug_assert!(end + BYTES <= bytes.len(), "a block has room for a register more");
        // SAFETY: a unit gives three bytes at most. `Utf8Block` has as many for each of
        // `MAX_UNITS`, and a register's more.
        let to = unsafe { bytes.as_mut_ptr().add(end) };
        if _mm512_test_epi16_mask(wide, _mm512_set1_epi16(!0x7F)) == 0 {
            // SAFETY: see above.
            unsafe { _mm256_storeu_si256(to.cast(), _mm512_cvtepi16_epi8(wide)) };
            (at, end) = (at + count, end + count);
            continue;
        }
        let surrogates = _mm512_cmpeq_epi16_mask(
            _mm512_and_si512(wide, _mm512_set1_epi16(0xF800_u16.cast_signed())),
            _mm512_set1_epi16(0xD800_u16.cast_signed()),
        );
        separators |= _mm512_cmpeq_epi16_mask(
            _mm512_or_si512(wide, _mm512_set1_epi16(1)),
            _mm512_set1_epi16(0x2029),
        );
        let first = _mm512_cvtepu16_epi32(_mm512_castsi512_si256(wide));
        if surrogates != 0 {
            encoded.surrogates = true;
            let count = count.min(HALF);
            let is_last = at + count == units.len();
            let (utf8, count, lanes) = with_surrogates(first, count, is_last, &mut encoded);
            // SAFETY: see above.
            (at, end) = (at + count, end + unsafe { store(utf8, lanes, to) });
            continue;
        }
        let second = _mm512_cvtepu16_epi32(_mm512_extracti64x4_epi64::<1>(wide));
        // SAFETY: see above. The first half leaves room for the second, as its units are no more.
        end += unsafe {
            let length = store(utf8_of(first), lanes as u16, to);
            length + store(utf8_of(second), (lanes >> HALF) as u16, to.add(length))
        };
        at += count;
    }
    encoded.length = end;
    encoded.separators = separators != 0;
    encoded
}

/// The UTF-8 of code units that are no surrogates of pairs, each in a lane, from its first byte on.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
fn utf8_of(units: __m512i) -> __m512i {
    /// Where each byte of a lane is in the unit, if there are three.
    const SHIFTS: [u8; 8] = [12, 6, 0, 24, 44, 38, 32, 56];
    let is_short = _mm512_cmplt_epu32_mask(units, _mm512_set1_epi32(0x800));
    let is_ascii = _mm512_cmplt_epu32_mask(units, _mm512_set1_epi32(0x80));
    let bits = _mm512_multishift_epi64_epi8(_mm512_set1_epi64(i64::from_le_bytes(SHIFTS)), units);
    let bits = _mm512_mask_srli_epi32::<8>(bits, is_short, bits);
    let (two, three) = (_mm512_set1_epi32(0x80C0), _mm512_set1_epi32(0x80_80E0));
    let marks = _mm512_mask_blend_epi32(is_short, three, two);
    let long = _mm512_ternarylogic_epi32::<AND_OR>(bits, _mm512_set1_epi32(0x3F_3FFF), marks);
    _mm512_mask_mov_epi32(long, is_ascii, units)
}

/// The same for `count` units among which there are surrogates. `is_last`: no unit follows. Also
/// how many units these are, one less if the last is the half of a pair, and the lanes that
/// give bytes: the second half of a pair gives none.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
fn with_surrogates(
    units: __m512i,
    mut count: usize,
    is_last: bool,
    encoded: &mut Encoded,
) -> (__m512i, usize, u16) {
    const SHIFTS: [u8; 8] = [18, 12, 6, 0, 50, 44, 38, 32];
    let every = |lane: u32| _mm512_set1_epi32(lane.cast_signed());
    let kinds = _mm512_and_si512(units, every(0xFC00));
    let leads = _mm512_cmpeq_epi32_mask(kinds, every(0xD800));
    if !is_last && leads >> (count - 1) & 1 == 1 {
        count -= 1;
    }
    let lanes = ones(count) as u16;
    let leads = leads & lanes;
    let trails = _mm512_cmpeq_epi32_mask(kinds, every(0xDC00)) & lanes;
    let pairs = leads & trails >> 1;
    encoded.lone_surrogates |= (leads | trails) != (pairs | pairs << 1);

    let next = _mm512_alignr_epi32::<1>(_mm512_setzero_si512(), units);
    let ten_bits = |units: __m512i| _mm512_and_si512(units, every(0x3FF));
    let both = _mm512_or_si512(_mm512_slli_epi32::<10>(ten_bits(units)), ten_bits(next));
    let points = _mm512_add_epi32(both, every(0x1_0000));
    let bits = _mm512_multishift_epi64_epi8(_mm512_set1_epi64(i64::from_le_bytes(SHIFTS)), points);
    let (low_bits, marks) = (every(0x3F3F_3FFF), every(0x8080_80F0));
    let four = _mm512_ternarylogic_epi32::<AND_OR>(bits, low_bits, marks);
    (_mm512_mask_mov_epi32(utf8_of(units), pairs, four), count, lanes & !(pairs << 1))
}

/// Writes the UTF-8 of these lanes, and returns its length.
///
/// # Safety
///
/// `to` has room for a register.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vbmi,avx512vbmi2,popcnt")]
unsafe fn store(utf8: __m512i, lanes: u16, to: *mut u8) -> usize {
    // all bytes but the first are beyond ASCII, and not zero
    let valid = _mm512_maskz_or_epi32(lanes, utf8, _mm512_set1_epi32(1));
    let valid = _mm512_test_epi8_mask(valid, valid);
    // SAFETY: the caller has checked the room. The store needs no alignment.
    unsafe { _mm512_storeu_si512(to.cast(), _mm512_maskz_compress_epi8(valid, utf8)) };
    valid.count_ones() as usize
}

#[target_feature(enable = "avx512f,avx512bw,avx512vbmi,avx512vbmi2,bmi1,bmi2,lzcnt,popcnt")]
fn decode(text: &[u8], units: &mut Utf16Block) -> usize {
    assert!(text.len() <= MAX_BYTES, "no more than there is room for");
    let every = |byte: u8| _mm512_set1_epi8(byte.cast_signed());
    let is_tail = |bytes: __m512i| _mm512_cmplt_epi8_mask(bytes, every(0xC0));
    // the halves of a register in the order in which unpacking takes them
    let in_halves = _mm512_setr_epi64(0, 4, 1, 5, 2, 6, 3, 7);
    let mut count = 0;
    let mut at = 0;
    while at < text.len() {
        debug_assert!(count + BYTES <= units.len(), "a block has room for a register more");
        // SAFETY: bytes give no more units than they are. `Utf16Block` has one for each of
        // `MAX_BYTES`, and two registers more.
        let to = unsafe { units.as_mut_ptr().add(count) };
        let valid = ones_64(text.len() - at);
        let last = load(text, at.cast_signed());
        let (mut low, mut high, mut ends) = (last, _mm512_setzero_si512(), valid);
        if _mm512_movepi8_mask(last) & valid != 0 {
            let from = at.cast_signed();
            let (third, second, next) =
                (load(text, from - 2), load(text, from - 1), load(text, from + 1));
            ends &= !is_tail(next);
            let is_long = is_tail(last);
            let bits = _mm512_slli_epi16::<6>(second);
            low = _mm512_ternarylogic_epi32::<SELECT>(every(0xC0), bits, last);
            low = _mm512_mask_mov_epi8(last, is_long, low);
            let middle = _mm512_srli_epi16::<2>(second);
            let top = _mm512_slli_epi16::<4>(_mm512_maskz_mov_epi8(is_tail(second), third));
            high = _mm512_ternarylogic_epi32::<SELECT>(every(0xF0), top, middle);
            high = _mm512_maskz_mov_epi8(is_long, high);

            let leads = _mm512_cmpge_epu8_mask(third, every(0xF0));
            let is_split = at.checked_sub(3).is_some_and(|at| text[at] >= 0xF0);
            let trails = leads << 1 | u64::from(is_split);
            if (leads | trails) & valid != 0 {
                // of the lead's ten bits, less the 0x10000 of the characters that have one
                let bits = _mm512_ternarylogic_epi32::<SELECT>(
                    every(0xFC),
                    _mm512_slli_epi16::<2>(second),
                    _mm512_srli_epi16::<4>(last),
                );
                let borrows = leads & _mm512_cmplt_epu8_mask(bits, every(0x40));
                low = _mm512_mask_sub_epi8(low, leads, bits, every(0x40));
                high = _mm512_mask_sub_epi8(high, leads, third, every(0xF0 - 0xD8));
                high = _mm512_mask_sub_epi8(high, borrows, high, every(1));
                let trail = _mm512_ternarylogic_epi32::<AND_OR>(middle, every(0x03), every(0xDC));
                high = _mm512_mask_mov_epi8(high, trails, trail);
                ends |= leads & valid;
            }
            low = _mm512_maskz_compress_epi8(ends, low);
            high = _mm512_maskz_compress_epi8(ends, high);
        }
        let low = _mm512_permutexvar_epi64(in_halves, low);
        let high = _mm512_permutexvar_epi64(in_halves, high);
        // SAFETY: see above. The stores need no alignment.
        unsafe {
            _mm512_storeu_si512(to.cast(), _mm512_unpacklo_epi8(low, high));
            _mm512_storeu_si512(to.add(UNITS).cast(), _mm512_unpackhi_epi8(low, high));
        }
        count += ends.count_ones() as usize;
        at += BYTES;
    }
    count
}

/// So many ones.
fn ones_64(count: usize) -> u64 {
    u64::MAX.checked_shr(u64::BITS.saturating_sub(count.min(BYTES) as u32)).unwrap_or(0)
}

/// The bytes of a text from an offset on; zeros where it has none.
#[inline]
#[target_feature(enable = "avx512f,avx512bw")]
fn load(text: &[u8], at: isize) -> __m512i {
    let from = text.as_ptr().wrapping_offset(at);
    if at >= 0 && at.cast_unsigned() + BYTES <= text.len() {
        // SAFETY: the bytes are in the text. The load needs no alignment.
        return unsafe { _mm512_loadu_si512(from.cast()) };
    }
    let after = text.len().cast_signed().saturating_sub(at).max(0).cast_unsigned();
    let before = at.min(0).unsigned_abs();
    let inside = ones_64(after) & !ones_64(before);
    // SAFETY: only bytes of the text are read: where the mask is 0 there is no access.
    unsafe { _mm512_maskz_loadu_epi8(inside, from.cast()) }
}
