//! The literals of some lengths, and where in them to look: from a text to the literals that are in it.
//!
//! Windows are looked at every `stride` bytes of the text. A literal is therefore entered once for each place that its
//! begin can have between two of them, each time at the offset whose bytes are rarest.
//!
//! A scan takes a batch of the text's windows through one step after the other: the `sieve`, the `buckets`, the literals
//! themselves.

use std::ops::Range;

use super::buckets::{Buckets, Entry, Hit, Key};
use super::candidates::FoundLiterals;
use super::fold::{folded_16, has_folded};
use super::literals::{LiteralId, Literals};
use super::rarity::Rarity;
use super::sieve::{BLOCK, BLOCK_BYTES, FOURS, Fours, GROUP, Kernel, STEP, Sieve};
use super::windows::{WindowCounts, key, keys, known, places, window};
use crate::prefetch::prefetch;

/// Text bytes from one block of windows to the next.
const BLOCK_STRIDE: usize = BLOCK * STEP;

/// Bytes that are looked through at a time, whole blocks of them.
pub(super) const STRETCH: usize = 1 << 14;

const _: () = assert!(STRETCH.is_multiple_of(BLOCK_STRIDE));

const CACHE_LINE: usize = 64;

/// Windows that are taken on together, but for the last block's.
const BATCH: usize = 192;

/// Windows of a block that are noted without asking whether there are so many.
const USUAL: usize = 8;

/// What another literal with the same window adds to the window's cost.
const SHARED_COST: u32 = 8;

/// What a bit that is set already in a window's word adds: a full word lets everything through.
const BIT_COST: u32 = 4;

/// What it adds that the word is looked up for nearly every text.
const FREQUENT_COST: u32 = 64;

/// The sieve's size, as a power of two: from 4 KB to 512 KB. A list of 4,000 rules has 128 KB.
const WORD_BITS: std::ops::RangeInclusive<u32> = 10..=17;

/// Memory of a scan: windows and keys of a batch, and literals that they may be of.
#[derive(Debug)]
pub(super) struct Batch {
    windows: Box<[u32; BATCH + BLOCK]>,
    /// Of each window its key, and where it begins.
    keyed: Box<[(u64, u32); BATCH + BLOCK]>,
    /// The keys of those through which a literal that ends soon may be seen.
    ended: Box<[[u64; FOURS - 1]; BATCH + BLOCK]>,
    whole: Box<[Key; BATCH + BLOCK + 1]>,
    partial: Box<[Key; (FOURS - 1) * (BATCH + BLOCK) + 1]>,
    hits: Vec<Hit>,
}

impl Default for Batch {
    fn default() -> Self {
        Self {
            windows: Box::new([0; BATCH + BLOCK]),
            keyed: Box::new([(0, 0); BATCH + BLOCK]),
            ended: Box::new([[0; FOURS - 1]; BATCH + BLOCK]),
            whole: Box::new([Key::default(); BATCH + BLOCK + 1]),
            partial: Box::new([Key::default(); (FOURS - 1) * (BATCH + BLOCK) + 1]),
            hits: Vec::new(),
        }
    }
}

/// Literals that are looked for with the same stride.
#[derive(Debug)]
pub(super) struct Index {
    sieve: Sieve,
    stride: usize,
    width: usize,
    /// Literals with a whole window of sixteen bytes: nearly all.
    whole: Buckets,
    /// Those that end before that, by the fours that they have.
    partial: Buckets,
    /// The first fours of those.
    partial_firsts: Fours,
}

impl Index {
    /// For literals of `stride + width - 1` bytes and more. `stride`: 1, 2 or 4; `width`: how many bytes of a window's
    /// first four count, 1 to 4. `None` if there are no literals.
    pub(super) fn new<'l>(
        literals: impl Iterator<Item = (LiteralId, &'l [u8])>,
        stride: usize,
        width: usize,
        rarity: &Rarity,
    ) -> Option<Self> {
        let literals: Vec<_> = literals.collect();
        if literals.is_empty() {
            return None;
        }
        let half_words = literals
            .iter()
            .map(|(_, literal)| half_words_for(literal.len(), stride))
            .sum::<usize>();
        let word_bits = half_words.next_power_of_two().ilog2();
        let word_bits = word_bits.clamp(*WORD_BITS.start(), *WORD_BITS.end());
        // of a literal's places some are looked at through its last whole four
        let ends_soon =
            |literal: &[u8]| (0..stride).filter(|place| literal.len() - place < 8).count();
        let fours = literals.iter().map(|(_, literal)| ends_soon(literal)).sum();
        let mut sieve = Sieve::new(word_bits, width, fours);
        let mut frequent = vec![false; sieve.len()];
        for at in 0..rarity.background().len() {
            frequent[sieve.word(folded_16(rarity.background(), at))] = true;
        }
        let size = literals.iter().map(|(_, literal)| literal.len()).sum();
        let mut counts = WindowCounts::new(size);
        for (_, literal) in &literals {
            for at in (0..stride).flat_map(|place| places(literal, place, stride, width)) {
                let window = window(literal, at);
                counts.add(keys(window)[known(window)]);
            }
        }
        let mut whole = Vec::with_capacity(literals.len() * stride);
        let mut partial = Vec::new();
        let mut partial_fours = Vec::new();
        let mut shared = Vec::new();
        for (id, literal) in literals {
            rarity.shared_eights(literal, &mut shared);
            let rarest = (0..shared.len()).min_by_key(|&at| shared[at]).unwrap_or(0);
            for place in 0..stride {
                let cost = |&at: &usize| {
                    let window = window(literal, at);
                    let word = sieve.word(window);
                    let eights = shared[at..].iter().step_by(STEP).take(FOURS - 1);
                    SHARED_COST * counts.get(keys(window)[known(window)])
                        + eights.min().copied().unwrap_or(0)
                        + BIT_COST * sieve.load(word)
                        + FREQUENT_COST * u32::from(frequent[word])
                };
                let at = places(literal, place, stride, width).min_by_key(cost).unwrap_or(place);
                let window = window(literal, at);
                sieve.add(window);
                let key = keys(window)[known(window)];
                let kind = if known(window) == FOURS - 1 {
                    &mut whole
                } else {
                    partial_fours.push(sieve.masked(window)[0]);
                    &mut partial
                };
                kind.push((key, Entry::new(id, literal, at, rarest, key)));
            }
        }
        let partial_firsts = Fours::new(partial_fours.into_iter());
        let (whole, partial) = (Buckets::new(&whole), Buckets::new(&partial));
        Some(Self { sieve, stride, width, whole, partial, partial_firsts })
    }

