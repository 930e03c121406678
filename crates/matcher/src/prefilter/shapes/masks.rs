//! Which runs can be at a place of a text, for eight buckets of runs at a time.
//!
//! A bucket has a bit. For each of the first bytes at a place, two tables of sixteen entries tell
//! by the byte's low and its high four bits in which buckets it can be there; the "and" of all of
//! them is left. Instructions that shuffle bytes look up many places at a time. It is the filter
//! of Teddy (Hyperscan: Wang et al., "Hyperscan: A Fast Multi-pattern Regex Matcher for Modern
//! CPUs", 2019), with sets of bytes in place of literals.

use crate::prefilter::shapes::byte_set::ByteSet;

/// Bytes at a place that are looked at.
pub(crate) const DEPTH: usize = 8;

/// Buckets of one [`Masks`].
pub(crate) const BUCKETS: usize = 8;

/// Places in a block.
pub(crate) const BLOCK: usize = 64;

/// Text bytes that a block's places read.
pub(crate) const BLOCK_BYTES: usize = BLOCK + DEPTH;

/// What it costs to look at a block, in units of one of the bytes at its places.
const BLOCK_COST: usize = 2;

/// The tables: for each of the bytes one by its low four bits, and one by its high four bits.
#[derive(Clone, Debug)]
pub(crate) struct Masks {
    /// How many bytes are looked at, at most as many as the longest of the runs has.
    pub(crate) depth: usize,
    pub(super) low: [[u8; 16]; DEPTH],
    pub(super) high: [[u8; 16]; DEPTH],
}

impl Masks {
    /// Nothing can be anywhere.
    pub(crate) const EMPTY: Self = Self { depth: 0, low: [[0; 16]; DEPTH], high: [[0; 16]; DEPTH] };

    /// Lets a run of at most [`DEPTH`] bytes be in a bucket. Sets of bytes that are no product of
    /// low and high bits get a few more.
    pub(crate) fn add(&mut self, bucket: usize, run: &[ByteSet]) {
        self.depth = self.depth.max(run.len());
        for at in 0..DEPTH {
            let mut allow = |byte: u8| {
                self.low[at][usize::from(byte & 15)] |= 1 << bucket;
                self.high[at][usize::from(byte >> 4)] |= 1 << bucket;
            };
            match run.get(at) {
                Some(set) => set.bytes().for_each(&mut allow),
                None => (0..16).map(|bits| bits << 4 | bits).for_each(&mut allow),
            }
        }
    }

    /// Looks at as many bytes as cost the least in texts like `background`. `place`: the cost of a
    /// place where a run can be. The result is the cost of a block. Both are in units of one byte
    /// at all places of a block.
    pub(crate) fn limit_depth(&mut self, background: &[u8], place: usize) -> usize {
        let places = self.places_by_depth(background);
        let blocks = (background.len() / BLOCK).max(1);
        let cost = |depth: usize| BLOCK_COST + depth + place * places[depth] / blocks;
        self.depth = (0..=self.depth).min_by_key(|&depth| cost(depth)).unwrap_or(0);
        cost(self.depth)
    }

    /// By the number of bytes that are looked at, the places of a text where a run can be then.
    #[inline(never)]
    pub(super) fn places_by_depth(&self, text: &[u8]) -> [usize; DEPTH + 1] {
        let mut places = [0; DEPTH + 1];
        for bytes in text.windows(DEPTH) {
            for places in &mut places[..=self.agreeing(bytes)] {
                *places += 1;
            }
        }
        places
    }

    /// How many of the first bytes of a text agree with a run, at least with the start of one.
    fn agreeing(&self, text: &[u8]) -> usize {
        let mut buckets = u8::MAX;
        let agree = |allowed: &u8| {
            buckets &= allowed;
            buckets != 0
        };
        self.allowed(text).take_while(agree).count()
    }

    /// The buckets of which a run can be at the start of a text, a bit for each. Nothing is known
    /// of bytes after the text.
    pub(super) fn buckets_at(&self, text: &[u8]) -> u8 {
        let mut buckets = u8::MAX;
        for allowed in self.allowed(text) {
            buckets &= allowed;
            if buckets == 0 {
                break;
            }
        }
        buckets
    }

    /// For each of the first bytes of a text, the buckets in which it can be there.
    fn allowed<'t>(&'t self, text: &'t [u8]) -> impl Iterator<Item = u8> + use<'t> {
        let tables = self.low.iter().zip(&self.high).take(self.depth);
        tables
            .zip(text)
            .map(|((low, high), byte)| low[usize::from(byte & 15)] & high[usize::from(byte >> 4)])
    }

    /// The places of a block where a run can be, a bit for each; and by place, the buckets of which
    /// one can be there, a bit for each. The kernel that all others are tested against.
    pub(super) fn places(&self, block: &[u8; BLOCK_BYTES], buckets: &mut [u8; BLOCK]) -> u64 {
        let mut places = 0;
        for (at, buckets) in buckets.iter_mut().enumerate() {
            *buckets = self.allowed(&block[at..]).fold(u8::MAX, |all, allowed| all & allowed);
            places |= u64::from(*buckets != 0) << at;
        }
        places
    }
}
