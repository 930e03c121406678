//! The sieve's table, and the hashes that select in it.

use std::ops::RangeInclusive;

use crate::mem::{HugeSlice, written_zeros};
use crate::prefilter::hash::MULTIPLIER_32;
use crate::prefilter::lengths::{GRAMS, STEP};

/// Words, as a power of two: 4 KB to 512 KB. A list of 4,000 rules has 64 KB.
const WORD_BITS: RangeInclusive<u32> = 10..=17;

/// Another multiplier for the same 4-grams: the upper half of the golden ratio's next 64 bits, odd.
pub(super) const OTHER_MULTIPLIER: u32 = 0xF39C_C061;

/// In a hash that is shifted right by this, its highest three bits are the lowest ones of byte 2;
/// or of byte 3.
pub(super) const TO_BYTE: [u32; 2] = [13, 5];

/// The table.
#[derive(Debug)]
pub(crate) struct Sieve {
    words: HugeSlice<u32>,
    /// How far a selector is shifted right to become an index of a word: `32 - bits`, where the
    /// table has `1 << bits` words.
    pub(super) shift: u32,
    /// Number of high hash bits that select the row of a window.
    pub(super) row_bits: u32,
    /// How far the hash of the first 4-gram is shifted right so that bits that select neither row
    /// nor word number a bit of byte 0 and one of byte 1.
    pub(super) own_shift: u32,
    /// The bytes of a window's first 4-gram that select: all, or three if a literal has no more.
    pub(super) mask: u32,
    /// Whether no literal has more than a window's first 4-gram. Then that selects all bits.
    pub(super) short: bool,
}

/// The hash of a folded 4-gram.
#[inline]
pub(super) fn hash(gram: u32) -> u32 {
    gram.wrapping_mul(MULTIPLIER_32)
}

/// Words in a row, as a power of two.
///
/// A window with one 4-gram sets bits in every word of its row. `single` such windows may fill a
/// sixteenth of the table of `1 << word_bits` words. Windows with a common first 4-gram are told
/// apart by the word in the row; that needs a few dozen words, and rows, too.
fn bits_in_row(word_bits: u32, single: usize) -> u32 {
    let bearable = (1_usize << word_bits >> 4) / single.max(1);
    bearable.max(1).ilog2().min((word_bits - 2) / 2)
}

impl Sieve {
    /// An empty sieve, as large as the windows to come need. `windows`: how many of them have one
    /// 4-gram of a literal, two, three, all four. `width`: bytes of the first 4-gram that every
    /// literal has, 3 or 4; 3 only if all windows have one 4-gram.
    pub(crate) fn new(windows: [usize; GRAMS], width: usize) -> Self {
        let [one, two, three, whole] = windows;
        let short = two + three + whole == 0;
        debug_assert!(short || width == STEP, "bytes of a window count after some that do not");
        // A window with fewer 4-grams sets more bits. With these weights fewer than one foreign
        // window in 100 passes until the table has its largest size.
        let words = if short { one } else { 16 * one + 4 * two + 2 * three + whole };
        let (least, most) = WORD_BITS.into_inner();
        let bits = words.next_power_of_two().ilog2().clamp(least, most);
        let row_bits = if short { bits } else { bits - bits_in_row(bits, one) };
        Self {
            words: written_zeros(1 << bits).into(),
            shift: u32::BITS - bits,
            row_bits,
            own_shift: 21 - row_bits,
            mask: u32::MAX >> (u32::BITS - 8 * width as u32),
            short,
        }
    }

    /// The table: `1 << (32 - shift)` words.
    #[inline]
    pub(super) fn words(&self) -> &[u32] {
        debug_assert_eq!(self.words.len(), 1 << (u32::BITS - self.shift));
        &self.words
    }

    /// The word that a selector selects, once it is shifted right by `shift`.
    ///
    /// # Safety
    ///
    /// `index` is such a selector.
    #[inline]
    #[cfg_attr(not(any(target_arch = "x86_64", target_arch = "aarch64")), expect(dead_code))]
    pub(super) unsafe fn selected(&self, index: u32) -> u32 {
        let words = self.words();
        debug_assert!((index as usize) < words.len());
        // SAFETY: 32 bits that are shifted right by `shift` are less than `1 << (32 - shift)`,
        // which is the number of words
        unsafe { *words.get_unchecked(index as usize) }
    }

    /// The number of words.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// The word that a window looks up, of a text or of a literal.
    #[inline]
    pub(crate) fn word(&self, [first, second, ..]: [u32; GRAMS]) -> usize {
        let place_in_row = if self.short { 0 } else { hash(second) >> self.row_bits };
        ((hash(first & self.mask) ^ place_in_row) >> self.shift) as usize
    }

    /// Whether a window of a text passes.
    #[inline]
    pub(crate) fn passes(&self, window: [u32; GRAMS]) -> bool {
        let wanted = Self::bits(self.numbers(window));
        wanted & !self.words()[self.word(window)] == 0
    }

    /// The bits that a text's window needs, one in each byte of its word, from their
    /// [numbers](Self::numbers).
    #[inline]
    pub(super) fn bits([first, third, fourth]: [u32; 3]) -> u32 {
        1 << (first & 7)
            | 1 << ((first >> 8 & 7) + 8)
            | 1 << ((third >> 16 & 7) + 16)
            | 1 << ((fourth >> 24 & 7) + 24)
    }

    /// The numbers of a window's bits: bytes 0 and 1 of the first result have one each in their
    /// lowest three bits, byte 2 of the second, byte 3 of the third.
    #[inline]
    pub(super) fn numbers(&self, [first, _, third, fourth]: [u32; GRAMS]) -> [u32; 3] {
        let own = hash(first & self.mask) >> self.own_shift;
        let [third, fourth] = if self.short {
            let other = first.wrapping_mul(OTHER_MULTIPLIER);
            [other, other << 3]
        } else {
            [hash(third), hash(fourth)]
        };
        [own, third >> TO_BYTE[0], fourth >> TO_BYTE[1]]
    }

    /// Lets a literal's window pass. 4-grams after the literal's end are 0.
    pub(crate) fn add(&mut self, window: [u32; GRAMS]) {
        let [first, second, third, fourth] = window;
        let mut bits = Self::bits(self.numbers(window));
        // whatever the text has after the literal's end
        let [any_third, any_fourth] =
            if self.short { [first >> 24 == 0; 2] } else { [third == 0, fourth == 0] };
        bits |= if any_third { 0xFF << 16 } else { 0 } | if any_fourth { 0xFF << 24 } else { 0 };
        let word = self.word(window);
        let mut words = word..word + 1;
        if second == 0 && !self.short {
            // the text's second 4-gram can select any word of the row
            let row = 1 << (u32::BITS - self.shift - self.row_bits);
            words.start = word / row * row;
            words.end = words.start + row;
        }
        for word in &mut self.words[words] {
            *word |= bits;
        }
    }

    /// How many of a word's bits are set.
    pub(crate) fn load(&self, word: usize) -> u32 {
        self.words[word].count_ones()
    }
}
