//! The literals of some lengths, and where in them to look: from a window of the text to the literals that have it.
//!
//! Windows are looked at every `stride` bytes of the text. A literal is therefore entered once for each place that its
//! begin can have between two of them, each time at the offset whose bytes are rarest.

use super::fold::{folded_8, folded_12, has_folded};
use super::rarity::Rarity;
use super::sieve::{BLOCK, BLOCK_BYTES, GROUP, Kernel, STEP, Sieve};

/// A literal of the whole prefilter, by its number.
pub(super) type LiteralId = u32;

/// Entries of a bucket whose tags are compared at once.
const GLANCE: usize = 4;

/// What a bit that is set already in a window's word adds to the window's cost: a full word lets everything through.
const BIT_COST: u32 = 4;

/// What it adds that the word is looked up for nearly every text.
const FREQUENT_COST: u32 = 64;

/// The sieve's size, as a power of two: from 4 KB to 512 KB. A list of 4,000 rules has 64 KB.
const WORD_BITS: std::ops::RangeInclusive<u32> = 10..=17;

/// A literal as seen through one of its windows.
#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    /// Eight other bytes of the literal, all of it if it has no more: what fails here costs no look at the literal.
    check: u64,
    literal: LiteralId,
    /// Where the window begins in the literal.
    at: u8,
    /// Where the check begins, from the window's begin.
    check_from_window: i8,
    /// How many bits of the check do not count: the literal is shorter.
    unused: u8,
}

impl Entry {
    /// Whether the text around the window at `at` agrees with the check.
    #[inline]
    fn agrees(&self, text: &[u8], at: usize) -> bool {
        // what would be before the text is far after it, where there is nothing either
        let check_at = at.wrapping_add_signed(isize::from(self.check_from_window));
        (folded_8(text, check_at) ^ self.check) << self.unused == 0
    }
}

/// Entries by the hash of their window.
#[derive(Debug)]
struct Buckets {
    /// Where the entries of a bucket begin; one more than there are buckets.
    begins: Box<[u32]>,
    shift: u32,
    /// Of each entry some more of its hash, and at the end [`GLANCE`] that belong to none.
    tags: Box<[u16]>,
    entries: Box<[Entry]>,
}

impl Buckets {
    fn new(hashed: &[(u64, Entry)]) -> Self {
        let bits = hashed.len().max(2).ilog2().min(24);
        let shift = 64 - bits;
        let mut begins = vec![0_u32; (1 << bits) + 1];
        for (hash, _) in hashed {
            begins[(hash >> shift) as usize + 1] += 1;
        }
        for at in 1..begins.len() {
            begins[at] += begins[at - 1];
        }
        let mut next = begins.clone();
        let mut tags = vec![0; hashed.len() + GLANCE];
        let mut entries = vec![Entry::default(); hashed.len()];
        for &(hash, entry) in hashed {
            let next = &mut next[(hash >> shift) as usize];
            tags[*next as usize] = tag(hash);
            entries[*next as usize] = entry;
            *next += 1;
        }
        Self { begins: begins.into(), shift, tags: tags.into(), entries: entries.into() }
    }

    /// The entries of a bucket, none if a glance at their tags shows that none has this hash.
    ///
    /// Most buckets have few entries and most windows that the sieve lets through belong to none of them, but how many
    /// there are is not predictable. So [`GLANCE`] tags are compared at once, even if they are the next bucket's: a false
    /// alarm then, which costs a look at the entries.
    #[inline]
    fn get(&self, hash: u64) -> &[Entry] {
        let bucket = (hash >> self.shift) as usize;
        let (begin, end) = (self.begins[bucket] as usize, self.begins[bucket + 1] as usize);
        let Some(tags) = self.tags.get(begin..).and_then(|tags| tags.first_chunk::<GLANCE>())
        else {
            return &[];
        };
        let mut any = false;
        for &other in tags {
            any |= other == tag(hash);
        }
        if any || end > begin + GLANCE { &self.entries[begin..end] } else { &[] }
    }

    fn memory(&self) -> usize {
        size_of_val(&*self.begins) + size_of_val(&*self.tags) + size_of_val(&*self.entries)
    }
}

/// The bits of a hash that say most after those that choose the bucket.
fn tag(hash: u64) -> u16 {
    (hash >> 24) as u16
}

/// Literals that are looked for with the same stride.
#[derive(Debug)]
pub(super) struct Index {
    sieve: Sieve,
    stride: usize,
    width: usize,
    levels: Vec<Level>,
}

