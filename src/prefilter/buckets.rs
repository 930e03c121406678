//! From windows of the text to the literals that have them: a hash table that is asked for many windows at once.
//!
//! The tables of a long list are larger than the inner caches, and a lookup that waits for memory takes as long as the
//! scan of half a kilobyte. So nothing here is done for one window after the other: each step is taken for all windows of a
//! batch before the next is for any, and the processor waits for many lookups at a time. The first step has no branch: the
//! directory, which says where a bucket begins, also says in the same word what is not in it (a small Bloom filter for each
//! bucket; Bloom, "Space/Time Trade-offs in Hash Coding with Allowable Errors", 1970).

use super::fold::folded_8;
use super::literals::LiteralId;
use super::windows::MULTIPLIER;
use crate::huge;
use crate::prefetch::prefetch;

/// In the place of `rarest_at`: the literal is too short for checks.
const UNCHECKED: i8 = i8::MIN;

/// A literal as seen through one of its windows. What fails its checks costs no look at the literal, which is somewhere else
/// in memory.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Entry {
    /// A hash of the literal's rarest eight bytes.
    rarest: u16,
    /// A hash of its first and its last eight bytes.
    ends: u16,
    /// Some more bits of the key.
    tag: u8,
    /// Where the window begins in the literal.
    at: u8,
    /// Where the rarest bytes begin, from the window's begin.
    rarest_at: i8,
    /// Where the last eight bytes begin in the literal.
    last: u8,
    literal: LiteralId,
}

impl Entry {
    /// Of the window of `literal` at `at`, which has the key `key`. `rarest`: where its rarest bytes are; the check is there, or
    /// where it overlaps the window least.
    pub(super) fn new(id: LiteralId, literal: &[u8], at: usize, rarest: usize, key: u64) -> Self {
        let (tag, window) = (tag(key), at as u8);
        let Some(last) = literal.len().checked_sub(8) else {
            let rarest_at = UNCHECKED;
            return Self { rarest_at, tag, at: window, literal: id, ..Self::default() };
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

    /// Whether the text around the window at `at` agrees with the checks.
    #[inline]
    fn agrees(self, text: &[u8], at: usize) -> bool {
        if self.rarest_at == UNCHECKED {
            return true;
        }
        // what would be before the text is far after it, where there is nothing either
        let rarest = at.wrapping_add_signed(isize::from(self.rarest_at));
        let begin = at.wrapping_sub(self.at.into());
        hash_of(folded_8(text, rarest)) == self.rarest
            && hash_of_ends(text, begin, self.last.into()) == self.ends
    }
}

/// A key that is in the table, as far as the directory tells.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Key {
    hash: u64,
    /// Where its window begins in the text.
    at: u32,
    /// Where its bucket's entries begin.
    begin: u32,
}

/// A literal that may be in the text, and where it would begin, which may be outside of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    pub(super) literal: LiteralId,
    pub(super) begin: usize,
}

/// Entries by the keys of their windows.
#[derive(Debug)]
pub(super) struct Buckets {
    /// Of each bucket where its entries begin, and above that a bit for each `mark` that they have. One more than
    /// there are buckets.
    directory: Box<[u64]>,
    shift: u32,
    entries: Box<[Entry]>,
}

impl Buckets {
    pub(super) fn new(keyed: &[(u64, Entry)]) -> Self {
        // two to four buckets for an entry: what is found in one costs more than the room
        let bits = (keyed.len().max(8).next_power_of_two().ilog2() + 1).min(24);
        let shift = 64 - bits;
        let mut directory = huge::with_capacity::<u64>((1 << bits) + 1);
        directory.resize((1 << bits) + 1, 0);
        for &(key, _) in keyed {
            directory[(key >> shift) as usize + 1] += 1;
        }
        for at in 1..directory.len() {
            directory[at] += directory[at - 1];
        }
        let mut next: Vec<u32> = directory.iter().map(|&begin| begin as u32).collect();
        let mut entries = huge::with_capacity(keyed.len());
        entries.resize(keyed.len(), Entry::default());
        for &(key, entry) in keyed {
            let bucket = (key >> shift) as usize;
            directory[bucket] |= 1 << (32 + mark(key));
            let next = &mut next[bucket];
            entries[*next as usize] = entry;
            *next += 1;
        }
        Self { directory: directory.into(), shift, entries: entries.into() }
    }

    /// A key will be asked for soon.
    #[inline]
    pub(super) fn expect(&self, key: u64) {
        prefetch(&self.directory, (key >> self.shift) as usize);
    }

    /// Adds to the first `count` of `keys` those of a window's that may be in the table; there must be room for one more than
    /// all of them. The window is at `at`. Says how many there are then.
    #[inline]
    pub(super) fn filter<const N: usize>(
        &self,
        of_window: [u64; N],
        at: u32,
        keys: &mut [Key],
        mut count: usize,
    ) -> usize {
        for hash in of_window {
            let bucket = self.directory[(hash >> self.shift) as usize];
            keys[count] = Key { hash, at, begin: bucket as u32 };
            count += (bucket >> (32 + mark(hash)) & 1) as usize;
        }
        count
    }

    /// Adds to `hits` the literals that may be in the text where one of the keys is.
    #[inline]
    pub(super) fn look_up(&self, text: &[u8], keys: &[Key], hits: &mut Vec<Hit>) {
        for key in keys {
            prefetch(&self.entries, key.begin as usize);
        }
        for key in keys {
            let next = self.directory[(key.hash >> self.shift) as usize + 1];
            let (begin, end) = (key.begin as usize, next as u32 as usize);
            for entry in &self.entries[begin..end] {
                if entry.tag == tag(key.hash) && entry.agrees(text, key.at as usize) {
                    let begin = (key.at as usize).wrapping_sub(entry.at.into());
                    hits.push(Hit { literal: entry.literal, begin });
                }
            }
        }
    }

    /// Bytes of memory.
    pub(super) fn memory(&self) -> usize {
        size_of_val(&*self.directory) + size_of_val(&*self.entries)
    }
}

/// Which of the 32 bits beside its bucket's begin a key sets.
#[inline]
fn mark(key: u64) -> u32 {
    (key >> 24) as u32 % 32
}

/// The bits of a key that say most after those that choose the bucket.
#[inline]
fn tag(key: u64) -> u8 {
    (key >> 32) as u8
}

#[inline]
fn hash_of(eight: u64) -> u16 {
    (eight.wrapping_mul(MULTIPLIER) >> 48) as u16
}

/// A hash of the eight folded bytes at `begin`, and of those that begin `last` bytes later.
#[inline]
fn hash_of_ends(text: &[u8], begin: usize, last: usize) -> u16 {
    let first = folded_8(text, begin).wrapping_mul(MULTIPLIER).rotate_left(32);
    hash_of(first ^ folded_8(text, begin.wrapping_add(last)))
}
