//! Where in a text a byte is for the n-th time, before or after a place: in a block of the text at
//! a time, because the n-th is mostly near, and to look for one after the other takes as long for
//! each.

const BLOCK: usize = u64::BITS as usize;

/// The offset of the `n`-th `byte` of those from `from` to before `end`, counted backwards from 0.
pub(crate) fn nth_back(text: &[u8], from: usize, end: usize, byte: u8, n: u32) -> Option<usize> {
    let (mut left, mut end) = (n, end.min(text.len()));
    while from < end {
        let start = end.saturating_sub(BLOCK).min(text.len().saturating_sub(BLOCK));
        let mut found = equal(&text[start..], byte) & low_bits(end - start);
        found &= !low_bits(from.saturating_sub(start));
        let count = found.count_ones();
        if count > left {
            for _ in 0..left {
                found ^= 1 << found.ilog2();
            }
            return Some(start + found.ilog2() as usize);
        }
        left -= count;
        end = start;
    }
    None
}

/// The offset of the `n`-th `byte` of those from `from` to before `end`, counted from 0.
pub(crate) fn nth(text: &[u8], from: usize, end: usize, byte: u8, n: u32) -> Option<usize> {
    let (mut left, mut from) = (n, from);
    let end = end.min(text.len());
    while from < end {
        let start = from.min(text.len().saturating_sub(BLOCK));
        let mut found = equal(&text[start..], byte) & !low_bits(from - start);
        found &= low_bits(end - start);
        let count = found.count_ones();
        if count > left {
            for _ in 0..left {
                found &= found - 1;
            }
            return Some(start + found.trailing_zeros() as usize);
        }
        left -= count;
        from = start + BLOCK;
    }
    None
}

/// As many bits as `count` says, or all.
#[inline]
fn low_bits(count: usize) -> u64 {
    if count < BLOCK { !(u64::MAX << count) } else { u64::MAX }
}

/// A bit for each of the first bytes of a text that is this one.
#[inline]
fn equal(text: &[u8], byte: u8) -> u64 {
    match text.first_chunk() {
        Some(block) => equal_in(block, byte),
        None => equal_in_short(text, byte),
    }
}

#[cfg(target_arch = "x86_64")]
#[inline]
fn equal_in(block: &[u8; BLOCK], byte: u8) -> u64 {
    use std::arch::x86_64::{_mm_cmpeq_epi8, _mm_loadu_si128, _mm_movemask_epi8, _mm_set1_epi8};
    let sixteens = block.as_chunks::<16>().0;
    // SAFETY: every x86-64 has SSE2. Each load is of sixteen bytes, and needs no alignment.
    let found = |sixteen: &[u8; 16]| unsafe {
        let found = _mm_loadu_si128(sixteen.as_ptr().cast());
        _mm_movemask_epi8(_mm_cmpeq_epi8(found, _mm_set1_epi8(byte.cast_signed())))
    };
    let bits = |(at, sixteen)| u64::from(found(sixteen).cast_unsigned()) << (16 * at);
    sixteens.iter().enumerate().map(bits).fold(0, |all, bits| all | bits)
}

#[cfg(not(target_arch = "x86_64"))]
#[inline]
fn equal_in(block: &[u8; BLOCK], byte: u8) -> u64 {
    let is_there = block.map(|found| u8::from(found == byte));
    let mut all = 0;
    for (at, eight) in is_there.as_chunks::<8>().0.iter().enumerate() {
        // moves the eight bits side by side, into the top byte
        let bits = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        all |= bits << (8 * at);
    }
    all
}

#[cold]
fn equal_in_short(text: &[u8], byte: u8) -> u64 {
    text.iter().rev().fold(0, |bits, &found| bits << 1 | u64::from(found == byte))
}

#[cfg(test)]
mod tests {
    use super::{nth, nth_back};

    #[test]
    fn each_byte_is_found_from_each_place() {
        let text: Vec<u8> = (0..300_u32).map(|at| b"a'b"[(at * at % 7 % 3) as usize]).collect();
        for length in [0, 1, 20, 63, 64, 65, 130, 300] {
            let text = &text[..length];
            for from in (0..=length).step_by(7) {
                for end in (from..length + 3).step_by(5) {
                    let within = from..end.min(length);
                    let places: Vec<usize> = within.filter(|&at| text[at] == b'\'').collect();
                    for n in [0, 1, 2, 5, 40] {
                        let expected = places.get(n).copied();
                        assert_eq!(nth(text, from, end, b'\'', n as u32), expected);
                        let expected = places.iter().rev().nth(n).copied();
                        assert_eq!(nth_back(text, from, end, b'\'', n as u32), expected);
                    }
                }
            }
        }
    }
}
