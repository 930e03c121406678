//! The windows through which a literal can be seen: where they start, what they hold, and how many
//! literals share them.

use crate::mem::written_zeros;
use crate::prefilter::hash::MULTIPLIER_64;
use crate::prefilter::lengths::{GRAMS, MAX_LITERAL, STEP};

/// Sixteen folded bytes as four 4-grams. Of a literal's window, a 4-gram that the literal does not
/// cover is 0; of the first one, fewer than four bytes may count (`Index::new`, `width`).
pub(crate) type Window = [u32; GRAMS];

/// Its bytes.
pub(crate) const WINDOW: usize = GRAMS * STEP;

/// A literal, and zeros after it, so that its windows are read without a look at its end.
pub(crate) struct Padded {
    bytes: [u8; MAX_LITERAL + WINDOW],
    length: usize,
}

impl Padded {
    pub(crate) fn new() -> Self {
        Self { bytes: [0; _], length: 0 }
    }

    /// Takes the next literal instead of the one before.
    pub(crate) fn set(&mut self, literal: &[u8]) {
        let (start, rest) = self.bytes.split_at_mut(literal.len());
        start.copy_from_slice(literal);
        rest[..WINDOW].fill(0);
        self.length = literal.len();
    }

    /// The key of the literal's window at `at`.
    #[inline]
    pub(crate) fn key(&self, at: usize) -> u64 {
        // most windows are within the literal, which has no byte of 0
        if at + WINDOW <= self.length
            && let Some(bytes) = self.bytes[at..].first_chunk()
        {
            return whole_key(bytes);
        }
        key(self.window(at))
    }

    /// The keys of all windows within the literal.
    pub(crate) fn whole_keys(&self) -> impl Iterator<Item = u64> {
        let literal = &self.bytes[..self.length];
        literal.windows(WINDOW).filter_map(<[u8]>::first_chunk).map(whole_key)
    }

    /// [`short_key`] of the literal's window at `at`.
    pub(crate) fn short_key(&self, at: usize) -> u64 {
        let bytes = self.bytes[at..].first_chunk().unwrap_or(&[0; _]);
        short_key(u64::from_le_bytes(*bytes))
    }

    /// The literal's window at `at`.
    #[inline]
    pub(crate) fn window(&self, at: usize) -> Window {
        let bytes: &[u8; WINDOW] = self.bytes[at..].first_chunk().unwrap_or(&[0; _]);
        let gram = |number: usize| {
            u32::from_le_bytes([0, 1, 2, 3].map(|byte| bytes[STEP * number + byte]))
        };
        let covered = |gram: u32| if gram >> 24 == 0 { 0 } else { gram };
        [gram(0), covered(gram(1)), covered(gram(2)), covered(gram(3))]
    }
}

/// How many 4-grams after the first a literal's window covers.
pub(crate) fn covered_after_first(window: Window) -> usize {
    window.iter().skip(1).filter(|&&gram| gram != 0).count()
}

/// How many 4-grams after the first the literal's window at `at` covers.
pub(crate) fn grams_after_first(literal: &[u8], at: usize) -> usize {
    ((literal.len() - at) / STEP).clamp(1, GRAMS) - 1
}

/// Offsets in `literal` at which a window may be entered, for scans that look every `stride` bytes,
/// one of them `place` bytes after the literal's start: those at which the window covers as many
/// 4-grams as it can at any of them. `width`: bytes of the first 4-gram that count.
pub(crate) fn offsets(
    literal: &[u8],
    place: usize,
    stride: usize,
    width: usize,
) -> impl Iterator<Item = usize> + use<> {
    let covered = ((literal.len() - place) / STEP).min(GRAMS) * STEP;
    (place..=literal.len() - covered.max(width)).step_by(stride)
}

/// The key of a window: a hash of all that it holds.
#[inline]
pub(crate) fn key([first, second, third, fourth]: Window) -> u64 {
    let pair = |low: u32, high: u32| u64::from(high) << 32 | u64::from(low);
    key_of_halves(pair(first, second), pair(third, fourth))
}

/// [`key`] of a window that a literal covers.
#[inline]
fn whole_key(bytes: &[u8; WINDOW]) -> u64 {
    let both = u128::from_le_bytes(*bytes);
    key_of_halves(both as u64, (both >> 64) as u64)
}

#[inline]
fn key_of_halves(first: u64, second: u64) -> u64 {
    (first.wrapping_mul(MULTIPLIER_64).rotate_left(32) ^ second).wrapping_mul(MULTIPLIER_64)
}

/// The keys of a text's window as seen by literals that cover less of it: the first 4-gram, the
/// first two, the first three.
#[inline]
pub(crate) fn partial_keys([first, second, third, _]: Window) -> [u64; GRAMS - 1] {
    [[first, 0, 0, 0], [first, second, 0, 0], [first, second, third, 0]].map(key)
}

/// The key of a window of less than eight bytes, all of which count; 0 after the literal's end.
#[inline]
pub(crate) fn short_key(bytes: u64) -> u64 {
    key_of_halves(bytes, 0)
}

/// The first so many bytes of eight.
pub(crate) fn bytes_mask(length: usize) -> u64 {
    u64::MAX >> (u64::BITS as usize - 8 * length)
}

/// How many literals share each window, up to 65,535. Hashed without regard to collisions: a count
/// can be too high.
pub(crate) struct WindowCounts {
    slots: Vec<u16>,
    /// How far a key is shifted right to become an index of `slots`.
    shift: u32,
}

impl WindowCounts {
    /// For about `windows` windows.
    pub(crate) fn new(windows: usize) -> Self {
        let bits = windows.max(2).ilog2().clamp(10, 22);
        Self { slots: written_zeros(1 << bits), shift: u64::BITS - bits }
    }

    pub(crate) fn add(&mut self, key: u64) {
        let slot = &mut self.slots[(key >> self.shift) as usize];
        *slot = slot.saturating_add(1);
    }

    pub(crate) fn get(&self, key: u64) -> u32 {
        self.slots[(key >> self.shift) as usize].into()
    }
}

#[cfg(test)]
mod tests {
    use super::{Padded, WindowCounts, key};
    use crate::prefilter::hash::MULTIPLIER_64;

    #[test]
    fn a_key_is_that_of_its_window_wherever_it_is_in_the_literal() {
        let mut padded = Padded::new();
        for length in [128, 3, 4, 15, 16, 17, 40] {
            let literal: Vec<u8> = (0..length).map(|at| b'a' + at % 26).collect();
            padded.set(&literal);
            for at in 0..literal.len() {
                assert_eq!(padded.key(at), key(padded.window(at)), "{at} of {length}");
            }
        }
    }

    /// With counts of 8 bits they were the same: of 50,000 literals with common first bytes, a
    /// window that all share cost as much as one that a few hundred share, and was chosen. An error
    /// with those bytes took seven times as long.
    #[test]
    fn windows_shared_by_hundreds_and_by_thousands_have_different_counts() {
        let mut counts = WindowCounts::new(1 << 16);
        let [hundreds, thousands, more] = [1, 2, 3].map(|key: u64| key.wrapping_mul(MULTIPLIER_64));
        for (key, times) in [(hundreds, 500), (thousands, 5_000), (more, 70_000)] {
            (0..times).for_each(|_| counts.add(key));
        }
        assert_eq!([hundreds, thousands, more].map(|key| counts.get(key)), [500, 5_000, 65_535]);
    }
}
