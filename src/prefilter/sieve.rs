//! The sieve: two small tables that say of sixteen bytes of a text whether some literal may have them.
//!
//! The first eight bytes, folded and hashed, choose a word of the larger table; the next four one of its lower 16 bits, the last
//! four one of its upper 16, and both must be set: a Bloom filter in blocks (Putze, Sanders, Singler, "Cache-, Hash- and
//! Space-Efficient Bloom Filters", 2007). A literal that ends before the sixteenth byte sets all bits that it cannot choose. One
//! that ends before the eighth, of which there are few, is in the smaller table, which has a bit for the first four bytes. There is
//! no branch, and no lookup waits for another.
//!
//! Windows are four bytes apart, so a 256-bit register of the text *is* the first four bytes of eight windows. AVX2
//! hashes them at once. The words are gathered by one instruction where that is fast, and else loaded one by one: on AMD's cores
//! up to Zen 4 it is not faster, and on Intel's of 2015 to 2021 it is slow since their microcode of 2023 (Intel, "Gather Data
//! Sampling", INTEL-SA-00828). The portable kernel does everything one by one; it is the reference, and the tests run all.

/// Windows that one call looks at; the windows before the last of them are whole groups of [`GROUP`].
pub(super) const BLOCK: usize = 64;

/// Windows that are looked at together.
pub(super) const GROUP: usize = 8;

/// Text bytes from one window to the next.
pub(super) const STEP: usize = 4;

/// Fours of a window.
pub(super) const FOURS: usize = 4;

/// Text bytes that a block's windows read, the last of them as one of a group.
pub(super) const BLOCK_BYTES: usize = (BLOCK + GROUP) * STEP;

const _: () = assert!(FOURS <= GROUP, "a window ends in the next group at the latest");

/// Odd, with its ones spread: the golden ratio in 32 bits (Knuth's multiplicative hashing).
const MULTIPLIER: u32 = 0x9E37_79B1;

const FOLD_4: u32 = 0x2020_2020;

/// Which code looks the windows up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kernel {
    /// Runs everywhere.
    Portable,
    /// Needs AVX2. Loads words one by one.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// Needs AVX2. Gathers words.
    #[cfg(target_arch = "x86_64")]
    Avx2Gather,
}

impl Kernel {
    /// The fastest that this machine can run.
    pub fn detect() -> Self {
        #[cfg(target_arch = "x86_64")]
        if std::arch::is_x86_feature_detected!("avx2") {
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
        if std::arch::is_x86_feature_detected!("avx2") {
            all.extend([Self::Avx2, Self::Avx2Gather]);
        }
        all
    }
}

/// The tables.
#[derive(Debug)]
pub(super) struct Sieve {
    words: Box<[u32]>,
    /// From a hash to its word's index: `words` has 2^(32 - shift).
    shift: u32,
    /// Those that stand for a literal alone.
    fours: Fours,
    /// The bytes of a window's first four that count: all, or fewer where literals are shorter.
    mask: u32,
}

/// A set of fours, nearly: it has some that are not in it.
#[derive(Debug)]
pub(super) struct Fours {
    /// A bit for each hash.
    bits: Box<[u32]>,
    /// From a hash to its bit: there are 2^(32 - shift).
    shift: u32,
}

impl Fours {
    pub(super) fn new(fours: impl ExactSizeIterator<Item = u32>) -> Self {
        let mut set = Self::with_room(fours.len());
        fours.for_each(|four| set.add(four));
        set
    }

    fn with_room(fours: usize) -> Self {
        let bits = (fours.max(1).next_power_of_two().ilog2() + BITS_PER_FOUR).clamp(10, 22);
        Self { bits: vec![0; 1 << (bits - 5)].into(), shift: 32 - bits }
    }

    fn add(&mut self, four: u32) {
        let bit = hash(four) >> self.shift;
        self.bits[bit as usize / 32] |= 1 << (bit % 32);
    }

    #[inline]
    pub(super) fn has(&self, four: u32) -> bool {
        self.has_hash(hash(four)) & 1 == 1
    }

    /// In the lowest bit of what it gives.
    #[inline]
    fn has_hash(&self, hash: u32) -> u32 {
        let bit = hash >> self.shift;
        self.bits[bit as usize / 32] >> (bit % 32)
    }

    pub(super) fn memory(&self) -> usize {
        size_of_val(&*self.bits)
    }
}

/// Bits of the smaller table for each four that it has, as a power of two: one foreign four in so many gets through.
const BITS_PER_FOUR: u32 = 6;

/// The hash of four folded bytes.
#[inline]
fn hash(four: u32) -> u32 {
    four.wrapping_mul(MULTIPLIER)
}

/// The hash of eight, from those of its halves.
#[inline]
fn joined(first: u32, second: u32) -> u32 {
    first.wrapping_add(second >> JOIN)
}

/// By how much the second hash is moved: what is best mixed in it still reaches the bits that choose a word.
const JOIN: u32 = 3;

impl Sieve {
    /// With `1 << word_bits` words (1 to 31), for windows of `width` bytes (1 to 4), so many of which will end before the eighth byte.
    pub(super) fn new(word_bits: u32, width: usize, fours: usize) -> Self {
        Self {
            words: vec![0; 1 << word_bits].into(),
            shift: 32 - word_bits,
            fours: Fours::with_room(fours),
            mask: u32::MAX >> (32 - 8 * width),
        }
    }

