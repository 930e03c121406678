//! From windows of the text to the literals that have them: a hash table that is probed with many
//! windows at once.
//!
//! The table of a long list is larger than the inner caches, and one cache miss takes as long as
//! the scan of half a kilobyte. So each step is done for all windows of a batch before the next
//! step is done for any, and the processor waits for many misses at a time: group prefetching, as
//! in hash joins (Chen, Ailamaki, Gibbons, Mowry, "Improving Hash Join Performance through
//! Prefetching", 2004). A probe costs one miss, for a bucket is one cache line.

use std::mem;

use crate::mem::{HugeSlice, prefetch};
use crate::prefilter::index::bucket::{Bucket, CAPACITY};
use crate::prefilter::index::entry::{Entry, tag};
use crate::prefilter::index::hits::Hits;
use crate::prefilter::select::uses::LiteralId;

/// Buckets for each [`CAPACITY`] entries. One bucket in 24 overflows.
const BUCKETS_PER_CAPACITY: usize = 2;

/// The same for long lists, where a look at the overflow list is another cache miss. One bucket in
/// 120 overflows.
const BUCKETS_PER_CAPACITY_LONG: usize = 3;

/// From this number of entries on a list is long: no inner cache holds its buckets in any case.
const LONG_LIST: usize = 100_000;

/// A key of a window of the text, to be looked up: the upper half of the key, which selects a
/// bucket and a [`tag`], and in the lower half where the window starts in the text. One word,
/// because many are written that come to nothing.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Probe(u64);

impl Probe {
    #[inline]
    pub(crate) fn new(key: u64, at: u32) -> Self {
        Self(key >> 32 << 32 | u64::from(at))
    }

    #[inline]
    fn at(self) -> usize {
        self.0 as u32 as usize
    }

    #[inline]
    fn tag(self) -> u8 {
        tag(self.0)
    }
}

/// Entries by the keys of their windows.
#[derive(Debug)]
pub(crate) struct Buckets {
    buckets: HugeSlice<Bucket>,
    /// Entries of buckets that overflowed, bucket by bucket, and of a bucket [`Entry::place`] by
    /// place, those of a place in the order of [`Entry::ends`]. Before those of a place there is
    /// one with that place that has their number in place of a literal, and before those of a
    /// bucket one that has the number of places.
    overflow: HugeSlice<Entry>,
}

/// Entries that wait for their bucket to arrive in the cache.
const WAITING: usize = 4;

/// [`Buckets`] that are filled.
pub(crate) struct Filling {
    buckets: Vec<Bucket>,
    /// A ring: entries that are still to be put into their buckets.
    waiting: [Option<(usize, Entry)>; WAITING],
    /// The place of the oldest one in it.
    oldest: usize,
    /// Entries for which a bucket had no place.
    overflowing: Vec<(usize, Entry)>,
}

impl Filling {
    /// With room for this many entries.
    pub(crate) fn with_room(entries: usize) -> Self {
        let per_capacity =
            if entries < LONG_LIST { BUCKETS_PER_CAPACITY } else { BUCKETS_PER_CAPACITY_LONG };
        let buckets = vec![Bucket::EMPTY; entries * per_capacity / CAPACITY + 1];
        Self { buckets, waiting: [None; WAITING], oldest: 0, overflowing: Vec::new() }
    }

    /// Adds an entry by the key of its window.
    pub(crate) fn add(&mut self, key: u64, entry: Entry) {
        let bucket = bucket_of(key, self.buckets.len());
        prefetch(&self.buckets, bucket);
        self.put_oldest(Some((bucket, entry)));
    }

    /// Puts the oldest of the waiting entries into its bucket. Another one waits in its stead.
    fn put_oldest(&mut self, next: Option<(usize, Entry)>) {
        let oldest = mem::replace(&mut self.waiting[self.oldest], next);
        self.oldest = (self.oldest + 1) % WAITING;
        let Some((number, entry)) = oldest else { return };
        let bucket = &mut self.buckets[number];
        if bucket.insert(entry) {
            return;
        }
        if !bucket.has_overflowed() {
            self.overflowing.push((number, bucket.give_last()));
        }
        self.overflowing.push((number, entry));
    }

