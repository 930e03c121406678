//! Folding: makes bytes of a text and of a literal comparable without regard to case.
//!
//! A folded byte has bit 5 set. That makes `A` and `a` one byte. It also unites a few other pairs
//! (`[` and `{`, `_` and DEL, a line feed and `*`), which the engine behind the prefilter tells
//! apart. In UTF-8 it does more than ASCII: the continuation bytes of `É` and `é`, of `Ж` and `ж`
//! (most of Latin-1, half of Cyrillic and of Greek) differ in just that bit.

/// Folds one byte. The constants below fold several.
pub(crate) const fn fold(byte: u8) -> u8 {
    byte | 0x20
}

/// [`fold`] for the four bytes of a 4-gram.
pub(crate) const FOLD_4: u32 = 0x2020_2020;

/// [`fold`] for the eight bytes of a word.
const FOLD_8: u64 = 0x2020_2020_2020_2020;

/// Eight folded bytes in little-endian order. A byte outside of the text is 0, which no folded byte
/// is.
#[inline]
pub(crate) fn folded_8(text: &[u8], at: usize) -> u64 {
    // one comparison; slicing twice would be two
    if at < text.len().saturating_sub(size_of::<u64>() - 1) {
        // SAFETY: `at + 7 < text.len()`, so the eight bytes from `at` on are in the text. An array
        // of bytes needs no alignment.
        let bytes = unsafe { text.as_ptr().add(at).cast::<[u8; 8]>().read() };
        u64::from_le_bytes(bytes) | FOLD_8
    } else {
        folded_at_end(text, at)
    }
}

#[cold]
fn folded_at_end(text: &[u8], at: usize) -> u64 {
    let rest = text.get(at..).unwrap_or_default();
    rest.iter().take(8).rev().fold(0, |word, &byte| word << 8 | u64::from(fold(byte)))
}

/// Sixteen folded bytes as four 4-grams, as with [`folded_8`].
#[inline]
pub(crate) fn folded_16(text: &[u8], at: usize) -> [u32; 4] {
    let (low, high) = (folded_8(text, at), folded_8(text, at + 8));
    [low as u32, (low >> 32) as u32, high as u32, (high >> 32) as u32]
}

/// Whether `text` has, at `at`, the first `length` bytes of the folded `head`, or all of it if
/// `length` is greater. Without a branch.
#[inline]
pub(crate) fn has_folded_head<const N: usize>(
    text: &[u8],
    at: usize,
    head: &[u8; N],
    length: usize,
) -> bool {
    const { assert!(N.is_multiple_of(8), "it is whole words") };
    let mut differing = 0;
    for (word, head) in head.as_chunks::<8>().0.iter().enumerate() {
        // bytes outside of the text are 0, and differ
        let found = folded_8(text, at.wrapping_add(8 * word));
        let compared = length.saturating_sub(8 * word).min(8) as u32;
        let mask = u64::MAX.checked_shr(64 - 8 * compared).unwrap_or(0);
        differing |= (u64::from_le_bytes(*head) ^ found) & mask;
    }
    differing == 0
}

/// Whether `text` has the folded `literal` at `at`.
#[inline]
pub(crate) fn has_folded(text: &[u8], at: usize, literal: &[u8]) -> bool {
    let Some(found) = text.get(at..).and_then(|rest| rest.get(..literal.len())) else {
        return false;
    };
    let (words, rest) = literal.as_chunks::<8>();
    let (found_words, found_rest) = found.as_chunks::<8>();
    let same = |(word, found): (&[u8; 8], &[u8; 8])| {
        u64::from_le_bytes(*word) == u64::from_le_bytes(*found) | FOLD_8
    };
    words.iter().zip(found_words).all(same)
        && rest.iter().zip(found_rest).all(|(&byte, &found)| byte == fold(found))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_at_every_place_and_past_the_end() {
        for length in 0..26 {
            // a slice of its own, so that Miri sees a read past its end
            let text: Box<[u8]> = (1..=length).collect();
            for at in 0..usize::from(length) + 20 {
                let byte = |at: usize| text.get(at).map_or(0, |&byte| fold(byte));
                let expected: Vec<u8> = (at..at + 16).map(byte).collect();
                assert_eq!(folded_8(&text, at).to_le_bytes(), expected[..8]);
                assert_eq!(folded_16(&text, at).map(u32::to_le_bytes).concat(), expected);
            }
            assert_eq!(folded_8(&text, usize::MAX), 0);
        }
    }

    #[test]
    fn a_literal_is_found_where_it_is() {
        let text = b"xxThe Quick BROWN FOX jumps over the lazy dog";
        let literal: Vec<u8> =
            b"the quick brown fox jumps".iter().map(|&byte| fold(byte)).collect();
        let mut head = [0; 32];
        head[..literal.len()].copy_from_slice(&literal);
        for at in (0..text.len() + 20).chain([usize::MAX - 3]) {
            assert_eq!(has_folded(text, at, &literal), at == 2, "{at}");
            for length in [1, 7, 8, 9, 25] {
                let expected = text
                    .get(at..at.saturating_add(length))
                    .is_some_and(|found| found.iter().zip(&head).all(|(&a, &b)| fold(a) == b));
                assert_eq!(has_folded_head(text, at, &head, length), expected, "{at} {length}");
            }
        }
    }
}
