//! From windows of the text to the literals that have them: a hash table that is asked for many windows at once.
//!
//! The tables of a long list are larger than the inner caches, and a lookup that waits for memory takes as long as the
//! scan of half a kilobyte. So nothing here is done for one window after the other: each step is taken for all windows of a
//! batch before the next is for any, and the processor waits for many lookups at a time. And a lookup is one wait: a bucket with
//! all that is asked of its entries is one cache line.

use crate::mem::HugeSlice;
use crate::mem::prefetch;
use crate::prefilter::fold::folded_8;
use crate::prefilter::hash::MULTIPLIER_64;
use crate::prefilter::index::literals::LiteralId;

/// In the place of `rarest_at`: the literal is too short for checks.
const UNCHECKED: i8 = i8::MIN;

/// A literal as seen through one of its windows. What fails its checks costs no look at the literal, which is somewhere else
/// in memory.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Entry {
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
    pub(crate) fn new(id: LiteralId, literal: &[u8], at: usize, rarest: usize, key: u64) -> Self {
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

    /// Whether the text around the window at `at` agrees with the first check. Without a branch, for the answer cannot be foretold.
    #[inline]
    #[expect(clippy::needless_bitwise_bool, reason = "see above")]
    fn rarest_agrees(self, text: &[u8], at: usize) -> bool {
        // what would be before the text is far after it, where there is nothing either
        let rarest = at.wrapping_add_signed(isize::from(self.rarest_at));
        (hash_of(folded_8(text, rarest)) == self.rarest) | (self.rarest_at == UNCHECKED)
    }

    /// Whether the text around the window at `at` agrees with the other check. Without a branch, too.
    #[inline]
    #[expect(clippy::needless_bitwise_bool, reason = "see above")]
    fn ends_agree(self, text: &[u8], at: usize) -> bool {
        let begin = at.wrapping_sub(self.at.into());
        (hash_of_ends(text, begin, self.last.into()) == self.ends) | (self.rarest_at == UNCHECKED)
    }

    #[inline]
    fn agrees(self, text: &[u8], at: usize) -> bool {
        self.rarest_agrees(text, at) & self.ends_agree(text, at)
    }

    /// The literal, or in its place the first of all.
    #[inline]
    fn literal_if(self, whether: bool) -> LiteralId {
        if whether { self.literal } else { 0 }
    }

    /// The literal, whose window is at `at`.
    #[inline]
    fn hit(self, at: usize) -> Hit {
        Hit { literal: self.literal, begin: at.wrapping_sub(self.at.into()) }
    }
}

/// A key that may be in the table.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Key {
    pub(crate) hash: u64,
    /// Where its window begins in the text.
    pub(crate) at: u32,
    /// Known once it is [expected](Buckets::expect).
    pub(crate) bucket: u32,
}

/// A literal that may be in the text, and where it would begin, which may be outside of it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Hit {
    pub(crate) literal: LiteralId,
    pub(crate) begin: usize,
}

/// Literals that may be in the text.
#[derive(Debug, Default)]
pub(crate) struct Hits {
    all: Vec<Hit>,
    /// So many of them are hits; what is behind those means nothing.
    count: usize,
}

impl Hits {
    pub(crate) fn clear(&mut self) {
        self.count = 0;
    }

    /// Adds a hit, if it is one. Without a branch, for whether it is cannot be foretold: what is none is overwritten by the next.
    /// There is [room](Self::room) for it.
    #[inline]
    fn offer(&mut self, hit: Hit, whether: bool) {
        self.all[self.count] = hit;
        self.count += usize::from(whether);
    }

    /// Makes room for so many more.
    #[inline]
    fn room(&mut self, more: usize) {
        if self.all.len() - self.count < more {
            self.grow(more);
        }
    }

    #[cold]
    fn grow(&mut self, more: usize) {
        self.all.resize(2 * self.all.len() + more, Hit::default());
    }

    pub(crate) fn all(&self) -> &[Hit] {
        &self.all[..self.count]
    }
}

/// Entries that fit into a bucket.
const ROOM: usize = 5;

/// Buckets for so many entries as fit into one: one in 24 has more than fit, then.
const BUCKETS_FOR_ROOM: usize = 2;

/// The same for the entries of long lists: one in 120. There a look at what does not fit is another wait for memory.
const BUCKETS_FOR_ROOM_OF_MANY: usize = 3;

/// Entries from which on they are many: their buckets are in no inner cache in any case.
const MANY: usize = 100_000;

