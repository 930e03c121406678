//! All kernels against each other, and against the law that a window of a literal passes.

use std::ops::Range;

use crate::prefilter::fold::folded_16;
use crate::prefilter::hash::MULTIPLIER_64;
use crate::prefilter::lengths::{GRAMS, STEP};
use crate::prefilter::sieve::{Kernel, Places, Sieve};

/// The places at which windows of `text` pass, of those at every fourth byte of `windows`.
fn sift(kernel: Kernel, sieve: &Sieve, text: &[u8], mut windows: Range<usize>) -> Vec<u32> {
    let mut places = Places::default();
    let mut all = Vec::new();
    while windows.start < windows.end {
        kernel.sift(sieve, text, &mut windows, &mut places);
        all.extend_from_slice(places.all());
        places.clear();
    }
    all
}

/// Bytes that look random: Weyl's sequence, multiplied.
fn bytes(seed: u64, count: usize) -> Vec<u8> {
    let number = move |at: u64| ((seed << 32) + at).wrapping_mul(MULTIPLIER_64);
    (0..count as u64).map(move |at| (number(number(at) >> 32) >> 40) as u8).collect()
}

/// What the literals of a sieve are like.
struct Literals {
    /// How many 4-grams of a window they have at most, and at least.
    grams: (usize, usize),
    /// Whether some have three bytes only.
    has_three_bytes: bool,
}

impl Literals {
    /// A sieve for literals at every twelfth byte of `text`, and where they are.
    fn sieve(&self, text: &[u8]) -> (Sieve, Vec<usize>) {
        let (most, least) = self.grams;
        let ats: Vec<usize> = (4..text.len()).step_by(12).collect();
        let grams_of = |at: usize| least + at / 12 % (most - least + 1);
        let mut counts = [0; GRAMS];
        for &at in &ats {
            counts[grams_of(at) - 1] += 20;
        }
        let mut sieve = Sieve::new(counts, if self.has_three_bytes { 3 } else { 4 });
        for &at in &ats {
            let mut window = folded_16(text, at);
            window[grams_of(at)..].fill(0);
            if self.has_three_bytes && at % 24 == 4 {
                window[0] &= 0xFF_FFFF;
            }
            sieve.add(window);
        }
        (sieve, ats)
    }
}

#[test]
fn all_kernels_agree_and_let_windows_of_literals_pass() {
    let kinds =
        [(1, 1, true), (1, 1, false), (2, 1, false), (3, 1, false), (4, 1, false), (4, 4, false)];
    for (seed, (most, least, has_three_bytes)) in (1..).zip(kinds) {
        let long = bytes(seed, 2000);
        let (sieve, ats) = Literals { grams: (most, least), has_three_bytes }.sieve(&long);
        // whole blocks and registers, and some bytes more or less
        for length in (0..90).chain(240..340).chain([576, 999, 2000]) {
            // an allocation of its own, which a sanitizer watches
            let text = long[..length].to_vec();
            for (start, end) in
                [(0, length), (1, length.saturating_sub(3)), (7, length / 2), (64, length)]
            {
                let expected = sift(Kernel::Portable, &sieve, &text, start..end);
                for kernel in Kernel::all() {
                    let found = sift(kernel, &sieve, &text, start..end);
                    assert_eq!(found, expected, "{kernel:?} {seed}: {start}..{end} of {length}");
                }
                let is_looked_up = |at: &&usize| {
                    **at >= start && **at + 16 <= end && (**at - start).is_multiple_of(STEP)
                };
                for &at in ats.iter().filter(is_looked_up) {
                    assert!(expected.contains(&(at as u32)), "{seed}: {at} in {start}..{end}");
                }
                // the test shows nothing if everything passes
                let windows = end.saturating_sub(start) / STEP;
                assert!(
                    expected.len() <= windows / 2 + 5,
                    "{seed}: {} of {windows}",
                    expected.len()
                );
            }
        }
    }
}

/// More windows than a batch has room for.
#[test]
fn all_windows_can_pass() {
    let text = [b'x'; 5000];
    let mut sieve = Sieve::new([0, 0, 0, 1], 4);
    sieve.add(folded_16(&text, 0));
    let end = text.len() - 15;
    let expected: Vec<u32> = (0..end as u32).step_by(STEP).collect();
    for kernel in Kernel::all() {
        assert_eq!(sift(kernel, &sieve, &text, 0..end), expected, "{kernel:?}");
    }
}
