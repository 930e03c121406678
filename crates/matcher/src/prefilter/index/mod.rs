//! The literals of some lengths, and where in them to look: from a text to the literals that are in it.
//!
//! Windows are looked at every `stride` bytes of the text. A literal is therefore entered once for each place that its
//! begin can have between two of them, each time at the offset whose bytes are rarest.
//!
//! A scan takes a batch of the text's windows through one step after the other: the `sieve`, the keys (`key_set`), the `buckets`, the
//! literals themselves.

pub(crate) mod buckets;
pub(crate) mod key_set;
pub(crate) mod literals;
pub(crate) mod windows;

use std::ops::Range;

use crate::mem::prefetch;
use crate::prefilter::candidates::FoundLiterals;
use crate::prefilter::fold::folded_16;
use crate::prefilter::index::buckets::{Buckets, Entry, Hit, Hits, Key};
use crate::prefilter::index::key_set::KeySet;
use crate::prefilter::index::literals::{LiteralId, Literals};
use crate::prefilter::index::windows::{WindowCounts, key, known, partial_keys, places, window};
use crate::prefilter::lengths::{CHUNK_BYTES, GRAMS, STEP};
use crate::prefilter::select::ngrams::NgramCounts;
use crate::prefilter::sieve::{BLOCK, BLOCK_BYTES, GROUP, Passed, Sieve, Sift, SiftTask};

/// Text bytes from one block of windows to the next.
const BLOCK_STRIDE: usize = BLOCK * STEP;

const _: () = assert!(CHUNK_BYTES.is_multiple_of(BLOCK_STRIDE));

const CACHE_LINE: usize = 64;

/// Windows that are taken on together, but for the last block's.
const BATCH: usize = 192;

/// Windows of a block that are noted without asking whether there are so many.
const USUAL: usize = 8;

/// What another literal with the same window adds to the window's cost.
const SHARED_COST: u32 = 8;

/// What a bit that is set already in a window's word adds: a full word lets everything through.
const BIT_COST: u32 = 1;

/// What it adds that the word is looked up for nearly every text.
const FREQUENT_COST: u32 = 64;

/// Places of windows that passed.
type Noted = Box<[u32; BATCH + BLOCK]>;

/// Keys that a batch's windows have: one each that a literal has as a whole, and in the others one for each four with which it can end.
const KEYS: usize = GRAMS * (BATCH + BLOCK);

/// Memory of a scan: the windows of a batch, their keys, and the literals that they may be of.
#[derive(Debug)]
pub(crate) struct Batch {
    whole: Noted,
    partial: Noted,
    keys: Box<[Key; KEYS]>,
    hits: Hits,
}

impl Default for Batch {
    fn default() -> Self {
        Self {
            whole: Box::new([0; BATCH + BLOCK]),
            partial: Box::new([0; BATCH + BLOCK]),
            keys: Box::new([Key::default(); KEYS]),
            hits: Hits::default(),
        }
    }
}

/// A chunk of a text, and what the scan of it works with.
pub(crate) struct Scan<'s> {
    /// The whole text.
    pub(crate) text: &'s [u8],
    /// Starts where a block does, and ends there or where the text does.
    pub(crate) chunk: Range<usize>,
    pub(crate) indexes: &'s [Index],
    pub(crate) literals: &'s Literals,
    pub(crate) batch: &'s mut Batch,
    pub(crate) found: &'s mut FoundLiterals,
}

impl SiftTask for Scan<'_> {
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
    stride: usize,
    width: usize,
    /// Keys of windows in which a literal ends.
    partial: KeySet,
    buckets: Buckets,
}

impl Index {
    /// For literals of `stride + width - 1` bytes and more. `stride`: 1, 2 or 4; `width`: how many bytes of a window's
    /// first four count, 1 to 4. `None` if there are no literals.
    pub(crate) fn new<'l>(
        literals: impl Iterator<Item = (LiteralId, &'l [u8])>,
        stride: usize,
        width: usize,
        rarity: &NgramCounts,
    ) -> Option<Self> {
        let literals: Vec<_> = literals.collect();
        if literals.is_empty() {
            return None;
        }
        let mut by_fours = [0; GRAMS];
        for (_, literal) in &literals {
            for place in 0..stride {
                by_fours[known(window(literal, place))] += 1;
            }
        }
        let mut sieve = Sieve::new(by_fours, width);
        let mut frequent = vec![false; sieve.len()];
        for at in 0..rarity.background().len() {
            for word in sieve.words(folded_16(rarity.background(), at)) {
                frequent[word] = true;
            }
        }
        let size = literals.iter().map(|(_, literal)| literal.len()).sum();
        let mut counts = WindowCounts::new(size);
        for (_, literal) in &literals {
            for at in (0..stride).flat_map(|place| places(literal, place, stride, width)) {
                let window = window(literal, at);
                counts.add(key(window));
            }
        }
        let mut entries = Vec::with_capacity(literals.len() * stride);
        let mut partial = Vec::new();
        let mut shared = Vec::new();
        for (id, literal) in literals {
            rarity.shared_eights(literal, &mut shared);
            let rarest = (0..shared.len()).min_by_key(|&at| shared[at]).unwrap_or(0);
            for place in 0..stride {
                let cost = |&at: &usize| {
                    let window = window(literal, at);
                    let word = sieve.word(window);
                    let eights = shared[at..].iter().step_by(STEP).take(GRAMS - 1);
                    SHARED_COST * counts.get(key(window))
                        + eights.min().copied().unwrap_or(0)
                        + BIT_COST * sieve.load(word)
                        + FREQUENT_COST * u32::from(frequent[word])
                };
                let at = places(literal, place, stride, width).min_by_key(cost).unwrap_or(place);
                let window = window(literal, at);
                sieve.add(window);
                let key = key(window);
                if known(window) < GRAMS - 1 {
                    partial.push(key);
                }
                entries.push((key, Entry::new(id, literal, at, rarest, key)));
            }
        }
        let buckets = Buckets::new(&entries);
        Some(Self { sieve, stride, width, partial: KeySet::new(&partial), buckets })
    }

