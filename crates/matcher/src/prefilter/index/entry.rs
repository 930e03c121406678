//! An entry of the hash table: a literal as seen through one of its windows, with checks that need
//! no look at the literal itself, which is in another cache line.

use crate::prefilter::fold::folded_8;
use crate::prefilter::hash::MULTIPLIER_64;
use crate::prefilter::index::hits::Hit;
use crate::prefilter::select::uses::LiteralId;

/// In place of a literal: there is no entry.
pub(crate) const NO_LITERAL: LiteralId = LiteralId::MAX;

/// In place of a tag: there is no entry. No key has this tag.
pub(crate) const NO_TAG: u8 = 0;

/// In place of `rarest_at`: the literal has less than eight bytes, too few for this check.
const UNCHECKED: i8 = i8::MIN;

/// A literal by one of its windows.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Entry {
    /// A hash of the literal's rarest eight bytes.
    pub(crate) rarest: u16,
    /// A hash of its first and its last eight bytes; of all that it has, if that is less.
    pub(crate) ends: u16,
    /// The [`tag`] of the key.
    pub(crate) tag: u8,
    /// Offset of the window in the literal.
    pub(crate) at: u8,
    /// Offset of the rarest eight bytes from the window.
    pub(crate) rarest_at: i8,
    /// Offset of the last eight bytes in the literal; negative if it has less.
    pub(crate) last: i8,
    pub(crate) literal: LiteralId,
}

impl Entry {
    /// The entry for the window of `literal` at `at`, with the window's `key`. `rarest`: offset of
    /// the rarest eight bytes. Where these overlap the window, which the key has compared already,
    /// the literal's first or last eight bytes are checked instead.
    pub(crate) fn new(id: LiteralId, literal: &[u8], at: usize, rarest: usize, key: u64) -> Self {
        let tag = tag(key);
        let last = (literal.len() as u8).wrapping_sub(8).cast_signed();
        let ends = hash_of_ends(literal, 0, last);
        let checked =
            Self { rarest: 0, ends, tag, at: at as u8, rarest_at: UNCHECKED, last, literal: id };
        let Ok(last) = usize::try_from(last) else { return checked };
        let rarest = match rarest.min(last) {
            apart if apart.abs_diff(at) >= 8 => apart,
            _ if at > last - at.min(last) => 0,
            _ => last,
        };
        Self {
            rarest: hash_of(folded_8(literal, rarest)),
            rarest_at: rarest.wrapping_sub(at) as i8,
            ..checked
        }
    }

    /// The first check: whether the text around the window at `at` has the rarest bytes. Without a
    /// branch, which would be mispredicted.
    #[inline]
    #[expect(clippy::needless_bitwise_bool, reason = "`||` would be a branch")]
    pub(crate) fn rarest_agrees(self, text: &[u8], at: usize) -> bool {
        // a place before the text wraps around to one far after it, where there is no text either
        let rarest = at.wrapping_add_signed(isize::from(self.rarest_at));
        (hash_of(folded_8(text, rarest)) == self.rarest) | (self.rarest_at == UNCHECKED)
    }

    /// The second check: whether the text around the window at `at` has the first and the last
    /// bytes. Without a branch, too.
    #[inline]
    fn ends_agree(self, text: &[u8], at: usize) -> bool {
        self.ends_in(text, at) == self.ends
    }

    /// What [`Self::ends`] would be if the literal were in the text, with its window at `at`. The
    /// same for all entries in this [place](Self::place).
    #[inline]
    pub(crate) fn ends_in(self, text: &[u8], at: usize) -> u16 {
        let start = at.wrapping_sub(self.at.into());
        hash_of_ends(text, start, self.last)
    }

    /// Where the ends are, seen from the window.
    pub(crate) fn place(self) -> (u8, i8) {
        (self.at, self.last)
    }

    /// Both checks.
    #[inline]
    pub(crate) fn agrees(self, text: &[u8], at: usize) -> bool {
        self.rarest_agrees(text, at) & self.ends_agree(text, at)
    }

    /// The literal, or the first of all literals in its place: an index either way.
    #[inline]
    pub(crate) fn literal_if(self, condition: bool) -> LiteralId {
        if condition { self.literal } else { 0 }
    }

    /// The literal, given that its window is at `at`.
    #[inline]
    pub(crate) fn hit(self, at: usize) -> Hit {
        Hit { literal: self.literal, start: at.wrapping_sub(self.at.into()) }
    }
}

/// The bits of a key that tell most about it besides those that select its bucket.
#[inline]
pub(crate) fn tag(key: u64) -> u8 {
    ((key >> 32) as u8).max(NO_TAG + 1)
}

#[inline]
fn hash_of(eight: u64) -> u16 {
    (eight.wrapping_mul(MULTIPLIER_64) >> 48) as u16
}

/// A hash of the eight folded bytes at `start`, and of the eight that start `last` bytes later. If
/// that is negative, of so many bytes less than eight at `start`. Without a branch.
#[inline]
fn hash_of_ends(text: &[u8], start: usize, last: i8) -> u16 {
    let missing = u32::from(last.min(0).unsigned_abs());
    let eight = |at: usize| folded_8(text, at) << (8 * missing);
    let first = eight(start).wrapping_mul(MULTIPLIER_64).rotate_left(32);
    hash_of(first ^ eight(start.wrapping_add(usize::from(last.max(0).unsigned_abs()))))
}

#[cfg(test)]
mod tests {
    use super::{Entry, tag};

    #[test]
    fn a_literal_agrees_only_where_a_text_has_its_ends() {
        for length in [3, 5, 7, 8, 9, 20, 128] {
            let literal: Vec<u8> = (0..length).map(|at| b'a' + at % 26).collect();
            for at in 0..literal.len().min(4) {
                let entry = Entry::new(0, &literal, at, 0, u64::from(tag(1)));
                for text in [[b"..", &literal[..], b"..."].concat(), literal.clone()] {
                    let start = (text.len() - literal.len()).min(2);
                    assert!(entry.agrees(&text, start + at), "{length} bytes, window at {at}");
                    for wrong in [start, start + literal.len() - 1] {
                        let mut text = text.clone();
                        text[wrong] ^= 1;
                        assert!(!entry.agrees(&text, start + at), "{length} bytes, {wrong}");
                    }
                }
            }
        }
    }
}