/// A cache line of entries. Where there are more than fit, the last place is not an entry's: its literal says where those begin
/// for which there is no room.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
struct Bucket {
    /// Which tags those have for which there is no room, a bit for each by its lower bits. 0: there are none.
    more: u32,
    literals: [LiteralId; ROOM],
    rarest: [u16; ROOM],
    ends: [u16; ROOM],
    tags: [u8; ROOM],
    ats: [u8; ROOM],
    rarest_ats: [i8; ROOM],
    lasts: [u8; ROOM],
}

const _: () = assert!(size_of::<Bucket>() == 64);

impl Bucket {
    const EMPTY: Self = Self {
        more: 0,
        literals: [NONE; ROOM],
        rarest: [0; ROOM],
        ends: [0; ROOM],
        tags: [NO_TAG; ROOM],
        ats: [0; ROOM],
        rarest_ats: [0; ROOM],
        lasts: [0; ROOM],
    };

    fn set(&mut self, place: usize, entry: Entry) {
        self.literals[place] = entry.literal;
        self.rarest[place] = entry.rarest;
        self.ends[place] = entry.ends;
        self.tags[place] = entry.tag;
        self.ats[place] = entry.at;
        self.rarest_ats[place] = entry.rarest_at;
        self.lasts[place] = entry.last;
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

    /// The first of entries by the highest bits of their bytes; the last place if there is none.
    #[inline]
    fn first_of(&self, tagged: u64) -> Entry {
        self.get((tagged | LAST).trailing_zeros() as usize / 8)
    }

    /// Which entries may have this tag: the highest bit of a byte each. Above one that has it, others may be said to have it, too.
    #[inline]
    fn tagged(&self, tag: u8) -> u64 {
        const ONES: u64 = 0x01_0101_0101;
        let mut tags = [0; 8];
        tags[..ROOM].copy_from_slice(&self.tags);
        let differing = u64::from_le_bytes(tags) ^ (ONES * u64::from(tag));
        // a byte that is zero is that before it borrows (Mycroft, 1987; in Warren, "Hacker's Delight")
        differing.wrapping_sub(ONES) & !differing & (ONES << 7)
    }

    /// Whether there may be some with this tag for which there is no room: 1, or 0.
    #[inline]
    fn more_tagged(&self, tag: u8) -> u64 {
        u64::from(self.more >> (tag % 32) & 1)
    }
}

/// The highest bit of the last entry's byte.
const LAST: u64 = 0x80 << (8 * (ROOM - 1));

/// In the place of a literal: there is none.
const NONE: LiteralId = LiteralId::MAX;

/// In the place of a tag: there is no entry. No key has it.
const NO_TAG: u8 = 0;

/// Entries by the keys of their windows.
#[derive(Debug)]
pub(crate) struct Buckets {
    buckets: HugeSlice<Bucket>,
    /// Entries for which there is no room in their buckets, bucket by bucket, and behind those of each one that is none.
    more: HugeSlice<Entry>,
}

impl Buckets {
    pub(crate) fn new(keyed: &[(u64, Entry)]) -> Self {
        let for_room = if keyed.len() < MANY { BUCKETS_FOR_ROOM } else { BUCKETS_FOR_ROOM_OF_MANY };
        let count = keyed.len() * for_room / ROOM + 1;
        let mut buckets = Vec::with_capacity(count);
        buckets.resize(count, Bucket::EMPTY);
        let mut overfull = Vec::new();
        for &(key, entry) in keyed {
            let bucket = bucket_of(key, count);
            match buckets[bucket].literals.iter().position(|&literal| literal == NONE) {
                Some(place) => buckets[bucket].set(place, entry),
                None => overfull.push((bucket, entry)),
            }
        }
        overfull.sort_by_key(|&(bucket, _)| bucket);
        let mut more = Vec::with_capacity(2 * overfull.len());
        for entries in overfull.chunk_by(|a, b| a.0 == b.0) {
            let bucket: &mut Bucket = &mut buckets[entries[0].0];
            let begin = more.len() as u32;
            more.push(bucket.get(ROOM - 1));
            more.extend(entries.iter().map(|&(_, entry)| entry));
            bucket.more =
                more[begin as usize..].iter().fold(0, |tags, of| tags | 1 << (of.tag % 32));
            (bucket.literals[ROOM - 1], bucket.tags[ROOM - 1]) = (begin, NO_TAG);
            more.push(Entry { literal: NONE, ..Entry::default() });
        }
        Self { buckets: buckets.into(), more: more.into() }
    }

    /// A key will be asked for soon.
    #[inline]
    pub(crate) fn expect(&self, key: &mut Key) {
        let bucket = bucket_of(key.hash, self.buckets.len());
        key.bucket = bucket as u32;
        prefetch(&self.buckets, bucket);
    }

