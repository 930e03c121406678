//! All kernels against each other, and against the law that a window of a literal passes.

use crate::prefilter::fold::FOLD_4;
use crate::prefilter::hash::MULTIPLIER_64;
use crate::prefilter::lengths::{GRAMS, STEP};
use crate::prefilter::sieve::{BLOCK, BLOCK_BYTES, GROUP, Kernel, Passed, Sieve, Sift, SiftTask};

/// Sifts one block.
struct Once<'t> {
    sieve: &'t Sieve,
    block: &'t [u8; BLOCK_BYTES],
    groups: usize,
    passed: &'t mut Passed,
}

impl SiftTask for Once<'_> {
    fn run(self, sift: impl Sift) {
        *self.passed = sift.sift(self.sieve, self.block, self.groups);
    }
}

fn sift(kernel: Kernel, sieve: &Sieve, block: &[u8; BLOCK_BYTES], groups: usize) -> Passed {
    let mut passed = Passed::default();
    kernel.run(Once { sieve, block, groups, passed: &mut passed });
    passed
}

/// Bytes that look random: Weyl's sequence, multiplied.
fn bytes(seed: u64) -> impl Iterator<Item = u8> {
    let number = move |at: u64| (seed + at).wrapping_mul(MULTIPLIER_64);
    (0..).map(move |at| (number(number(at) >> 32) >> 40) as u8)
}

fn window_at(block: &[u8; BLOCK_BYTES], window: usize) -> [u32; GRAMS] {
    std::array::from_fn(|gram| {
        let bytes = block[(window + gram) * STEP..].first_chunk().expect("the block is longer");
        u32::from_le_bytes(*bytes) | FOLD_4
    })
}

/// Sieves whose windows have one 4-gram (of fewer bytes, too), up to three, or up to all four.
#[test]
fn all_kernels_agree_and_let_windows_of_literals_pass() {
    for (seed, width, most) in [(1, 3, 1), (2, 4, 1), (3, 4, 2), (4, 4, 3), (5, 4, 4), (6, 4, 4)] {
        let mut block = [0; BLOCK_BYTES];
        block.iter_mut().zip(bytes(seed << 32)).for_each(|(byte, random)| *byte = random);
        let grams_of = |window: usize| if seed == 6 { GRAMS } else { 1 + window % most };
        let added: Vec<usize> = (0..BLOCK).filter(|window| window % 3 == 1).collect();
        let mut counts = [0; GRAMS];
        for &window in &added {
            counts[grams_of(window) - 1] += 100;
        }
        let mut sieve = Sieve::new(counts, width);
        for &at in &added {
            let mut window = sieve.masked(window_at(&block, at));
            window[grams_of(at)..].fill(0);
            sieve.add(window);
        }
        for groups in [0, 1, 5, BLOCK / GROUP] {
            let expected = sift(Kernel::Portable, &sieve, &block, groups);
            for kernel in Kernel::all() {
                assert_eq!(sift(kernel, &sieve, &block, groups), expected, "{kernel:?} {seed}");
            }
            for &at in added.iter().filter(|&&at| at < groups * GROUP) {
                let table = if grams_of(at) == GRAMS { expected.whole } else { expected.partial };
                assert_eq!(table >> at & 1, 1, "window {at} of sieve {seed}");
            }
            // the test shows nothing if everything passes
            assert!((expected.whole | expected.partial).count_ones() as usize <= 3 * groups + 5);
        }
    }
}
