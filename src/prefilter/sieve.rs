//! The sieve: a small table that says of sixteen bytes of a text whether some literal may have them.
//!
//! The first four bytes, folded and hashed, choose a word of the table; the next four one of its lower 16 bits, those after
//! them one of the next eight, the last four one of the upper eight, and all three must be set: a Bloom filter in blocks
//! (Putze, Sanders, Singler, "Cache-, Hash- and Space-Efficient Bloom Filters", 2007). A literal that ends before the
//! sixteenth byte sets all bits that it cannot choose. There is no branch, and no lookup waits for another.
//!
//! Windows are four bytes apart, so a 256-bit register of the text *is* the first four bytes of eight windows. AVX2
//! hashes them at once; the words are loaded one by one all the same, for the gather instruction is slower than that on
//! AMD's cores and on Intel's since their microcode of 2023. The portable kernel does everything one by one; it is the
//! reference, and the tests run both.

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
    /// Needs AVX2.
    #[cfg(target_arch = "x86_64")]
    Avx2,
}

impl Kernel {
    /// The fastest that this machine can run.
    pub fn detect() -> Self {
        #[cfg(target_arch = "x86_64")]
        if std::arch::is_x86_feature_detected!("avx2") {
            return Self::Avx2;
        }
        Self::Portable
    }
}

/// The table.
#[derive(Debug)]
pub(super) struct Sieve {
    words: Box<[u32]>,
    /// From a hash to its word's index: `words` has 2^(32 - shift).
    shift: u32,
    /// The bytes of a window's first four that count: all, or fewer where literals are shorter.
    mask: u32,
}

/// The hash of four folded bytes.
#[inline]
fn hash(four: u32) -> u32 {
    four.wrapping_mul(MULTIPLIER)
}