    /// Finds each literal of which a window starts in the chunk.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "as above")]
    fn scan(&self, scan: &mut Scan<'_>, sift: impl Sift) {
        let (text, chunk) = (scan.text, scan.chunk.clone());
        let (mut whole, mut partial) = (0, 0);
        for phase in (0..STEP).step_by(self.stride) {
            let mut at = chunk.start + phase;
            while at < chunk.end && at + self.width <= text.len() {
                let passed = match text[at..].first_chunk() {
                    Some(block) => {
                        // the next chunk comes from the outer caches while this one is worked on
                        for line in (0..BLOCK_STRIDE).step_by(CACHE_LINE) {
                            prefetch(text, at + CHUNK_BYTES + line);
                        }
                        sift.sift(&self.sieve, block, BLOCK / GROUP)
                    }
                    None => self.sift_end(text, at, sift),
                };
                whole = note(passed.whole, at, &mut scan.batch.whole, whole);
                partial = note(passed.partial, at, &mut scan.batch.partial, partial);
                if whole.max(partial) >= BATCH {
                    self.look(scan, whole, partial);
                    (whole, partial) = (0, 0);
                }
                at += BLOCK_STRIDE;
            }
        }
        self.look(scan, whole, partial);
    }

    /// Looks up windows that read beyond the text, from `at` on: they get a copy.
    fn sift_end(&self, text: &[u8], at: usize, sift: impl Sift) -> Passed {
        let rest = &text[at..];
        let mut block = [0; BLOCK_BYTES];
        block[..rest.len()].copy_from_slice(rest);
        let windows = (rest.len() - self.width) / STEP + 1;
        sift.sift(&self.sieve, &block, windows.div_ceil(GROUP).min(BLOCK / GROUP))
    }

    /// Looks closer at the first so many windows of a batch.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "as above")]
    fn look(&self, scan: &mut Scan<'_>, whole_count: usize, partial_count: usize) {
        let Scan { text, literals, ref mut batch, ref mut found, .. } = *scan;
        let Batch { whole, partial, keys: asked, hits } = &mut **batch;
        for (asked, &at) in asked.iter_mut().zip(&whole[..whole_count]) {
            *asked = Key { hash: key(folded_16(text, at as usize)), at, bucket: 0 };
            self.buckets.expect(asked);
        }
        let mut count = whole_count;
        let mut ask = |hash: u64, at: u32, whether: bool| {
            asked[count] = Key { hash, at, bucket: 0 };
            count += usize::from(whether);
        };
        for &at in &partial[..partial_count] {
            let window = self.sieve.masked(folded_16(text, at as usize));
            for key in partial_keys(window) {
                ask(key, at, self.partial.has(key));
            }
        }
        // those of whole windows, which come first, have been
        for key in &mut asked[whole_count..count] {
            self.buckets.expect(key);
        }
        let count = self.buckets.filter(text, &mut asked[..count]);
        hits.clear();
        self.buckets.look_up(text, &mut asked[..count], hits, |literal| {
            literals.expect(literal);
            found.expect(literal);
        });
        for hit in hits.all() {
            literals.expect_all(hit.literal);
        }
        for &Hit { literal, begin } in hits.all() {
            if literals.is_at(text, begin, literal) {
                found.note(literal, begin);
            }
        }
    }

    /// Bytes of memory.
    pub(crate) fn memory(&self) -> usize {
        self.sieve.memory() + self.partial.memory() + self.buckets.memory()
    }
}

/// Writes down the windows that passed, the first of which would be at `begin`, behind the first `count`. Says how many
/// there are then.
#[inline]
fn note(mut passed: u64, begin: usize, windows: &mut [u32; BATCH + BLOCK], count: usize) -> usize {
    let end = count + passed.count_ones() as usize;
    let mut write = |at: usize| {
        windows[at] = (begin + passed.trailing_zeros() as usize * STEP) as u32;
        passed &= passed.wrapping_sub(1);
    };
    // how many there are cannot be foretold, but that there are few: what is too much is overwritten
    for at in count..count + USUAL {
        write(at);
    }
    for at in count + USUAL..end {
        write(at);
    }
    end
}