    /// Leaves those of the expected keys whose literals may be in the text; says how many. Without a branch: which they are cannot be
    /// foretold. Of few buckets several entries are to be looked at, which is left to [`Self::look_up`].
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "it is compiled for the instructions of whoever calls it"
    )]
    pub(crate) fn filter(&self, text: &[u8], keys: &mut [Key]) -> usize {
        let mut count = 0;
        for number in 0..keys.len() {
            let key = keys[number];
            keys[count] = key;
            let (at, tag, bucket) = (key.at as usize, tag(key.hash), self.bucket(key));
            let more = bucket.more_tagged(tag);
            let tagged = bucket.tagged(tag);
            let agrees = (tagged != 0) & bucket.first_of(tagged).rarest_agrees(text, at);
            count += usize::from(agrees | (tagged & tagged.wrapping_sub(1) | more != 0));
        }
        count
    }

    /// Adds to `hits` the literals that may be in the text where one of the keys is, and tells `expect` of each at once. What is in
    /// `keys` then means nothing.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "as above")]
    pub(crate) fn look_up(
        &self,
        text: &[u8],
        keys: &mut [Key],
        hits: &mut Hits,
        expect: impl Fn(LiteralId),
    ) {
        let mut left = 0;
        hits.room(keys.len());
        for number in 0..keys.len() {
            let key = keys[number];
            let (at, tag, bucket) = (key.at as usize, tag(key.hash), self.bucket(key));
            let tagged = bucket.tagged(tag);
            let entry = bucket.first_of(tagged);
            let agrees = (tagged != 0) & entry.agrees(text, at);
            hits.offer(entry.hit(at), agrees);
            expect(entry.literal_if(agrees));
            keys[left] = key;
            let (others, more) = (tagged & tagged.wrapping_sub(1), bucket.more_tagged(tag));
            // where there are no more, the first ones, which are there already
            prefetch(&self.more, (u64::from(bucket.literals[ROOM - 1]) * more) as usize);
            left += usize::from(others | more != 0);
        }
        for &key in &keys[..left] {
            self.look_further(text, key, hits, &expect);
        }
    }

    /// [`Self::look_up`] in the second and further entries, of which there mostly is one.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "as above")]
    #[expect(clippy::needless_bitwise_bool, reason = "it cannot be foretold")]
    fn look_further(&self, text: &[u8], key: Key, hits: &mut Hits, expect: &impl Fn(LiteralId)) {
        let (at, tag, bucket) = (key.at as usize, tag(key.hash), self.bucket(key));
        let mut see = |entry: Entry, whether: bool| {
            let agrees = entry.agrees(text, at) & (entry.tag == tag) & whether;
            hits.room(1);
            hits.offer(entry.hit(at), agrees);
            expect(entry.literal_if(agrees));
        };
        let tagged = bucket.tagged(tag);
        let mut others = tagged & tagged.wrapping_sub(1);
        see(bucket.first_of(others), others != 0);
        loop {
            others &= others.wrapping_sub(1);
            if others == 0 {
                break;
            }
            see(bucket.first_of(others), true);
        }
        if bucket.more_tagged(tag) != 0 {
            let begin = bucket.literals[ROOM - 1] as usize;
            let more = self.more[begin..].iter().take_while(|entry| entry.literal != NONE);
            more.for_each(|&entry| see(entry, true));
        }
    }

    #[inline]
    fn bucket(&self, key: Key) -> &Bucket {
        &self.buckets[key.bucket as usize]
    }

    /// Bytes of memory.
    pub(crate) fn memory(&self) -> usize {
        size_of_val(&*self.buckets) + size_of_val(&*self.more)
    }
}

/// The bucket of a key, of so many.
#[inline]
fn bucket_of(key: u64, buckets: usize) -> usize {
    (((key >> 32) * buckets as u64) >> 32) as usize
}

/// The bits of a key that say most after those that choose the bucket.
#[inline]
fn tag(key: u64) -> u8 {
    ((key >> 32) as u8).max(NO_TAG + 1)
}

#[inline]
fn hash_of(eight: u64) -> u16 {
    (eight.wrapping_mul(MULTIPLIER_64) >> 48) as u16
}

/// A hash of the eight folded bytes at `begin`, and of those that begin `last` bytes later.
#[inline]
fn hash_of_ends(text: &[u8], begin: usize, last: usize) -> u16 {
    let first = folded_8(text, begin).wrapping_mul(MULTIPLIER_64).rotate_left(32);
    hash_of(first ^ folded_8(text, begin.wrapping_add(last)))
}
