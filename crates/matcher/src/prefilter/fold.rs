//! Folding: makes bytes of a text and of a literal comparable without regard to case.
//!
//! A folded byte has bit 5 set. That makes `A` and `a` one byte. It also unites a few other pairs
//! (`[` and `{`, `_` and DEL, a line feed and `*`), which the engine behind the prefilter tells
//! apart. In UTF-8 it does more than ASCII: the continuation bytes of `É` and `é`, of `Ж` and `ж`
//! (most of Latin-1, half of Cyrillic and of Greek) differ in just that bit. The other half is
//! [united](super::united) before, where that pays.

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

/// [`folded_8`] past the last place that has eight bytes: of a short text, many are.
fn folded_at_end(text: &[u8], at: usize) -> u64 {
    let Some(last) = text.last_chunk() else { return folded_in_eight(text, at) };
    let missing = at - (text.len() - last.len());
    let shift = 8 * missing.min(last.len()) as u32;
    (u64::from_le_bytes(*last) | FOLD_8).checked_shr(shift).unwrap_or(0)
}

/// [`folded_8`] of a text of less than eight bytes.
#[cold]
fn folded_in_eight(text: &[u8], at: usize) -> u64 {
    let rest = text.get(at..).unwrap_or_default();
    rest.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(fold(byte)))
}

/// Sixteen folded bytes as four 4-grams, as with [`folded_8`].
#[inline]
pub(crate) fn folded_16(text: &[u8], at: usize) -> [u32; 4] {
    let (low, high) = match text.get(at..).and_then(<[u8]>::first_chunk) {
        Some(bytes) => {
            let both = u128::from_le_bytes(*bytes);
            (both as u64 | FOLD_8, (both >> 64) as u64 | FOLD_8)
        }
        None => (folded_8(text, at), folded_8(text, at + 8)),
    };
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

/// Where `text` first has the folded `literal`, which is not empty. Slow beside a scan.
pub(crate) fn find_folded(text: &[u8], literal: &[u8]) -> Option<usize> {
    let first = *literal.first()?;
    // a folded byte is of two bytes, with bit 5 or without
    memchr::memchr2_iter(first, first & !0x20, text).find(|&at| has_folded(text, at, literal))
}

#[cfg(test)]
mod tests {
    use super::{fold, folded_8, folded_16, has_folded, has_folded_head};

    /// Short texts, in buffers of their own: Miri sees a read outside of one.
    fn texts() -> impl Iterator<Item = Vec<u8>> {
        [0, 1, 7, 8, 9, 17, 20_u8]
            .into_iter()
            .map(|length| (0..length).map(|at| b'A' + at % 26).collect())
    }

    #[test]
    fn bytes_outside_of_the_text_are_0() {
        for text in texts() {
            let byte = |at: usize| text.get(at).map_or(0, |&byte| fold(byte));
            for at in (0..text.len() + 20).chain([usize::MAX - 16]) {
                let expected: Vec<u8> = (at..at + 16).map(byte).collect();
                assert_eq!(folded_8(&text, at).to_le_bytes(), expected[..8]);
                assert_eq!(folded_16(&text, at).map(u32::to_le_bytes).as_flattened(), expected);
            }
            assert_eq!(folded_8(&text, usize::MAX), 0);
        }
    }

    #[test]
    fn a_literal_is_compared_as_a_whole_and_within_the_text() {
        for text in texts() {
            for (start, length) in
                (0..text.len()).flat_map(|start| (1..20).map(move |n| (start, n)))
            {
                let part = text[start..].iter().take(length).map(|&byte| fold(byte));
                let mut literal: Vec<u8> = part.collect();
                let mut head = [0; 16];
                let in_head = literal.len().min(head.len());
                head[..in_head].copy_from_slice(&literal[..in_head]);
                assert!(has_folded(&text, start, &literal));
                assert!(has_folded_head(&text, start, &head, literal.len()));
                head[in_head - 1] ^= 1;
                assert!(!has_folded_head(&text, start, &head, literal.len()));
                // a byte of the literal after the end of the text
                literal.resize(text.len() - start + 1, b'z');
                assert!(!has_folded(&text, start, &literal));
            }
        }
    }
}