    pub(crate) fn finish(mut self) -> Buckets {
        for _ in 0..WAITING {
            self.put_oldest(None);
        }
        let Self { mut buckets, mut overflowing, .. } = self;
        overflowing.sort_unstable_by_key(|&(bucket, entry)| (bucket, entry.place(), entry.ends));
        let mut overflow = Vec::with_capacity(2 * overflowing.len());
        for entries in overflowing.chunk_by(|a, b| a.0 == b.0) {
            let bucket: &mut Bucket = &mut buckets[entries[0].0];
            let places = || entries.chunk_by(|a, b| a.1.place() == b.1.place());
            let first = overflow.len() as u32;
            overflow.push(Entry { literal: places().count() as u32, ..Entry::default() });
            for in_place in places() {
                overflow.push(Entry { literal: in_place.len() as u32, ..in_place[0].1 });
                overflow.extend(in_place.iter().map(|&(_, entry)| entry));
            }
            bucket.set_overflow(first, entries.iter().map(|&(_, entry)| entry));
        }
        Buckets { buckets: buckets.into(), overflow: overflow.into() }
    }
}

impl Buckets {
    /// Prefetches the probe's bucket.
    #[inline]
    pub(crate) fn prefetch(&self, probe: Probe) {
        prefetch(&self.buckets, bucket_of(probe.0, self.buckets.len()));
    }

    /// Adds to `hits` the literals that may be in the text where one of the probes is, and calls
    /// `prefetch_literal` for each at once. Overwrites `probes`.
    pub(crate) fn look_up(
        &self,
        text: &[u8],
        probes: &mut [Probe],
        hits: &mut Hits,
        prefetch_literal: impl Fn(LiteralId),
    ) {
        let mut left = 0;
        hits.reserve(probes.len());
        for number in 0..probes.len() {
            let probe = probes[number];
            let (at, tag, bucket) = (probe.at(), probe.tag(), self.bucket(probe));
            let tagged = bucket.tagged(tag);
            let entry = bucket.first_of(tagged);
            let agrees = (tagged != 0) & entry.agrees(text, at);
            hits.push_if(entry.hit(at), agrees);
            prefetch_literal(entry.literal_if(agrees));
            probes[left] = probe;
            let others = tagged & tagged.wrapping_sub(1);
            let overflow = bucket.overflow_may_have(tag);
            // without an overflow, the first entries of the list, which are in the cache
            prefetch(&self.overflow, (u64::from(bucket.overflow()) * overflow) as usize);
            left += usize::from(others | overflow != 0);
        }
        for &probe in &probes[..left] {
            self.look_up_others(text, probe, hits, &prefetch_literal);
        }
    }

    /// [`Self::look_up`] in all entries but the first; usually there is one.
    #[expect(clippy::needless_bitwise_bool, reason = "`&&` would be a branch")]
    fn look_up_others(
        &self,
        text: &[u8],
        probe: Probe,
        hits: &mut Hits,
        prefetch_literal: &impl Fn(LiteralId),
    ) {
        let (at, tag, bucket) = (probe.at(), probe.tag(), self.bucket(probe));
        let mut check = |entry: Entry, condition: bool| {
            let agrees = entry.agrees(text, at) & (entry.tag == tag) & condition;
            hits.reserve(1);
            hits.push_if(entry.hit(at), agrees);
            prefetch_literal(entry.literal_if(agrees));
        };
        let tagged = bucket.tagged(tag);
        let mut others = tagged & tagged.wrapping_sub(1);
        check(bucket.first_of(others), others != 0);
        loop {
            others &= others.wrapping_sub(1);
            if others == 0 {
                break;
            }
            check(bucket.first_of(others), true);
        }
        if bucket.overflow_may_have(tag) != 0 {
            self.overflowing(bucket, text, at, |entry| check(entry, true));
        }
    }

    /// Calls `found` with those in the bucket's overflow list that can be in the text with their
    /// window at `at`, and perhaps with a few others.
    ///
    /// Thousands of literals can share a window, as do `exit code 1` to `exit code 255` those that
    /// end before the number. So they are not looked through but searched.
    fn overflowing(&self, bucket: &Bucket, text: &[u8], at: usize, mut found: impl FnMut(Entry)) {
        let overflow = &self.overflow[bucket.overflow() as usize..];
        let mut left = &overflow[1..];
        for _ in 0..overflow[0].literal {
            let (in_place, others) = left[1..].split_at(left[0].literal as usize);
            let ends = left[0].ends_in(text, at);
            let from = in_place.partition_point(|entry| entry.ends < ends);
            let agreeing = in_place[from..].iter().take_while(|entry| entry.ends == ends);
            agreeing.for_each(|&entry| found(entry));
            left = others;
        }
    }

    #[inline]
    fn bucket(&self, probe: Probe) -> &Bucket {
        &self.buckets[bucket_of(probe.0, self.buckets.len())]
    }
}

/// The bucket of a key: its upper half scaled to the number of buckets, without a division (Lemire,
/// "Fast Random Integer Generation in an Interval", 2019).
#[inline]
fn bucket_of(key: u64, buckets: usize) -> usize {
    (((key >> 32) * buckets as u64) >> 32) as usize
}
