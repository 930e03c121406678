//! How rare a run is in error texts.
//!
//! Judged by what nearly every error text has, the background: by how often its bytes are there,
//! as if they were independent, and whether the run is there as a whole. Digits follow digits, and
//! letters letters, so the product of the frequencies alone would be too low for `\d\d\d`.

use crate::prefilter::select::background::{FRAMES, MESSAGES};
use crate::prefilter::shapes::byte_set::ByteSet;
use crate::prefilter::shapes::run::is_at;

/// Occurrences of a byte that is nowhere in the background: it may be in other texts.
const UNSEEN: f32 = 0.5;

/// What share of a text the bytes of characters are that are not ASCII, on the whole.
const NOT_ASCII_SHARE: f32 = 0.02;

/// The most occurrences in a byte of text, on average, with which it pays to look for a run: about
/// one in an error of 2 KB.
const WORTHWHILE: f32 = 1.0 / 2000.0;

/// The frequencies of bytes.
pub(crate) struct Rarity {
    /// The share of each byte in a text.
    shares: [f32; 256],
    background: Vec<u8>,
}

impl Rarity {
    pub(crate) fn new() -> Self {
        let background = [FRAMES.as_bytes(), MESSAGES.as_bytes()].concat();
        let mut shares = [UNSEEN; 256];
        for &byte in &background {
            shares[usize::from(byte)] += 1.0;
        }
        for (byte, share) in shares.iter_mut().enumerate() {
            *share = match byte {
                0..0x80 => *share / background.len() as f32,
                _ => NOT_ASCII_SHARE / 128.0,
            };
        }
        Self { shares, background }
    }

    /// The share of a text that a set's bytes are, about.
    pub(super) fn share(&self, set: ByteSet) -> f32 {
        set.bytes().map(|byte| self.shares[usize::from(byte)]).sum::<f32>().min(1.0)
    }

    /// How often a run is in a byte of text, about, as if its bytes were independent.
    pub(super) fn product(&self, run: &[ByteSet]) -> f32 {
        run.iter().map(|&set| self.share(set)).product()
    }

    /// Whether it pays to look for all of these runs.
    pub(super) fn is_worthwhile<'r>(&self, runs: impl Iterator<Item = &'r [ByteSet]>) -> bool {
        let mut expected = 0.0;
        for run in runs {
            let places = 0..self.background.len();
            let seen = places.filter(|&at| is_at(run, &self.background, at)).count();
            expected += self.product(run).max(seen as f32 / self.background.len() as f32);
        }
        expected <= WORTHWHILE
    }
}
