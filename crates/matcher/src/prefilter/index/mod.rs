//! Literals of similar length, and where in them to look: from a text to the literals in it.
//!
//! The scan looks at a window of the text at every `stride`-th byte: every fourth one, or more
//! often (see `stride`). A literal can start at any of the `stride` places between two windows, so
//! it is entered once for each of them, each time by the window that is the rarest there. Windows
//! are found by their hashes and then verified, as by Karp and Rabin ("Efficient Randomized
//! Pattern-Matching Algorithms", 1987), but only every `stride`-th window of the text is hashed.
//!
//! A scan takes a batch of windows through one step after the other: the `sieve` drops nearly all
//! of them; of the keys of the rest, those in a `key_set` are looked up in the `buckets`; at last
//! the literals themselves are compared. The steps of a batch are those of a hash join with
//! prefetching (see `buckets`). Where there are short literals, `first_bytes` may say in place of
//! the sieve where they can start.

mod bucket;
mod buckets;
mod entry;
mod first_bytes;
pub(crate) mod found;
mod hits;
mod key_set;
pub(crate) mod literals;
pub(crate) mod row;
mod stride;
mod windows;

use std::ops::Range;

use crate::prefilter::fold::{folded_8, folded_16};
use crate::prefilter::index::buckets::{Buckets, Filling, Probe};
use crate::prefilter::index::entry::Entry;
use crate::prefilter::index::first_bytes::{FirstBytes, head};
use crate::prefilter::index::found::FoundLiterals;
use crate::prefilter::index::hits::{Hit, Hits};
use crate::prefilter::index::key_set::KeySet;
use crate::prefilter::index::literals::Literals;
use crate::prefilter::index::row::RowLiterals;
use crate::prefilter::index::stride::stride_of_long;
use crate::prefilter::index::windows::{
    Padded, WINDOW, WindowCounts, bytes_mask, covered_after_first, grams_after_first, key, offsets,
    partial_keys, short_key,
};
use crate::prefilter::lengths::{GRAMS, LONG, MAX_LITERAL, MEDIUM, SHORT, STEP};
use crate::prefilter::select::ngrams::EightGrams;
use crate::prefilter::select::uses::LiteralId;
use crate::prefilter::shapes::masks::BLOCK;
use crate::prefilter::sieve::{Kernel, PLACES, Places, Sieve};

/// What another literal with the same window adds to the window's cost.
const SHARED_COST: u32 = 8;

/// What a bit that is already set in a window's word adds: a full word lets everything pass.
const BIT_COST: u32 = 1;

/// What it adds that nearly every text looks up the window's word.
const FREQUENT_COST: u32 = 64;

/// The least that a window costs: one literal has it, and one rule has what is rarest in it.
const LEAST_COST: u32 = SHARED_COST + 1;

/// Text bytes that are sifted where a block has so many: what follows will have them, too.
const DENSE_PART: usize = 8 * BLOCK;

/// Keys of whole windows in a block of their set.
const WHOLE_PER_BLOCK: usize = 8;

/// The same for partial windows.
const PARTIAL_PER_BLOCK: usize = 4;

/// Probes of a batch: for each window the keys of the four lengths that a literal can cover.
const PROBES: usize = GRAMS * PLACES;

/// Memory for a batch: its windows, the probes, and the literals that they may be of.
#[derive(Debug)]
pub(crate) struct BatchBuffers {
    places: Places,
    probes: Box<[Probe; PROBES]>,
    hits: Hits,
}

impl Default for BatchBuffers {
    fn default() -> Self {
        Self {
            places: Places::default(),
            probes: Box::new([Probe::default(); PROBES]),
            hits: Hits::default(),
        }
    }
}

/// A chunk of a text, and what the scan of it works with.
pub(crate) struct ChunkScan<'s> {
    pub(crate) kernel: Kernel,
    /// The whole text.
    pub(crate) text: &'s [u8],
    /// Starts at a multiple of [`CHUNK_BYTES`](crate::prefilter::CHUNK_BYTES), and ends at one or
    /// where the text does.
    pub(crate) chunk: Range<usize>,
    pub(crate) literals: &'s Literals,
    pub(crate) buffers: &'s mut BatchBuffers,
    pub(crate) found: Found<'s>,
}

/// Where a scan puts the literals that it finds.
pub(crate) enum Found<'s> {
    /// Of one text.
    Text(&'s mut FoundLiterals),
    /// The text is a row of texts.
    Row(&'s mut RowLiterals),
}

impl Found<'_> {
    /// Prefetches what [`Self::add`] of the literal reads.
    #[inline]
    fn prefetch(&self, literal: LiteralId) {
        if let Self::Text(found) = self {
            found.prefetch(literal);
        }
    }

    #[inline]
    fn add(&mut self, literal: LiteralId, start: usize, literals: &Literals) {
        match self {
            Self::Text(found) => found.add(literal, start),
            Self::Row(found) => found.add(literal, start, literals.length(literal)),
        }
    }
}