impl Sieve {
    /// With `1 << word_bits` words (1 to 31), for windows of `width` bytes (1 to 4).
    pub(super) fn new(word_bits: u32, width: usize) -> Self {
        Self {
            words: vec![0; 1 << word_bits].into(),
            shift: 32 - word_bits,
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
        (hash(window[0] & self.mask) >> self.shift) as usize
    }

    /// How many of a word's bits are set.
    pub(super) fn load(&self, word: usize) -> u32 {
        self.words[word].count_ones()
    }

    /// Lets a literal's window through. The last fours are 0 where the literal has ended.
    pub(super) fn add(&mut self, window: [u32; FOURS]) {
        let word = self.word(window);
        let [_, second, third, fourth] = window;
        for (four, shift, all, first_bit) in
            [(second, 28, 0xFFFF, 0), (third, 29, 0xFF, 16), (fourth, 29, 0xFF, 24)]
        {
            let bits = if four == 0 { all } else { 1 << (hash(four) >> shift) };
            self.words[word] |= bits << first_bit;
        }
    }

    /// Looks up the windows at every fourth byte of `block`, `groups` times [`GROUP`] of them: a bit for each that passes.
    #[inline]
    pub(super) fn sift(&self, block: &[u8; BLOCK_BYTES], groups: usize, kernel: Kernel) -> u64 {
        match kernel {
            Kernel::Portable => self.sift_portably(block, groups),
            #[cfg(target_arch = "x86_64")]
            // SAFETY: `Prefilter` takes no kernel but the portable one and the one that was detected.
            Kernel::Avx2 => unsafe { self.sift_with_avx2(block, groups) },
        }
    }

    fn sift_portably(&self, block: &[u8; BLOCK_BYTES], groups: usize) -> u64 {
        let (fours, _) = block.as_chunks::<STEP>();
        let hashed = |at: usize| hash(u32::from_le_bytes(fours[at]) | FOLD_4);
        let whole = self.mask == u32::MAX;
        let mut passed = 0;
        let (mut here, mut second, mut third) = (hashed(0), hashed(1), hashed(2));
        for (at, four) in fours.iter().enumerate().take((groups * GROUP).min(BLOCK)) {
            let first =
                if whole { here } else { hash((u32::from_le_bytes(*four) | FOLD_4) & self.mask) };
            let fourth = hashed(at + 3);
            let word = self.words[(first >> self.shift) as usize];
            let all =
                word >> (second >> 28) & word >> 16 >> (third >> 29) & word >> 24 >> (fourth >> 29);
            passed |= u64::from(all & 1) << at;
            (here, second, third) = (second, third, fourth);
        }
        passed
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    fn sift_with_avx2(&self, block: &[u8; BLOCK_BYTES], groups: usize) -> u64 {
        use std::arch::x86_64::{
            __m256i, _mm_cvtsi32_si128, _mm256_alignr_epi8, _mm256_and_si256, _mm256_castsi256_ps,
            _mm256_extract_epi64, _mm256_loadu_si256, _mm256_movemask_ps, _mm256_mullo_epi32,
            _mm256_or_si256, _mm256_permute2x128_si256, _mm256_set1_epi32, _mm256_setr_epi32,
            _mm256_slli_epi32, _mm256_srl_epi32, _mm256_srli_epi32, _mm256_srlv_epi32,
        };
        let multiplier = _mm256_set1_epi32(MULTIPLIER.cast_signed());
        let fold = _mm256_set1_epi32(FOLD_4.cast_signed());
        let mask = _mm256_set1_epi32(self.mask.cast_signed());
        let shift = _mm_cvtsi32_si128(self.shift.cast_signed());
        let words = &*self.words;
        let fours = |group: usize| {
            let bytes: &[u8] = &block[group * GROUP * STEP..][..GROUP * STEP];
            #[expect(clippy::cast_ptr_alignment, reason = "the load needs none")]
            // SAFETY: the slice is 32 bytes long.
            let eight = unsafe { _mm256_loadu_si256(bytes.as_ptr().cast::<__m256i>()) };
            _mm256_or_si256(eight, fold)
        };
        let hashed = |fours: __m256i| _mm256_mullo_epi32(fours, multiplier);
        // SAFETY: an index is a hash shifted right by `shift`, and there are 2^(32 - shift) words.
        let word = |index: i64| unsafe {
            words.get_unchecked(index.cast_unsigned() as u32 as usize).cast_signed()
        };
        let mut passed = 0;
        // a four is hashed once, and then is the first of its window, the second of the one before, and so on
        let mut own = fours(0);
        let mut here = hashed(own);
        for group in 0..groups.min(BLOCK / GROUP) {
            let next_own = fours(group + 1);
            let next = hashed(next_own);
            let first =
                if self.mask == u32::MAX { here } else { hashed(_mm256_and_si256(own, mask)) };
            let index = _mm256_srl_epi32(first, shift);
            let pairs = (
                _mm256_extract_epi64::<0>(index),
                _mm256_extract_epi64::<1>(index),
                _mm256_extract_epi64::<2>(index),
                _mm256_extract_epi64::<3>(index),
            );
            let found = _mm256_setr_epi32(
                word(pairs.0),
                word(pairs.0 >> 32),
                word(pairs.1),
                word(pairs.1 >> 32),
                word(pairs.2),
                word(pairs.2 >> 32),
                word(pairs.3),
                word(pairs.3 >> 32),
            );
            let across = _mm256_permute2x128_si256::<0x21>(here, next);
            let second = _mm256_alignr_epi8::<4>(across, here);
            let third = _mm256_alignr_epi8::<8>(across, here);
            let fourth = _mm256_alignr_epi8::<12>(across, here);
            let both = _mm256_and_si256(
                _mm256_srlv_epi32(found, _mm256_srli_epi32::<28>(second)),
                _mm256_srlv_epi32(_mm256_srli_epi32::<16>(found), _mm256_srli_epi32::<29>(third)),
            );
            let last =
                _mm256_srlv_epi32(_mm256_srli_epi32::<24>(found), _mm256_srli_epi32::<29>(fourth));
            let signs = _mm256_castsi256_ps(_mm256_slli_epi32::<31>(_mm256_and_si256(both, last)));
            passed |= u64::from(_mm256_movemask_ps(signs).cast_unsigned()) << (group * GROUP);
            (own, here) = (next_own, next);
        }
        passed
    }

    /// Bytes of memory.
    pub(super) fn memory(&self) -> usize {
        size_of_val(&*self.words)
    }
}