    /// A window without those of its first four bytes that do not count.
    #[inline]
    pub(super) fn masked(&self, [first, others @ ..]: [u32; FOURS]) -> [u32; FOURS] {
        let [second, third, fourth] = others;
        [first & self.mask, second, third, fourth]
    }

    /// The number of words.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// The word that a window looks up.
    pub(super) fn word(&self, window: [u32; FOURS]) -> usize {
        (joined(hash(window[0]), hash(window[1])) >> self.shift) as usize
    }

    /// How many of a word's bits are set.
    pub(super) fn load(&self, word: usize) -> u32 {
        self.words[word].count_ones()
    }

    /// Lets a literal's window through. The last fours are 0 where the literal has ended.
    pub(super) fn add(&mut self, window: [u32; FOURS]) {
        let [first, second, third, fourth] = window;
        if second == 0 {
            self.fours.add(first & self.mask);
            return;
        }
        let choice = |four: u32| if four == 0 { 0xFFFF } else { 1 << (hash(four) >> 28) };
        self.words[self.word(window)] |= choice(third) | choice(fourth) << 16;
    }

    /// Looks up the windows at every fourth byte of `block`, `groups` times [`GROUP`] of them: a bit for each that passes.
    #[inline]
    pub(super) fn sift(&self, block: &[u8; BLOCK_BYTES], groups: usize, kernel: Kernel) -> u64 {
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

    fn sift_portably(&self, block: &[u8; BLOCK_BYTES], groups: usize) -> u64 {
        let (fours, _) = block.as_chunks::<STEP>();
        let hashed = |at: usize| hash(u32::from_le_bytes(fours[at]) | FOLD_4);
        let whole = self.mask == u32::MAX;
        let mut passed = 0;
        let (mut first, mut second, mut third) = (hashed(0), hashed(1), hashed(2));
        for (at, four) in fours.iter().enumerate().take((groups * GROUP).min(BLOCK)) {
            let fourth = hashed(at + 3);
            let word = self.words[(joined(first, second) >> self.shift) as usize];
            let long = word >> (third >> 28) & word >> 16 >> (fourth >> 28);
            let alone =
                if whole { first } else { hash((u32::from_le_bytes(*four) | FOLD_4) & self.mask) };
            let short = self.fours.has_hash(alone);
            passed |= u64::from((long | short) & 1) << at;
            (first, second, third) = (second, third, fourth);
        }
        passed
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    fn sift_with_avx2<const GATHER: bool>(&self, block: &[u8; BLOCK_BYTES], groups: usize) -> u64 {
        use std::arch::x86_64::{
            __m256i, _mm_cvtsi32_si128, _mm256_add_epi32, _mm256_alignr_epi8, _mm256_and_si256,
            _mm256_castsi256_ps, _mm256_extract_epi64, _mm256_i32gather_epi32, _mm256_loadu_si256,
            _mm256_movemask_ps, _mm256_mullo_epi32, _mm256_or_si256, _mm256_permute2x128_si256,
            _mm256_set1_epi32, _mm256_setr_epi32, _mm256_slli_epi32, _mm256_srl_epi32,
            _mm256_srli_epi32, _mm256_srlv_epi32,
        };
        let multiplier = _mm256_set1_epi32(MULTIPLIER.cast_signed());
        let fold = _mm256_set1_epi32(FOLD_4.cast_signed());
        let mask = _mm256_set1_epi32(self.mask.cast_signed());
        let shift = _mm_cvtsi32_si128(self.shift.cast_signed());
        let fours_shift = _mm_cvtsi32_si128(self.fours.shift.cast_signed());
        let low_bits = _mm256_set1_epi32(31);
        let fours = |group: usize| {
            let bytes: &[u8] = &block[group * GROUP * STEP..][..GROUP * STEP];
            #[expect(clippy::cast_ptr_alignment, reason = "the load needs none")]
            // SAFETY: the slice is 32 bytes long.
            let eight = unsafe { _mm256_loadu_si256(bytes.as_ptr().cast::<__m256i>()) };
            _mm256_or_si256(eight, fold)
        };
        let hashed = |fours: __m256i| _mm256_mullo_epi32(fours, multiplier);
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
        let mut passed = 0;
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
            let joined =
                _mm256_add_epi32(here, _mm256_srli_epi32::<{ JOIN.cast_signed() }>(second));
            let found = look_up(&self.words, _mm256_srl_epi32(joined, shift));
            let long = _mm256_and_si256(
                _mm256_srlv_epi32(found, _mm256_srli_epi32::<28>(third)),
                _mm256_srlv_epi32(_mm256_srli_epi32::<16>(found), _mm256_srli_epi32::<28>(fourth)),
            );
            let alone =
                if self.mask == u32::MAX { here } else { hashed(_mm256_and_si256(own, mask)) };
            let bit = _mm256_srl_epi32(alone, fours_shift);
            let found = look_up(&self.fours.bits, _mm256_srli_epi32::<5>(bit));
            let short = _mm256_srlv_epi32(found, _mm256_and_si256(bit, low_bits));
            let any = _mm256_slli_epi32::<31>(_mm256_or_si256(long, short));
            let signs = _mm256_movemask_ps(_mm256_castsi256_ps(any));
            passed |= u64::from(signs.cast_unsigned()) << (group * GROUP);
            (own, here) = (next_own, next);
        }
        passed
    }

    /// Bytes of memory.
    pub(super) fn memory(&self) -> usize {
        size_of_val(&*self.words) + self.fours.memory()
    }
}
