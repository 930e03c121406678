//! The sieve: two small tables that say of sixteen bytes of a text whether some literal may have them.
//!
//! Most literals have all sixteen bytes of a window. Folded and hashed they choose a word of the first table, and the last eight of
//! them a bit in each of its bytes, all of which must be set: a Bloom filter in blocks (Putze, Sanders, Singler, "Cache-, Hash- and
//! Space-Efficient Bloom Filters", 2007). All sixteen have a say in the word: literals share beginnings, and texts have those, too,
//! so a word that few bytes choose is full where it matters. Windows in which a literal ends are in the second table: there the
//! first four bytes choose a row of words and two bits, the next four the word in the row, and the third the other two bits. Where the
//! literal ends before it can choose, all is set. There is no branch, and no lookup waits for another.
//!
//! Windows are four bytes apart, so a 256-bit register of the text *is* the first four bytes of eight windows. AVX2
//! hashes them at once. The words are gathered by one instruction where that is fast, and else loaded one by one: on AMD's cores
//! up to Zen 4 it is not faster, and on Intel's of 2015 to 2021 it is slow since their microcode of 2023 (Intel, "Gather Data
//! Sampling", INTEL-SA-00828). The portable kernel does everything one by one; it is the reference, and the tests run all.

use std::ops::RangeInclusive;

use crate::mem::HugeSlice;

/// Windows that one call looks at; the windows before the last of them are whole groups of [`GROUP`].
pub(crate) const BLOCK: usize = 64;

/// Windows that are looked at together.
pub(crate) const GROUP: usize = 8;

/// Text bytes from one window to the next.
pub(crate) const STEP: usize = 4;

/// Fours of a window.
pub(crate) const FOURS: usize = 4;

/// Text bytes that a block's windows read, the last of them as one of a group.
pub(crate) const BLOCK_BYTES: usize = (BLOCK + GROUP) * STEP;

const _: () = assert!(FOURS <= GROUP, "a window ends in the next group at the latest");

/// Odd, with its ones spread: the golden ratio in 32 bits (Knuth's multiplicative hashing).
const MULTIPLIER: u32 = 0x9E37_79B1;

const FOLD_4: u32 = 0x2020_2020;

/// Which code looks the windows up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kernel {
    /// Runs everywhere.
    Portable,
    /// Needs AVX2, and the instructions for bits of its time. Loads words one by one.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// Needs the same. Gathers words.
    #[cfg(target_arch = "x86_64")]
    Avx2Gather,
}

impl Kernel {
    /// The fastest that this machine can run.
    pub fn detect() -> Self {
        #[cfg(target_arch = "x86_64")]
        if has_avx2() {
            // AVX-VNNI came with the first of Intel's cores that need no such microcode
            let gathers = std::arch::is_x86_feature_detected!("avxvnni");
            return if gathers { Self::Avx2Gather } else { Self::Avx2 };
        }
        Self::Portable
    }

    /// All that this machine can run.
    pub fn all() -> Vec<Self> {
        let mut all = vec![Self::Portable];
        #[cfg(target_arch = "x86_64")]
        if has_avx2() {
            all.extend([Self::Avx2, Self::Avx2Gather]);
        }
        all
    }
}

/// Whether there is AVX2, and what of instructions for bits has come with it.
#[cfg(target_arch = "x86_64")]
fn has_avx2() -> bool {
    use std::arch::is_x86_feature_detected as has;
    has!("avx2") && has!("bmi1") && has!("bmi2") && has!("lzcnt") && has!("popcnt")
}

/// The tables.
#[derive(Debug)]
pub(crate) struct Sieve {
    /// First those of the windows that a literal has as a whole: all its fours choose the word, the last two of them two bits each.
    /// Then those of the windows in which a literal ends: the first two fours choose the word, the first and the third two bits each.
    words: HugeSlice<u32>,
    /// So many are for whole windows.
    whole: usize,
    /// From a hash to its word, of whole windows and of others: there are 2^(32 - shift).
    shifts: [u32; 2],
    /// So many highest bits of the hash of a first four choose the row of a window in which a literal ends, alone.
    row_bits: u32,
    /// The bytes of a window's first four that count: all, or fewer where literals are shorter.
    mask: u32,
    /// Whether no literal has more than a window's first four. They choose the bits, too, then.
    alone: bool,
}

