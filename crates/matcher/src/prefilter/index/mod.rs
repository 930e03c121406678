//! Literals of similar length, and where in them to look: from a text to the literals in it.
//!
//! The scan looks at a window of the text at every `stride`-th byte. A literal can start at any of
//! the `stride` places between two windows, so it is entered once for each of them, each time by
//! the window that is the rarest there. Windows are found by their hashes and then verified, as by
//! Karp and Rabin ("Efficient Randomized Pattern-Matching Algorithms", 1987), but only every
//! `stride`-th window of the text is hashed.
//!
//! A scan takes a batch of windows through one step after the other: the `sieve` drops nearly all
//! of them; the keys of the rest are looked up in the `buckets`, of partial windows only those in a
//! `key_set`; at last the literals themselves are compared. The steps of a batch are those of a
//! hash join with prefetching (see `buckets`).

mod bucket;
mod buckets;
mod entry;
pub(crate) mod found;
mod hits;
mod key_set;
pub(crate) mod literals;
mod windows;

use std::ops::Range;

use crate::mem::prefetch;
use crate::prefilter::cheapest::cheapest;
use crate::prefilter::fold::folded_16;
use crate::prefilter::index::buckets::{Buckets, Filling, Probe};
use crate::prefilter::index::entry::Entry;
use crate::prefilter::index::found::FoundLiterals;
use crate::prefilter::index::hits::{Hit, Hits};
use crate::prefilter::index::key_set::KeySet;
use crate::prefilter::index::literals::Literals;
use crate::prefilter::index::windows::{
    WindowCounts, covered_after_first, key, offsets, partial_keys, window,
};
use crate::prefilter::lengths::{CHUNK_BYTES, GRAMS, LONG, MEDIUM, SHORT, STEP};
use crate::prefilter::select::ngrams::NgramCounts;
use crate::prefilter::select::uses::LiteralId;
use crate::prefilter::sieve::{BLOCK, BLOCK_BYTES, GROUP, Passed, Sieve, Sift, SiftTask};

/// Text bytes from one block of windows to the next.
const BLOCK_STRIDE: usize = BLOCK * STEP;

const _: () = assert!(CHUNK_BYTES.is_multiple_of(BLOCK_STRIDE));

const CACHE_LINE: usize = 64;

/// Windows that make a batch. The block that completes it may add more.
const BATCH: usize = 192;

/// Windows of a block that are written down without asking how many passed.
const USUAL: usize = 8;

/// What another literal with the same window adds to the window's cost.
const SHARED_COST: u32 = 8;

/// What a bit that is already set in a window's word adds: a full word lets everything pass.
const BIT_COST: u32 = 1;

/// What it adds that nearly every text looks up the window's word.
const FREQUENT_COST: u32 = 64;

/// The least that a window costs: one literal has it, and one rule has what is rarest in it.
const LEAST_COST: u32 = SHARED_COST + 1;

/// Places in the text of windows that passed.
type Places = Box<[u32; BATCH + BLOCK]>;

/// Probes of a batch: one for each whole window, and for each partial one the keys of the three
/// lengths that a literal can cover.
const PROBES: usize = GRAMS * (BATCH + BLOCK);

/// Memory for a batch: its windows, the probes, and the literals that they may be of.
#[derive(Debug)]
pub(crate) struct BatchBuffers {
    whole: Places,
    partial: Places,
    probes: Box<[Probe; PROBES]>,
    hits: Hits,
}

impl Default for BatchBuffers {
    fn default() -> Self {
        Self {
            whole: Box::new([0; BATCH + BLOCK]),
            partial: Box::new([0; BATCH + BLOCK]),
            probes: Box::new([Probe::default(); PROBES]),
            hits: Hits::default(),
        }
    }
}

/// A chunk of a text, and what the scan of it works with.
pub(crate) struct ChunkScan<'s> {
    /// The whole text.
    pub(crate) text: &'s [u8],
    /// Starts where a block does, and ends there or where the text does.
    pub(crate) chunk: Range<usize>,
    pub(crate) indexes: &'s [Index],
    pub(crate) literals: &'s Literals,
    pub(crate) buffers: &'s mut BatchBuffers,
    pub(crate) found: &'s mut FoundLiterals,
}

