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

/// In place of `rarest_at`: the literal has less than eight bytes, too few for the checks.
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
    /// Offset of the last eight bytes in the literal; its length, if that is less.
    pub(crate) last: u8,
    pub(crate) literal: LiteralId,
}

impl Entry {
    /// The entry for the window of `literal` at `at`, with the window's `key`. `rarest`: offset of
    /// the rarest eight bytes. Where these overlap the window, which the key has compared already,
    /// the literal's first or last eight bytes are checked instead.
    pub(crate) fn new(id: LiteralId, literal: &[u8], at: usize, rarest: usize, key: u64) -> Self {
        let (tag, window) = (tag(key), at as u8);
        let Some(last) = literal.len().checked_sub(8) else {
            let (rarest_at, last) = (UNCHECKED, literal.len() as u8);
            let ends = hash_of_short(literal, 0, last);
            return Self { rarest: 0, ends, tag, at: window, rarest_at, last, literal: id };
        };
        let rarest = match rarest.min(last) {
            apart if apart.abs_diff(at) >= 8 => apart,
            _ if at > last - at.min(last) => 0,
            _ => last,
        };
        Self {
            rarest: hash_of(folded_8(literal, rarest)),
            ends: hash_of_ends(literal, 0, last),
            tag,
            at: window,
            rarest_at: rarest.wrapping_sub(at) as i8,
            last: last as u8,
            literal: id,
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
    #[expect(clippy::needless_bitwise_bool, reason = "`||` would be a branch")]
    fn ends_agree(self, text: &[u8], at: usize) -> bool {
        let start = at.wrapping_sub(self.at.into());
        (hash_of_ends(text, start, self.last.into()) == self.ends) | (self.rarest_at == UNCHECKED)
    }

    /// What [`Self::ends`] would be if the literal were in the text, with its window at `at`. The
    /// same for all entries in this [place](Self::place).
    pub(crate) fn ends_in(self, text: &[u8], at: usize) -> u16 {
        let start = at.wrapping_sub(self.at.into());
        if self.rarest_at == UNCHECKED {
            hash_of_short(text, start, self.last)
        } else {
            hash_of_ends(text, start, self.last.into())
        }
    }

    /// Where the ends are, seen from the window.
    pub(crate) fn place(self) -> (bool, u8, u8) {
        (self.rarest_at == UNCHECKED, self.at, self.last)
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

/// A hash of the `length` folded bytes at `start`, less than eight.
fn hash_of_short(text: &[u8], start: usize, length: u8) -> u16 {
    hash_of(folded_8(text, start) & ((1 << (8 * u32::from(length))) - 1))
}

/// A hash of the eight folded bytes at `start`, and of the eight that start `last` bytes later.
#[inline]
fn hash_of_ends(text: &[u8], start: usize, last: usize) -> u16 {
    let first = folded_8(text, start).wrapping_mul(MULTIPLIER_64).rotate_left(32);
    hash_of(first ^ folded_8(text, start.wrapping_add(last)))
}