/// Literals that are looked for with the same stride.
#[derive(Debug)]
pub(crate) struct Index {
    sieve: Sieve,
    /// Text bytes from one window to the next: 1, 2 or 4.
    stride: usize,
    /// Where literals can start, if that is faster than to sift windows. They are then entered by
    /// the window that they start with.
    first_bytes: Option<FirstBytes>,
    /// Bytes of a window's first 4-gram that every literal has, 3 or 4.
    width: usize,
    /// If [no literal has more](Self::is_short) than seven bytes: for each number of them that
    /// literals have from their window on, those bytes of eight.
    short_masks: Box<[u64]>,
    /// The keys of windows that a literal covers as a whole.
    whole: KeySet,
    /// The keys of the others. They are few, and a window of a text has three that can be among
    /// them.
    partial: KeySet,
    /// Whether no literal has more than a window's first 4-gram.
    is_short: bool,
    buckets: Buckets,
}

impl Index {
    /// The indexes of literals: one for the long ones, one for the others, whose shortest decides
    /// the stride; one for all where both have the same windows.
    pub(crate) fn by_length(literals: &[&[u8]], eight_grams: &EightGrams) -> Vec<Self> {
        let of_lengths = |shortest: usize, longer: usize| {
            let numbered = literals.iter().copied().zip(0..).map(|(literal, id)| (id, literal));
            numbered.filter(move |(_, literal)| (shortest..longer).contains(&literal.len()))
        };
        let has = |length: usize| of_lengths(length, length + 1).next().is_some();
        let width = if has(SHORT) { SHORT } else { STEP };
        let stride = if has(SHORT) || has(MEDIUM) { 1 } else { 2 };
        let stride_of_long = stride_of_long(literals);
        if stride_of_long == stride {
            // the windows that short ones need are looked at anyway
            let all = Self::new(of_lengths(SHORT, usize::MAX), stride, width, None, eight_grams);
            return all.into_iter().collect();
        }
        let heads = of_lengths(SHORT, LONG).map(|(_, literal)| head(literal)).collect();
        let first_bytes = FirstBytes::new(heads, eight_grams.background(), stride);
        let stride = if first_bytes.is_some() { 1 } else { stride };
        let long = Self::new(of_lengths(LONG, usize::MAX), stride_of_long, STEP, None, eight_grams);
        let short = Self::new(of_lengths(SHORT, LONG), stride, width, first_bytes, eight_grams);
        [long, short].into_iter().flatten().collect()
    }

    /// For literals of at least `stride + width - 1` bytes. `first_bytes`: of these literals, if
    /// the stride is 1 for it. `None` if there are no literals.
    fn new<'l>(
        literals: impl Iterator<Item = (LiteralId, &'l [u8])> + Clone,
        stride: usize,
        width: usize,
        first_bytes: Option<FirstBytes>,
        eight_grams: &EightGrams,
    ) -> Option<Self> {
        let mut by_grams = [0; GRAMS];
        let mut size = 0;
        for (_, literal) in literals.clone() {
            size += literal.len();
            for place in 0..stride {
                by_grams[grams_after_first(literal, place)] += 1;
            }
        }
        let entries: usize = by_grams.iter().sum();
        if entries == 0 {
            return None;
        }
        let mut sieve = Sieve::new(by_grams, width);
        let is_short = by_grams[1..] == [0; GRAMS - 1];
        let mut frequent = vec![false; sieve.len()];
        for at in 0..eight_grams.background().len() {
            frequent[sieve.word(folded_16(eight_grams.background(), at))] = true;
        }
        let mut windows = WindowCounts::new(size);
        let mut padded = Padded::new();
        for (_, literal) in literals.clone() {
            padded.set(literal);
            // the windows of long ones are those at all places
            if literal.len() >= WINDOW + stride - 1 {
                padded.whole_keys().for_each(|key| windows.add(key));
                continue;
            }
            for place in 0..stride {
                for at in offsets(literal, place, stride, width) {
                    windows.add(padded.key(at));
                }
            }
        }
        let mut buckets = Filling::with_room(entries);
        let mut whole = KeySet::with_room(by_grams[GRAMS - 1], WHOLE_PER_BLOCK);
        let mut partial = KeySet::with_room(entries - by_grams[GRAMS - 1], PARTIAL_PER_BLOCK);
        let mut short_lengths = 0_u8;
        // at each place of a literal, and for a window after the last one
        let mut sharing = [0; MAX_LITERAL + WINDOW];
        for (id, literal) in literals {
            let sharing = &mut sharing[..literal.len() + WINDOW];
            let rarest = eight_grams.sharing(literal, sharing);
            padded.set(literal);
            for place in 0..stride {
                let mut at = place;
                let mut least = u32::MAX;
                for candidate in offsets(literal, place, stride, width) {
                    let within = u32::from(rarest_in_window(sharing, candidate));
                    // what is in the caches tells of most windows that they cost more
                    if SHARED_COST + within >= least {
                        continue;
                    }
                    let shared = SHARED_COST * windows.get(padded.key(candidate)) + within;
                    if shared >= least {
                        continue;
                    }
                    let word = sieve.word(padded.window(candidate));
                    let cost = shared
                        + BIT_COST * sieve.load(word)
                        + FREQUENT_COST * u32::from(frequent[word]);
                    if cost < least {
                        (at, least) = (candidate, cost);
                        // first bytes tell where literals start, and not where windows do
                        if cost <= LEAST_COST || first_bytes.is_some() {
                            break;
                        }
                    }
                }
                let window = padded.window(at);
                sieve.add(window);
                let key = if is_short {
                    short_lengths |= 1 << (literal.len() - at);
                    padded.short_key(at)
                } else {
                    key(window)
                };
                let is_whole = covered_after_first(window) == GRAMS - 1;
                if is_whole { &mut whole } else { &mut partial }.add(key);
                buckets.add(key, Entry::new(id, literal, at, rarest, key));
            }
        }
        Some(Self {
            sieve,
            stride,
            first_bytes,
            width,
            short_masks: (1..8).filter(|n| short_lengths >> n & 1 == 1).map(bytes_mask).collect(),
            whole,
            partial,
            is_short,
            buckets: buckets.finish(),
        })
    }