/// Which windows of a block pass, a bit for each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Passed {
    /// Those that a literal may have as a whole.
    pub(crate) whole: u64,
    /// Those in which a literal may end.
    pub(crate) partial: u64,
}

/// The hash of four folded bytes.
#[inline]
fn hash(four: u32) -> u32 {
    four.wrapping_mul(MULTIPLIER)
}

/// The hash of four bytes and of those behind them, from the hashes of both.
#[inline]
fn joined(four: u32, others: u32) -> u32 {
    four.wrapping_add(others >> JOIN)
}

/// By how much the second hash is moved: what is best mixed in it, even if moved three times, still reaches the bits that choose a
/// word.
const JOIN: u32 = 3;

/// The hash of a whole window, from those of its fours.
#[inline]
fn joined_all([first, second, third, fourth]: [u32; FOURS]) -> u32 {
    joined(first, joined(second, joined(third, fourth)))
}

/// The two of 16 bits that a hash chooses, one of each byte: by the highest bits of its upper bytes, which are mixed best.
#[inline]
fn pair(hash: u32) -> u32 {
    1 << (hash >> 21 & 7) | 0x100 << (hash >> 29)
}

/// What is left of the hash of a first four to choose bits with, once so many of its bits have chosen a row; twice, for where four
/// bytes are all there is. Which bits of it choose in the one and in the other, see [`pair`]: they are different ones.
#[inline]
fn again(hash: u32, row_bits: u32) -> [u32; 2] {
    [hash << row_bits, hash << (row_bits + 4)]
}

/// How many words a row has, as a power of two, where there are so many words and so many windows that know no second four: those are
/// in each word of a row, and are to fill no more than a quarter of all. What begins alike and knows more is told apart by the
/// word; more than a few dozen rows are needed for that, too.
fn bits_in_row(word_bits: u32, alone: usize) -> u32 {
    let bearable = (1_usize << word_bits >> 2) / alone.max(1);
    bearable.max(1).ilog2().min((word_bits - 2) / 2)
}

/// Words for whole windows, as a power of two: 4 KB to 512 KB. A list of 4,000 rules has 64 KB.
const WHOLE_BITS: RangeInclusive<u32> = 10..=17;

/// Words for windows in which a literal ends, as a power of two: 4 KB to 256 KB.
const PARTIAL_BITS: RangeInclusive<u32> = 10..=16;

impl Sieve {
    /// With room for so many windows, by how many fours after the first literals have of them. `width`: the bytes of the first
    /// four that count, 1 to 4; less than 4 only if there are no windows with more fours.
    pub(crate) fn new(windows: [usize; FOURS], width: usize) -> Self {
        let [none, one, two, whole] = windows;
        let alone = one + two + whole == 0;
        debug_assert!(alone || width == 4, "a window has fours behind one that does not count");
        // the sooner a literal ends, the more bits it sets: until the table is at its largest, one foreign window in 64 gets through
        let partial = if alone { none } else { 64 * none + 4 * one + two };
        let bits = |words: usize, range: RangeInclusive<u32>| {
            words.next_power_of_two().ilog2().clamp(*range.start(), *range.end())
        };
        let (whole_bits, partial_bits) = (bits(whole, WHOLE_BITS), bits(partial, PARTIAL_BITS));
        let in_row = if alone { 0 } else { bits_in_row(partial_bits, none) };
        Self {
            words: vec![0; (1 << whole_bits) + (1 << partial_bits)].into(),
            whole: 1 << whole_bits,
            shifts: [32 - whole_bits, 32 - partial_bits],
            row_bits: partial_bits - in_row,
            mask: u32::MAX >> (32 - 8 * width),
            alone,
        }
    }

    /// A window without those of its first four bytes that do not count.
    #[inline]
    pub(crate) fn masked(&self, [first, others @ ..]: [u32; FOURS]) -> [u32; FOURS] {
        let [second, third, fourth] = others;
        [first & self.mask, second, third, fourth]
    }

    /// The number of words.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// The words that a window looks up.
    pub(crate) fn words(&self, window: [u32; FOURS]) -> [usize; 2] {
        let [whole, partial] = self.shifts;
        let hashes = window.map(hash);
        let [first, second, ..] = hashes;
        let beginning = first ^ self.in_row(second);
        [(joined_all(hashes) >> whole) as usize, self.whole + (beginning >> partial) as usize]
    }

    /// The say that the hash of a second four has in which word of a row it is.
    #[inline]
    fn in_row(&self, second: u32) -> u32 {
        if self.alone { 0 } else { second >> self.row_bits }
    }

