//! Where short runs of bytes end, eight bytes at a time: for these, a vectorised search takes
//! longer to begin than to search.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHEST_BITS: u64 = ONES << 7;

/// The highest bit of each byte that is `byte`, and perhaps of others after the first of these.
///
/// A byte is zero if subtracting one borrows: Mycroft, 1987, in Warren, "Hacker's Delight",
/// section 6-1.
fn equal(eight: u64, byte: u8) -> u64 {
    let differing = eight ^ (ONES * u64::from(byte));
    differing.wrapping_sub(ONES) & !differing & HIGHEST_BITS
}

/// How many bytes come before the first one whose highest bit is set.
fn before(highest_bits: u64) -> usize {
    highest_bits.trailing_zeros() as usize / 8
}

/// How many bytes come before the first one that is a backslash or not ASCII.
pub(super) fn plain_length(bytes: &[u8]) -> usize {
    let (eights, rest) = bytes.as_chunks::<8>();
    for (at, &eight) in (0..).step_by(8).zip(eights) {
        let eight = u64::from_le_bytes(eight);
        let found = eight & HIGHEST_BITS | equal(eight, b'\\');
        if found != 0 {
            return at + before(found);
        }
    }
    let in_rest = rest.iter().take_while(|&&byte| byte.is_ascii() && byte != b'\\').count();
    bytes.len() - rest.len() + in_rest
}

/// Where the first backslash is.
pub(super) fn find_backslash(bytes: &[u8]) -> Option<usize> {
    let (eights, rest) = bytes.as_chunks::<8>();
    for (at, &eight) in (0..).step_by(8).zip(eights) {
        let found = equal(u64::from_le_bytes(eight), b'\\');
        if found != 0 {
            return Some(at + before(found));
        }
    }
    let in_rest = rest.iter().position(|&byte| byte == b'\\');
    in_rest.map(|at| bytes.len() - rest.len() + at)
}

/// Where the first quote or backslash is.
pub(super) fn quote_or_backslash(bytes: &[u8]) -> Option<usize> {
    let (first, rest) = bytes.split_at(bytes.len().min(16));
    for (at, &eight) in (0..).step_by(8).zip(first.as_chunks::<8>().0) {
        let eight = u64::from_le_bytes(eight);
        let found = equal(eight, b'"') | equal(eight, b'\\');
        if found != 0 {
            return Some(at + before(found));
        }
    }
    let searched = if rest.is_empty() { first.len() / 8 * 8 } else { first.len() };
    memchr::memchr2(b'"', b'\\', &bytes[searched..]).map(|at| searched + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_ends_where_a_search_byte_by_byte_says() {
        let mut random = 1_u32;
        let mut byte = || {
            random = random.wrapping_mul(1_103_515_245).wrapping_add(12_345);
            // some around those that are looked for
            [b'"', b'\\', b'!', b'#', b'[', b']', 0x80, 0xFF, 0, 1, b'a', b'a', b'a', b'a']
                [(random >> 16) as usize % 14]
        };
        for length in 0..60 {
            for rare in [false, true] {
                let bytes: Vec<u8> =
                    (0..length).map(|_| if rare && byte() != 0 { b'a' } else { byte() }).collect();
                let is_end = |&byte: &u8| byte == b'\\' || !byte.is_ascii();
                let plain = bytes.iter().position(is_end).unwrap_or(length);
                assert_eq!(plain_length(&bytes), plain, "{bytes:?}");
                let backslash = bytes.iter().position(|&byte| byte == b'\\');
                assert_eq!(find_backslash(&bytes), backslash, "{bytes:?}");
                let found = bytes.iter().position(|&byte| byte == b'"' || byte == b'\\');
                assert_eq!(quote_or_backslash(&bytes), found, "{bytes:?}");
            }
        }
    }
}