/// The windows of which so many fours besides the first are known, before their literal ends.
#[derive(Debug)]
struct Level {
    known: usize,
    buckets: Buckets,
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
        let word_bits = (half_words / 2).next_power_of_two().ilog2();
        let mut sieve = Sieve::new(word_bits.clamp(*WORD_BITS.start(), *WORD_BITS.end()), width);
        let mut frequent = vec![false; sieve.len()];
        for at in 0..rarity.background().len() {
            frequent[sieve.word(folded_12(rarity.background(), at))] = true;
        }
        // most literals are long enough for a whole window at each place
        let mut levels = [Vec::new(), Vec::new(), Vec::with_capacity(literals.len() * stride)];
        let mut costs = Vec::new();
        for (id, literal) in literals {
            rarity.window_costs(literal, &mut costs);
            let rarest = (0..costs.len()).min_by_key(|&at| costs[at]).unwrap_or(0);
            for place in 0..stride {
                let offsets = (place..=literal.len() - width).step_by(stride);
                let cost = |&at: &usize| {
                    let word = sieve.word([first_four(literal, at), 0, 0]);
                    costs[at]
                        + BIT_COST * sieve.load(word)
                        + FREQUENT_COST * u32::from(frequent[word])
                };
                let at = offsets.min_by_key(cost).unwrap_or(place);
                let window = window(literal, at);
                sieve.add(window);
                let known = window.iter().skip(1).filter(|&&four| four != 0).count();
                let entry = enter(id, literal, at, rarest);
                levels[known].push((hash(&sieve, window, known), entry));
            }
        }
        let levels = levels.iter().zip(0..).filter(|(entries, _)| !entries.is_empty());
        let levels = levels.map(|(entries, known)| Level { known, buckets: Buckets::new(entries) });
        let levels = levels.collect();
        Some(Self { sieve, stride, width, levels })
    }

    /// Calls `found` with each place of `text` that has a literal: its number. `literal` knows its bytes.
    #[inline]
    pub(super) fn scan<'l>(
        &self,
        text: &[u8],
        kernel: Kernel,
        literal: impl Fn(LiteralId) -> &'l [u8],
        mut found: impl FnMut(LiteralId),
    ) {
        for phase in (0..STEP).step_by(self.stride) {
            let mut at = phase;
            while let Some(block) = text.get(at..).and_then(|rest| rest.first_chunk()) {
                let passed = self.sieve.sift(block, BLOCK / GROUP, kernel);
                self.look(text, at, passed, &literal, &mut found);
                at += BLOCK * STEP;
            }
            // The last windows read beyond the text: they get a copy, which may take two blocks.
            while at + self.width <= text.len() {
                let rest = &text[at..text.len().min(at + BLOCK_BYTES)];
                let mut block = [0; BLOCK_BYTES];
                block[..rest.len()].copy_from_slice(rest);
                let windows = (text.len() - at - self.width) / STEP + 1;
                let groups = windows.div_ceil(GROUP).min(BLOCK / GROUP);
                let passed = self.sieve.sift(&block, groups, kernel);
                self.look(text, at, passed, &literal, &mut found);
                at += BLOCK * STEP;
            }
        }
    }

    /// Looks closer at the windows that passed, the first of which would be at `begin`.
    #[inline]
    fn look<'l>(
        &self,
        text: &[u8],
        begin: usize,
        mut passed: u64,
        literal: &impl Fn(LiteralId) -> &'l [u8],
        found: &mut impl FnMut(LiteralId),
    ) {
        while passed != 0 {
            let at = begin + passed.trailing_zeros() as usize * STEP;
            passed &= passed - 1;
            let window = folded_12(text, at);
            let word = self.sieve.word(window);
            for level in &self.levels {
                if !self.sieve.may_end_after(word, level.known) {
                    continue;
                }
                for entry in level.buckets.get(hash(&self.sieve, window, level.known)) {
                    let begin = at.wrapping_sub(entry.at.into());
                    if entry.agrees(text, at) && has_folded(text, begin, literal(entry.literal)) {
                        found(entry.literal);
                    }
                }
            }
        }
    }

    /// Bytes of memory.
    pub(super) fn memory(&self) -> usize {
        self.sieve.memory() + self.levels.iter().map(|level| level.buckets.memory()).sum::<usize>()
    }
}

/// Half words of the sieve that a literal of this length should have, such that one foreign window in a hundred gets
/// through: the sooner it ends after its windows, the more of its words' bits are set.
fn half_words_for(length: usize, stride: usize) -> usize {
    let by_place = (0..stride).map(|place| match length - place.min(length) {
        12.. => 1,
        8.. => 8,
        _ => 64,
    });
    by_place.sum()
}

/// The first four bytes of a literal's window, as far as the literal has them.
fn first_four(literal: &[u8], at: usize) -> u32 {
    match literal[at..].first_chunk() {
        Some(four) => u32::from_le_bytes(*four),
        None => folded_8(literal, at) as u32,
    }
}

/// A literal's window. A four that is not wholly the literal's is 0, but for the first, of which the index knows how
/// much counts.
fn window(literal: &[u8], at: usize) -> [u32; 3] {
    let [first, second, third] = folded_12(literal, at);
    let whole = |four: u32| if four >> 24 == 0 { 0 } else { four };
    [first, whole(second), whole(third)]
}

/// The hash of a window of which the first four and `known` fours after it count.
#[inline]
fn hash(sieve: &Sieve, window: [u32; 3], known: usize) -> u64 {
    let mut hash = u64::from(sieve.hash(window));
    for &four in &window[1..=known] {
        hash = (hash.rotate_left(29) ^ u64::from(four)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
    hash.wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// The entry of a literal for its window at `at`. The check is at `rarest`, or where it overlaps the window least.
fn enter(id: LiteralId, literal: &[u8], at: usize, rarest: usize) -> Entry {
    let last = literal.len().saturating_sub(8);
    let check = match rarest.min(last) {
        apart if apart.abs_diff(at) >= 8 => apart,
        _ if at > last - at.min(last) => 0,
        _ => last,
    };
    Entry {
        check: folded_8(literal, check),
        literal: id,
        at: at as u8,
        check_from_window: check.wrapping_sub(at) as i8,
        unused: 8 * (8 - literal.len().min(8)) as u8,
    }
}