    /// Notes each place of `text` that has a literal by a window that begins in the stretch. The stretch begins where a block does,
    /// and ends there or where the text does.
    #[inline]
    pub(super) fn scan(
        &self,
        text: &[u8],
        stretch: Range<usize>,
        kernel: Kernel,
        batch: &mut Batch,
        literals: &Literals,
        found: &mut FoundLiterals,
    ) {
        let mut count = 0;
        for phase in (0..STEP).step_by(self.stride) {
            let mut at = stretch.start + phase;
            while at < stretch.end && at + self.width <= text.len() {
                let passed = match text[at..].first_chunk() {
                    Some(block) => {
                        // the next stretch comes from the outer caches while this one is worked on
                        for line in (0..BLOCK_STRIDE).step_by(CACHE_LINE) {
                            prefetch(text, at + STRETCH + line);
                        }
                        self.sieve.sift(block, BLOCK / GROUP, kernel)
                    }
                    None => self.sift_end(text, at, kernel),
                };
                count = note(passed, at, &mut batch.windows, count);
                if count >= BATCH {
                    self.look(text, batch, count, literals, found);
                    count = 0;
                }
                at += BLOCK_STRIDE;
            }
        }
        self.look(text, batch, count, literals, found);
    }

    /// Looks up windows that read beyond the text, from `at` on: they get a copy.
    fn sift_end(&self, text: &[u8], at: usize, kernel: Kernel) -> u64 {
        let rest = &text[at..];
        let mut block = [0; BLOCK_BYTES];
        block[..rest.len()].copy_from_slice(rest);
        let windows = (rest.len() - self.width) / STEP + 1;
        self.sieve.sift(&block, windows.div_ceil(GROUP).min(BLOCK / GROUP), kernel)
    }

    /// Looks closer at the first so many windows of a batch.
    fn look(
        &self,
        text: &[u8],
        batch: &mut Batch,
        count: usize,
        literals: &Literals,
        found: &mut FoundLiterals,
    ) {
        let Batch { windows, keyed, ended, whole, partial, hits } = batch;
        let mut ending = 0;
        for window in 0..count {
            let at = windows[window];
            let bytes = self.sieve.masked(folded_16(text, at as usize));
            let key = key(bytes);
            self.whole.expect(key);
            keyed[window] = (key, at);
            // few: the place of one that is not is the next one's
            windows[ending] = at;
            ending += usize::from(self.partial_firsts.has(bytes[0]));
        }
        for (&at, of_window) in windows[..ending].iter().zip(ended.iter_mut()) {
            let [first, second, third, _] = keys(self.sieve.masked(folded_16(text, at as usize)));
            *of_window = [first, second, third];
            for &key in &*of_window {
                self.partial.expect(key);
            }
        }
        let mut whole_count = 0;
        for &(key, at) in &keyed[..count] {
            whole_count = self.whole.filter([key], at, &mut **whole, whole_count);
        }
        let mut partial_count = 0;
        for (&at, &of_window) in windows[..ending].iter().zip(ended.iter()) {
            partial_count = self.partial.filter(of_window, at, &mut **partial, partial_count);
        }
        hits.clear();
        self.whole.look_up(text, &whole[..whole_count], hits);
        self.partial.look_up(text, &partial[..partial_count], hits);
        for &Hit { literal, .. } in &*hits {
            literals.expect(literal);
            found.expect(literal);
        }
        for &Hit { literal, .. } in &*hits {
            literals.expect_bytes(literal);
        }
        for &Hit { literal, begin } in &*hits {
            if has_folded(text, begin, literals.get(literal)) {
                found.note(literal, begin);
            }
        }
    }

    /// Bytes of memory.
    pub(super) fn memory(&self) -> usize {
        self.sieve.memory()
            + self.whole.memory()
            + self.partial.memory()
            + self.partial_firsts.memory()
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

/// Half words of the sieve that a literal of this length should have, such that one foreign window in a hundred gets
/// through: the sooner it ends after its windows, the more of its words' bits are set.
fn half_words_for(length: usize, stride: usize) -> usize {
    let by_place = (0..stride).map(|place| match length - place.min(length) {
        16.. => 1,
        12.. => 4,
        8.. => 32,
        _ => 0,
    });
    by_place.sum()
}