    /// Finds each literal of which a window starts in the chunk.
    #[inline]
    pub(crate) fn scan(&self, scan: &mut ChunkScan<'_>) {
        let end = scan.chunk.end.min((scan.text.len() + 1).saturating_sub(self.width));
        scan.buffers.places.clear();
        match &self.first_bytes {
            Some(first_bytes) => self.scan_by_first_bytes(first_bytes, scan, end),
            None => self.sift(scan, scan.chunk.start..end),
        }
        self.look_up(scan);
    }

    /// Sifts the windows that start in a part of the text, and looks up those that pass, but for
    /// the last batch.
    fn sift(&self, scan: &mut ChunkScan<'_>, part: Range<usize>) {
        // not `step_by`, which divides
        let mut phase = 0;
        while phase < STEP {
            let mut windows = part.start + phase..part.end;
            phase += self.stride;
            loop {
                scan.kernel.sift(&self.sieve, scan.text, &mut windows, &mut scan.buffers.places);
                if windows.is_empty() {
                    break;
                }
                self.look_up(scan);
            }
        }
    }

    /// As [`Self::sift`], for all places before `end`.
    fn scan_by_first_bytes(&self, first_bytes: &FirstBytes, scan: &mut ChunkScan<'_>, end: usize) {
        let mut part = scan.chunk.start..end;
        loop {
            first_bytes.add_starts(scan.kernel, scan.text, &mut part, &mut scan.buffers.places);
            if part.is_empty() {
                break;
            }
            if scan.buffers.places.has_room() {
                // a dense block
                let dense_end = end.min(part.start + DENSE_PART);
                self.sift(scan, part.start..dense_end);
                part.start = dense_end;
            } else {
                self.look_up(scan);
            }
        }
    }

    /// Looks up the windows of a batch and adds the literals that the text has there to `found`.
    fn look_up(&self, scan: &mut ChunkScan<'_>) {
        let ChunkScan { text, literals, ref mut buffers, ref mut found, .. } = *scan;
        let BatchBuffers { places, probes, hits } = &mut **buffers;
        let mut count = 0;
        let mut push_if = |key: u64, at: u32, is_known: bool| {
            probes[count] = Probe::new(key, at);
            count += usize::from(is_known);
        };
        if self.is_short {
            for &at in places.all() {
                let bytes = folded_8(text, at as usize);
                for mask in &self.short_masks {
                    let key = short_key(bytes & mask);
                    push_if(key, at, self.partial.may_contain(key));
                }
            }
        } else {
            for &at in places.all() {
                let window = folded_16(text, at as usize);
                for key in partial_keys(window) {
                    push_if(key, at, self.partial.may_contain(key));
                }
                let key = key(window);
                push_if(key, at, self.whole.may_contain(key));
            }
        }
        places.clear();
        let probes = &mut probes[..count];
        for &probe in &*probes {
            self.buckets.prefetch(probe);
        }
        hits.clear();
        self.buckets.look_up(text, probes, hits, |literal| {
            literals.prefetch(literal);
            found.prefetch(literal);
        });
        for hit in hits.all() {
            literals.prefetch_tail(hit.literal);
        }
        for &Hit { literal, start } in hits.all() {
            if literals.is_at(text, start, literal) {
                found.add(literal, start, literals);
            }
        }
    }
}

/// How many rules share the rarest 8-gram of the window at `at`. `sharing`: as many as share the
/// 8-gram at each place.
#[inline]
fn rarest_in_window(sharing: &[u8], at: usize) -> u8 {
    let [first, second, third] = [0, STEP, 2 * STEP].map(|after| sharing[at + after]);
    first.min(second).min(third)
}