    /// The word of a literal's window. The last fours are 0 where the literal has ended.
    pub(crate) fn word(&self, window: [u32; FOURS]) -> usize {
        let [whole, partial] = self.words(window);
        if window[FOURS - 1] == 0 { partial } else { whole }
    }

    /// Lets a literal's window through.
    pub(crate) fn add(&mut self, window: [u32; FOURS]) {
        let [first, second, third, fourth] = window;
        let choice = |four: u32| if four == 0 { 0xFFFF } else { pair(hash(four)) };
        let [own_low, own_high] = again(hash(first), self.row_bits).map(pair);
        let (low, high) = match fourth {
            0 if self.alone => (own_low, own_high),
            0 => (own_low, choice(third)),
            _ => (choice(third), choice(fourth)),
        };
        let word = self.word(window);
        let mut words = word..word + 1;
        if second == 0 {
            // wherever in its row a text's second four is
            let row = 1 << (32 - self.shifts[1] - self.row_bits);
            words.start = self.whole + (word - self.whole) / row * row;
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

    /// Looks up the windows at every fourth byte of `block`, `groups` times [`GROUP`] of them.
    #[inline]
    pub(crate) fn sift(&self, block: &[u8; BLOCK_BYTES], groups: usize, kernel: Kernel) -> Passed {
        match kernel {
            Kernel::Portable => self.sift_portably(block, groups),
            #[cfg(target_arch = "x86_64")]
            // SAFETY: `Prefilter` takes no kernel that this machine cannot run.
            Kernel::Avx2 => unsafe { self.sift_with_avx2::<false>(block, groups) },
            #[cfg(target_arch = "x86_64")]
            // SAFETY: as above.
            Kernel::Avx2Gather => unsafe { self.sift_with_avx2::<true>(block, groups) },
        }
    }

    fn sift_portably(&self, block: &[u8; BLOCK_BYTES], groups: usize) -> Passed {
        let (fours, _) = block.as_chunks::<STEP>();
        let (whole, partial) = self.words.split_at(self.whole);
        let [whole_shift, partial_shift] = self.shifts;
        let four = |at: usize| u32::from_le_bytes(fours[at]) | FOLD_4;
        let pass =
            |word: u32, low: u32, high: u32| u64::from((pair(low) | pair(high) << 16) & !word == 0);
        let mut passed = Passed::default();
        let (mut first, mut second, mut third) = (hash(four(0)), hash(four(1)), hash(four(2)));
        for at in 0..(groups * GROUP).min(BLOCK) {
            let fourth = hash(four(at + 3));
            let all = joined_all([first, second, third, fourth]);
            let word = whole[(all >> whole_shift) as usize];
            passed.whole |= pass(word, third, fourth) << at;
            let own = if self.alone { hash(four(at) & self.mask) } else { first };
            let [low, own_high] = again(own, self.row_bits);
            let high = if self.alone { own_high } else { third };
            let word = partial[((own ^ self.in_row(second)) >> partial_shift) as usize];
            passed.partial |= pass(word, low, high) << at;
            (first, second, third) = (second, third, fourth);
        }
        passed
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    fn sift_with_avx2<const GATHER: bool>(
        &self,
        block: &[u8; BLOCK_BYTES],
        groups: usize,
    ) -> Passed {
        use std::arch::x86_64::{
            __m256i, _mm256_add_epi32, _mm256_alignr_epi8, _mm256_and_si256, _mm256_andnot_si256,
            _mm256_blend_epi16, _mm256_castsi256_ps, _mm256_cmpeq_epi32, _mm256_extract_epi64,
            _mm256_i32gather_epi32, _mm256_loadu_si256, _mm256_movemask_ps, _mm256_mullo_epi32,
            _mm256_or_si256, _mm256_permute2x128_si256, _mm256_set1_epi32, _mm256_set1_epi64x,
            _mm256_setr_epi32, _mm256_setzero_si256, _mm256_shuffle_epi8, _mm256_sllv_epi32,
            _mm256_srli_epi32, _mm256_srlv_epi32, _mm256_xor_si256,
        };
        let every = |lane: u32| _mm256_set1_epi32(lane.cast_signed());
        let (multiplier, fold, mask) = (every(MULTIPLIER), every(FOLD_4), every(self.mask));
        let (whole, partial) = self.words.split_at(self.whole);
        let [whole_shift, partial_shift] = self.shifts.map(every);
        let row_bits = every(self.row_bits);
        // `pair` of `again`, both shifts of each hash in one
        let (low_shift, high_shift) = (every(21 - self.row_bits), every(self.row_bits - 1));
        let fours = |group: usize| {
            let bytes: &[u8] = &block[group * GROUP * STEP..][..GROUP * STEP];
            #[expect(clippy::cast_ptr_alignment, reason = "the load needs none")]
            // SAFETY: the slice is 32 bytes long.
            let eight = unsafe { _mm256_loadu_si256(bytes.as_ptr().cast::<__m256i>()) };
            _mm256_or_si256(eight, fold)
        };
        let hashed = |fours: __m256i| _mm256_mullo_epi32(fours, multiplier);
        let joined = |fours: __m256i, others: __m256i| {
            _mm256_add_epi32(fours, _mm256_srli_epi32::<{ JOIN.cast_signed() }>(others))
        };
        let look_up = |words: &[u32], index: __m256i| {
            if GATHER {
                // SAFETY: an index is a hash shifted right so far that there are more words, and is not negative
                return unsafe { _mm256_i32gather_epi32::<4>(words.as_ptr().cast(), index) };
            }
            // SAFETY: as above
            let word = |index: i64| unsafe {
                words.get_unchecked(index.cast_unsigned() as u32 as usize).cast_signed()
            };
            let pairs = (
                _mm256_extract_epi64::<0>(index),
                _mm256_extract_epi64::<1>(index),
                _mm256_extract_epi64::<2>(index),
                _mm256_extract_epi64::<3>(index),
            );
            _mm256_setr_epi32(
                word(pairs.0),
                word(pairs.0 >> 32),
                word(pairs.1),
                word(pairs.1 >> 32),
                word(pairs.2),
                word(pairs.2 >> 32),
                word(pairs.3),
                word(pairs.3 >> 32),
            )
        };
        // a number of three bits in each byte becomes the bit of that number
        let numbers = _mm256_set1_epi32(0x0707_0707);
        let bits = _mm256_set1_epi64x(0x8040_2010_0804_0201_u64.cast_signed());
        // which words have all four bits, whose numbers are in the lower two bytes of `low` and in the upper two of `high`
        let pass = |words: __m256i, low: __m256i, high: __m256i| {
            let both = _mm256_blend_epi16::<0xAA>(low, high);
            let wanted = _mm256_shuffle_epi8(bits, _mm256_and_si256(both, numbers));
            let missing = _mm256_andnot_si256(words, wanted);
            let none = _mm256_cmpeq_epi32(missing, _mm256_setzero_si256());
            u64::from(_mm256_movemask_ps(_mm256_castsi256_ps(none)).cast_unsigned())
        };
        let mut passed = Passed::default();
        // a four is hashed once, and then is the first of its window, the second of the one before, and so on
        let mut own = fours(0);
        let mut here = hashed(own);
        for group in 0..groups.min(BLOCK / GROUP) {
            let next_own = fours(group + 1);
            let next = hashed(next_own);
            let across = _mm256_permute2x128_si256::<0x21>(here, next);
            let second = _mm256_alignr_epi8::<4>(across, here);
            let third = _mm256_alignr_epi8::<8>(across, here);
            let fourth = _mm256_alignr_epi8::<12>(across, here);
            let all = joined(here, joined(second, joined(third, fourth)));
            let found = look_up(whole, _mm256_srlv_epi32(all, whole_shift));
            let (low, high) = (_mm256_srli_epi32::<21>(third), _mm256_srli_epi32::<5>(fourth));
            passed.whole |= pass(found, low, high) << (group * GROUP);
            let (first, chooser, high) = if self.alone {
                let alone = hashed(_mm256_and_si256(own, mask));
                (alone, alone, _mm256_sllv_epi32(alone, high_shift))
            } else {
                let in_row = _mm256_srlv_epi32(second, row_bits);
                (here, _mm256_xor_si256(here, in_row), _mm256_srli_epi32::<5>(third))
            };
            let found = look_up(partial, _mm256_srlv_epi32(chooser, partial_shift));
            passed.partial |=
                pass(found, _mm256_srlv_epi32(first, low_shift), high) << (group * GROUP);
            (own, here) = (next_own, next);
        }
        passed
    }

    /// Bytes of memory.
    pub(crate) fn memory(&self) -> usize {
        size_of_val(&*self.words)
    }
}