impl SiftTask for ChunkScan<'_> {
    #[inline(always)]
    #[expect(
        clippy::inline_always,
        reason = "it is compiled for the instruction set of its caller"
    )]
    fn run(mut self, sift: impl Sift) {
        for index in self.indexes {
            index.scan(&mut self, sift);
        }
    }
}

/// Literals that are looked for with the same stride.
#[derive(Debug)]
pub(crate) struct Index {
    sieve: Sieve,
    /// Text bytes from one window to the next: 1, 2 or 4.
    stride: usize,
    /// Bytes of a window's first 4-gram that count, 1 to 4.
    width: usize,
    /// Keys of partial windows.
    partial: KeySet,
    buckets: Buckets,
}

impl Index {
    /// The indexes of literals: one for each class of lengths that occurs. In the class of medium
    /// lengths the shortest literal decides the stride.
    pub(crate) fn by_length(literals: &[&[u8]], counts: &NgramCounts) -> Vec<Self> {
        let of_lengths = |shortest: usize, longer: usize| {
            let numbered = literals.iter().copied().zip(0..).map(|(literal, id)| (id, literal));
            numbered.filter(move |(_, literal)| (shortest..longer).contains(&literal.len()))
        };
        let has_shortest = of_lengths(MEDIUM, MEDIUM + 1).next().is_some();
        let stride = if has_shortest { 1 } else { 2 };
        let long = Self::new(of_lengths(LONG, usize::MAX), STEP, STEP, counts);
        let medium = Self::new(of_lengths(MEDIUM, LONG), stride, STEP, counts);
        let short = Self::new(of_lengths(SHORT, MEDIUM), 1, SHORT, counts);
        [long, medium, short].into_iter().flatten().collect()
    }

    /// For literals of at least `stride + width - 1` bytes. `None` if there are no literals.
    fn new<'l>(
        literals: impl Iterator<Item = (LiteralId, &'l [u8])>,
        stride: usize,
        width: usize,
        ngrams: &NgramCounts,
    ) -> Option<Self> {
        let literals: Vec<_> = literals.collect();
        if literals.is_empty() {
            return None;
        }
        let mut by_grams = [0; GRAMS];
        for (_, literal) in &literals {
            for place in 0..stride {
                by_grams[covered_after_first(window(literal, place))] += 1;
            }
        }
        let mut sieve = Sieve::new(by_grams, width);
        let mut frequent = vec![false; sieve.len()];
        for at in 0..ngrams.background().len() {
            for word in sieve.words(folded_16(ngrams.background(), at)) {
                frequent[word] = true;
            }
        }
        let size = literals.iter().map(|(_, literal)| literal.len()).sum();
        let mut windows = WindowCounts::new(size);
        for (_, literal) in &literals {
            for at in (0..stride).flat_map(|place| offsets(literal, place, stride, width)) {
                windows.add(key(window(literal, at)));
            }
        }
        let mut buckets = Filling::with_room(literals.len() * stride);
        let mut partial = Vec::new();
        let mut sharing = Vec::new();
        for (id, literal) in literals {
            ngrams.sharing_8_grams(literal, &mut sharing);
            let rarest = cheapest(0..sharing.len(), 1, |at| sharing[at]).map_or(0, |(at, _)| at);
            for place in 0..stride {
                let cost = |at: usize| {
                    let window = window(literal, at);
                    let word = sieve.word(window);
                    let within = sharing[at..].iter().step_by(STEP).take(GRAMS - 1);
                    SHARED_COST * windows.get(key(window))
                        + within.min().copied().unwrap_or(0)
                        + BIT_COST * sieve.load(word)
                        + FREQUENT_COST * u32::from(frequent[word])
                };
                let cheapest = cheapest(offsets(literal, place, stride, width), LEAST_COST, cost);
                let at = cheapest.map_or(place, |(at, _)| at);
                let window = window(literal, at);
                sieve.add(window);
                let key = key(window);
                if covered_after_first(window) < GRAMS - 1 {
                    partial.push(key);
                }
                buckets.add(key, Entry::new(id, literal, at, rarest, key));
            }
        }
        let (partial, buckets) = (KeySet::new(&partial), buckets.finish());
        Some(Self { sieve, stride, width, partial, buckets })
    }

