//! A bucket of the hash table: a cache line of entries.

use crate::prefilter::index::entry::{Entry, NO_LITERAL, NO_TAG};
use crate::prefilter::select::uses::LiteralId;

/// Entries in a bucket.
pub(crate) const CAPACITY: usize = 5;

/// Entries, field by field, so that all tags are compared at once.
///
/// A bucket that more entries belong to has overflowed. Its last place then holds no entry, and
/// `literals[CAPACITY - 1]` is the index of where they start in the overflow list.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
pub(crate) struct Bucket {
    /// For the entries in the overflow list, one bit per tag modulo 32. 0: there are none.
    overflow_tags: u32,
    literals: [LiteralId; CAPACITY],
    rarest: [u16; CAPACITY],
    ends: [u16; CAPACITY],
    tags: [u8; CAPACITY],
    ats: [u8; CAPACITY],
    rarest_ats: [i8; CAPACITY],
    lasts: [i8; CAPACITY],
}

const _: () = assert!(size_of::<Bucket>() == 64);

/// The highest bit of the last entry's byte.
const LAST: u64 = 0x80 << (8 * (CAPACITY - 1));

impl Bucket {
    pub(crate) const EMPTY: Self = Self {
        overflow_tags: 0,
        literals: [NO_LITERAL; CAPACITY],
        rarest: [0; CAPACITY],
        ends: [0; CAPACITY],
        tags: [NO_TAG; CAPACITY],
        ats: [0; CAPACITY],
        rarest_ats: [0; CAPACITY],
        lasts: [0; CAPACITY],
    };

    /// Puts the entry in a free place. Returns whether there was one.
    #[must_use]
    pub(crate) fn insert(&mut self, entry: Entry) -> bool {
        // places are taken in order, but for one that was given to the overflow list
        let place: usize = self.tags.iter().map(|&tag| usize::from(tag != NO_TAG)).sum();
        if place == CAPACITY - usize::from(self.has_overflowed()) {
            return false;
        }
        self.literals[place] = entry.literal;
        self.rarest[place] = entry.rarest;
        self.ends[place] = entry.ends;
        self.tags[place] = entry.tag;
        self.ats[place] = entry.at;
        self.rarest_ats[place] = entry.rarest_at;
        self.lasts[place] = entry.last;
        true
    }

    #[inline]
    fn get(&self, place: usize) -> Entry {
        Entry {
            rarest: self.rarest[place],
            ends: self.ends[place],
            tag: self.tags[place],
            at: self.ats[place],
            rarest_at: self.rarest_ats[place],
            last: self.lasts[place],
            literal: self.literals[place],
        }
    }

    /// Whether more entries belong to it than it has places.
    pub(crate) fn has_overflowed(&self) -> bool {
        self.overflow_tags != 0
    }

    /// Gives the entry in the last place to the overflow list.
    pub(crate) fn give_last(&mut self) -> Entry {
        let last = self.get(CAPACITY - 1);
        self.set_overflow(0, [last]);
        last
    }

    /// Notes that `entries` are in the overflow list from `first` on.
    pub(crate) fn set_overflow(&mut self, first: u32, entries: impl IntoIterator<Item = Entry>) {
        let tags = entries.into_iter().map(|entry| 1 << (entry.tag % 32));
        self.overflow_tags = tags.fold(0, |all, tag| all | tag);
        (self.literals[CAPACITY - 1], self.tags[CAPACITY - 1]) = (first, NO_TAG);
    }

    /// Where its entries start in the overflow list; meaningless if the bucket has not overflowed.
    #[inline]
    pub(crate) fn overflow(&self) -> u32 {
        self.literals[CAPACITY - 1]
    }

    /// Whether entries in the overflow list may have this tag: 1, or 0.
    #[inline]
    pub(crate) fn overflow_may_have(&self, tag: u8) -> u64 {
        u64::from(self.overflow_tags >> (tag % 32) & 1)
    }

    /// The entries that may have this tag, as the highest bit of a byte each. Entries after one
    /// that has the tag may be set without having it.
    ///
    /// A byte is zero if subtracting one borrows: Mycroft, 1987, in Warren, "Hacker's Delight",
    /// section 6-1.
    #[inline]
    pub(crate) fn tagged(&self, tag: u8) -> u64 {
        const ONES: u64 = 0x01_0101_0101;
        let mut tags = [0; 8];
        tags[..CAPACITY].copy_from_slice(&self.tags);
        let differing = u64::from_le_bytes(tags) ^ (ONES * u64::from(tag));
        differing.wrapping_sub(ONES) & !differing & (ONES << 7)
    }

    /// The first entry of [`Self::tagged`]; the last place if none is set.
    #[inline]
    pub(crate) fn first_of(&self, tagged: u64) -> Entry {
        self.get((tagged | LAST).trailing_zeros() as usize / 8)
    }
}
