//! The sieve's two tables, and the hashes that select in them.

use std::ops::RangeInclusive;

use crate::mem::HugeSlice;
use crate::prefilter::hash::MULTIPLIER_32;
use crate::prefilter::lengths::GRAMS;

/// Words for whole windows, as a power of two: 4 KB to 512 KB. A list of 4,000 rules has 64 KB.
const WHOLE_BITS: RangeInclusive<u32> = 10..=17;

/// Words for partial windows, as a power of two: 4 KB to 256 KB.
const PARTIAL_BITS: RangeInclusive<u32> = 10..=16;

/// By how much the hash of the rest is shifted before it is added. Its best mixed bits, the
/// highest, still reach the bits that select a word when they are shifted three times.
pub(super) const JOIN: u32 = 3;

/// The tables.
#[derive(Debug)]
pub(crate) struct Sieve {
    /// The table of whole windows, then the table of partial ones.
    words: HugeSlice<u32>,
    /// Words in the table of whole windows.
    whole_words: usize,
    /// How far a hash is shifted right to become an index of a word: `32 - bits`, where the table
    /// has `1 << bits` words. Of the table of whole windows, and of the other.
    pub(super) shifts: [u32; 2],
    /// Number of high hash bits that select the row of a partial window.
    pub(super) row_bits: u32,
    /// The bytes of a window's first 4-gram that count: all, or fewer where literals are shorter.
    pub(super) mask: u32,
    /// Whether no literal has more than a window's first 4-gram. Then that selects all bits.
    pub(super) single_gram: bool,
}

/// The hash of a folded 4-gram.
#[inline]
pub(super) fn hash(gram: u32) -> u32 {
    gram.wrapping_mul(MULTIPLIER_32)
}

/// The hash of a window, from the hashes of its 4-grams.
#[inline]
pub(super) fn hash_of_window([first, second, third, fourth]: [u32; GRAMS]) -> u32 {
    let joined = |hash: u32, rest: u32| hash.wrapping_add(rest >> JOIN);
    joined(first, joined(second, joined(third, fourth)))
}

/// The two of 16 bits that a hash selects, one in each byte: by the highest bits of its two upper
/// bytes, which are mixed best.
#[inline]
pub(super) fn bit_pair(hash: u32) -> u32 {
    1 << (hash >> 21 & 7) | 0x100 << (hash >> 29)
}

/// What the hash of a first 4-gram can still select bits with after its highest `row_bits` bits
/// have selected a row: for the lower bit pair, and for the upper one where no other 4-gram selects
/// that. [`bit_pair`] uses different bits of the two.
#[inline]
pub(super) fn own_bits(hash: u32, row_bits: u32) -> [u32; 2] {
    [hash << row_bits, hash << (row_bits + 4)]
}

/// Words in a row, as a power of two.
///
/// A window with one 4-gram sets bits in every word of its row. `single` such windows may fill a
/// quarter of the table of `1 << word_bits` words. Windows with a common first 4-gram and a second
/// one are told apart by the word in the row; that needs a few dozen rows, too.
fn bits_in_row(word_bits: u32, single: usize) -> u32 {
    let bearable = (1_usize << word_bits >> 2) / single.max(1);
    bearable.max(1).ilog2().min((word_bits - 2) / 2)
}

impl Sieve {
    /// An empty sieve, as large as the windows to come need. `windows`: how many of them have one
    /// 4-gram of a literal, two, three, all four. `width`: bytes of the first 4-gram that count, 1
    /// to 4; less than 4 only if all windows have one 4-gram.
    pub(crate) fn new(windows: [usize; GRAMS], width: usize) -> Self {
        let [one, two, three, whole] = windows;
        let single_gram = two + three + whole == 0;
        debug_assert!(single_gram || width == 4, "bytes of a window count after some that do not");
        // A window with fewer 4-grams sets more bits. With these weights one foreign window in 64
        // passes until the table has its largest size.
        let partial = if single_gram { one } else { 64 * one + 4 * two + three };
        let bits = |words: usize, range: RangeInclusive<u32>| {
            words.next_power_of_two().ilog2().clamp(*range.start(), *range.end())
        };
        let (whole_bits, partial_bits) = (bits(whole, WHOLE_BITS), bits(partial, PARTIAL_BITS));
        let in_row = if single_gram { 0 } else { bits_in_row(partial_bits, one) };
        Self {
            words: vec![0; (1 << whole_bits) + (1 << partial_bits)].into(),
            whole_words: 1 << whole_bits,
            shifts: [u32::BITS - whole_bits, u32::BITS - partial_bits],
            row_bits: partial_bits - in_row,
            mask: u32::MAX >> (32 - 8 * width),
            single_gram,
        }
    }

    /// The tables of whole and of partial windows. Each has `1 << (32 - shift)` words: a hash that
    /// is shifted right by the table's shift is an index.
    #[inline]
    pub(super) fn tables(&self) -> (&[u32], &[u32]) {
        let (whole, partial) = self.words.split_at(self.whole_words);
        debug_assert_eq!(
            [whole.len(), partial.len()],
            self.shifts.map(|shift| 1 << (u32::BITS - shift))
        );
        (whole, partial)
    }

    /// A window without the bytes of its first 4-gram that do not count.
    #[inline]
    pub(crate) fn masked(&self, [first, others @ ..]: [u32; GRAMS]) -> [u32; GRAMS] {
        let [second, third, fourth] = others;
        [first & self.mask, second, third, fourth]
    }

    /// The number of words in both tables.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// The two words that a window of a text looks up, counted over both tables.
    pub(crate) fn words(&self, window: [u32; GRAMS]) -> [usize; 2] {
        let [whole, partial] = self.shifts;
        let hashes = window.map(hash);
        let [first, second, ..] = hashes;
        let selector = first ^ self.place_in_row(second);
        [
            (hash_of_window(hashes) >> whole) as usize,
            self.whole_words + (selector >> partial) as usize,
        ]
    }

    /// What the hash of a second 4-gram adds to the selection of a word.
    #[inline]
    pub(super) fn place_in_row(&self, second: u32) -> u32 {
        if self.single_gram { 0 } else { second >> self.row_bits }
    }

    /// The word of a literal's window. 4-grams after the literal's end are 0.
    pub(crate) fn word(&self, window: [u32; GRAMS]) -> usize {
        let [whole, partial] = self.words(window);
        if window[GRAMS - 1] == 0 { partial } else { whole }
    }

    /// Lets a literal's window pass.
    pub(crate) fn add(&mut self, window: [u32; GRAMS]) {
        let [first, second, third, fourth] = window;
        let bits_of = |gram: u32| if gram == 0 { 0xFFFF } else { bit_pair(hash(gram)) };
        let [own_low, own_high] = own_bits(hash(first), self.row_bits).map(bit_pair);
        let (low, high) = match fourth {
            0 if self.single_gram => (own_low, own_high),
            0 => (own_low, bits_of(third)),
            _ => (bits_of(third), bits_of(fourth)),
        };
        let word = self.word(window);
        let mut words = word..word + 1;
        if second == 0 {
            // the text's second 4-gram can select any word of the row
            let row = 1 << (u32::BITS - self.shifts[1] - self.row_bits);
            words.start = self.whole_words + (word - self.whole_words) / row * row;
            words.end = words.start + row;
        }
        for word in &mut self.words[words] {
            *word |= low | high << 16;
        }
    }

    /// How many of a word's bits are set.
    pub(crate) fn load(&self, word: usize) -> u32 {
        self.words[word].count_ones()
    }
}