    /// Finds each literal of which a window starts in the chunk.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "as above")]
    fn scan(&self, scan: &mut ChunkScan<'_>, sift: impl Sift) {
        let (text, chunk) = (scan.text, scan.chunk.clone());
        let (mut whole, mut partial) = (0, 0);
        for phase in (0..STEP).step_by(self.stride) {
            let mut at = chunk.start + phase;
            while at < chunk.end && at + self.width <= text.len() {
                let passed = match text[at..].first_chunk() {
                    Some(block) => {
                        // fetch the next chunk from the outer caches meanwhile
                        for line in (0..BLOCK_STRIDE).step_by(CACHE_LINE) {
                            prefetch(text, at + CHUNK_BYTES + line);
                        }
                        sift.sift(&self.sieve, block, BLOCK / GROUP)
                    }
                    None => self.sift_end(text, at, sift),
                };
                whole = write_places(passed.whole, at, &mut scan.buffers.whole, whole);
                partial = write_places(passed.partial, at, &mut scan.buffers.partial, partial);
                if whole.max(partial) >= BATCH {
                    self.look_up(scan, whole, partial);
                    (whole, partial) = (0, 0);
                }
                at += BLOCK_STRIDE;
            }
        }
        self.look_up(scan, whole, partial);
    }

    /// Sifts the last windows, from `at` on, which read past the end of the text, in a copy.
    fn sift_end(&self, text: &[u8], at: usize, sift: impl Sift) -> Passed {
        let rest = &text[at..];
        let mut block = [0; BLOCK_BYTES];
        block[..rest.len()].copy_from_slice(rest);
        let windows = (rest.len() - self.width) / STEP + 1;
        sift.sift(&self.sieve, &block, windows.div_ceil(GROUP).min(BLOCK / GROUP))
    }

    /// Looks up the windows of a batch and adds the literals that the text has there to `found`.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "as above")]
    fn look_up(&self, scan: &mut ChunkScan<'_>, whole_count: usize, partial_count: usize) {
        let ChunkScan { text, literals, ref mut buffers, ref mut found, .. } = *scan;
        let BatchBuffers { whole, partial, probes, hits } = &mut **buffers;
        for (probe, &at) in probes.iter_mut().zip(&whole[..whole_count]) {
            *probe = Probe { key: key(folded_16(text, at as usize)), at, bucket: 0 };
            self.buckets.prefetch(probe);
        }
        let mut count = whole_count;
        let mut push_if = |key: u64, at: u32, condition: bool| {
            probes[count] = Probe { key, at, bucket: 0 };
            count += usize::from(condition);
        };
        for &at in &partial[..partial_count] {
            let window = self.sieve.masked(folded_16(text, at as usize));
            for key in partial_keys(window) {
                push_if(key, at, self.partial.may_contain(key));
            }
        }
        // the buckets of whole windows are on their way
        for probe in &mut probes[whole_count..count] {
            self.buckets.prefetch(probe);
        }
        let count = self.buckets.filter(text, &mut probes[..count]);
        hits.clear();
        self.buckets.look_up(text, &mut probes[..count], hits, |literal| {
            literals.prefetch(literal);
            found.prefetch(literal);
        });
        for hit in hits.all() {
            literals.prefetch_tail(hit.literal);
        }
        for &Hit { literal, start } in hits.all() {
            if literals.is_at(text, start, literal) {
                found.add(literal, start);
            }
        }
    }
}

/// Writes the places of the windows that passed after the first `count` places. `start`: the place
/// of the block. Returns the new count.
#[inline]
fn write_places(
    mut passed: u64,
    start: usize,
    places: &mut [u32; BATCH + BLOCK],
    count: usize,
) -> usize {
    let end = count + passed.count_ones() as usize;
    let mut write = |at: usize| {
        places[at] = (start + passed.trailing_zeros() as usize * STEP) as u32;
        passed &= passed.wrapping_sub(1);
    };
    // How many passed cannot be predicted, except that they are few: the first writes are done in
    // any case, and those that are too many are overwritten.
    for at in count..count + USUAL {
        write(at);
    }
    for at in count + USUAL..end {
        write(at);
    }
    end
}
